/** Which reference a spectrum is held against: the known one, if it fits, or one that the spectrum itself chooses. */
@org.jspecify.annotations.NullMarked
package io.spectractor.core.reference;
