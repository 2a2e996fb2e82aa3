/** Tables in Parquet files, and HATS catalogues of them (IVOA Note 1.0): written, read, checked. */
@org.jspecify.annotations.NullMarked
package io.spectractor.hats;
