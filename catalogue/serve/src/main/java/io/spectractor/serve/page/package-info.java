/** The pages. */
@NullMarked
package io.spectractor.serve.page;

import org.jspecify.annotations.NullMarked;
