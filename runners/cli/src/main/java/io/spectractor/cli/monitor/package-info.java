/** How a run is watched: the live view, and the plot of its resource usage. */
@org.jspecify.annotations.NullMarked
package io.spectractor.cli.monitor;
