/** How a run is watched: the live view, and the picture of what it took. */
@org.jspecify.annotations.NullMarked
package io.spectractor.cli.monitor;
