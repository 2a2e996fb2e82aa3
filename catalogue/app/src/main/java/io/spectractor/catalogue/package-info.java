/** Collections of catalogues in a folder, and the command line for them. */
@org.jspecify.annotations.NullMarked
package io.spectractor.catalogue;
