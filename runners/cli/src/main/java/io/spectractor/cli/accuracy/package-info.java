/** How true extractions of simulated frames are: a campaign, its figures frame by frame, its tables. */
@org.jspecify.annotations.NullMarked
package io.spectractor.cli.accuracy;
