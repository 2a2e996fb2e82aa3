/** Reads the energy distribution of one target from a file of its own: FITS, ECSV, CSV or text. */
@org.jspecify.annotations.NullMarked
package io.spectractor.calib.sed;
