/** The joint fit of a night: reading anybody's spectra, running the fit, writing what it found. */
@org.jspecify.annotations.NullMarked
package io.spectractor.cli.night;
