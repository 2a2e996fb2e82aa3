/** Spectra as rows of a catalogue: read from products and nightly files, kept with the series of each star. */
@org.jspecify.annotations.NullMarked
package io.spectractor.catalogue.spectra;
