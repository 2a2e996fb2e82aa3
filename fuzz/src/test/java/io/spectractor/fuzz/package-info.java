/** Random bytes for every reader: nothing but our own exceptions, no hang, no memory beyond what the bytes warrant. */
@NullMarked
package io.spectractor.fuzz;

import org.jspecify.annotations.NullMarked;
