/** Search for other stars and spectra in the spectrogram, and their models. */
@org.jspecify.annotations.NullMarked
package io.spectractor.core.forward.neighbours;
