/** The light of the spectrogram: profiles tabulated per column, stamps of each order, and the sums over their products. */
@org.jspecify.annotations.NullMarked
package io.spectractor.core.forward.stamps;
