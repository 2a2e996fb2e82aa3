/** Tables with what is known of their columns, and the engine that reads them. */
@NullMarked
package io.spectractor.serve.data;

import org.jspecify.annotations.NullMarked;
