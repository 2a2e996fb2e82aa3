/** A catalogue and runs over HTTP. */
@NullMarked
package io.spectractor.serve;

import org.jspecify.annotations.NullMarked;
