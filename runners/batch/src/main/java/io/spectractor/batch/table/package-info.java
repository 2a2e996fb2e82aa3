/** Tables for other programs. */
@org.jspecify.annotations.NullMarked
package io.spectractor.batch.table;
