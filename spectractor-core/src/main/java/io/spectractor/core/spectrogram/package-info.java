/** The fit of the atmosphere to the pixels of a stored spectrogram. */
@org.jspecify.annotations.NullMarked
package io.spectractor.core.spectrogram;
