/** ADQL 2.1 into the engine's SQL, by a list of what a query may contain. */
@NullMarked
package io.spectractor.serve.adql;

import org.jspecify.annotations.NullMarked;
