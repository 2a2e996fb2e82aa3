/** Parameters of the spectrogram model, their priors, and the normal equations that both make. */
@org.jspecify.annotations.NullMarked
package io.spectractor.core.forward.equations;
