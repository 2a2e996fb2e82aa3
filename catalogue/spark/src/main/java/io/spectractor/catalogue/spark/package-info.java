/** Work on partitions as tasks of Spark. */
@org.jspecify.annotations.NullMarked
package io.spectractor.catalogue.spark;
