/** Spectra of lines in emission on a faint continuum: which lines they are, where they fall, and how bright they are. */
@org.jspecify.annotations.NullMarked
package io.spectractor.core.emission;
