/** Straight trails of satellites and aircraft across a spectrum: found beside it, masked on it. */
@NullMarked
package io.spectractor.core.trail;

import org.jspecify.annotations.NullMarked;
