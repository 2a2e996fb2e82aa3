/** The scheduler on Apache Spark: one task per image file, read inside the task. */
@org.jspecify.annotations.NullMarked
package io.spectractor.spark;
