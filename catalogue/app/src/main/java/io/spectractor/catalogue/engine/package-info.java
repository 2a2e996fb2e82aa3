/** Who works through the partitions of a table: this process, or machines that a service names. */
@org.jspecify.annotations.NullMarked
package io.spectractor.catalogue.engine;
