/** The picture of an extracted spectrum, drawn with Java2D: works without a display. */
@org.jspecify.annotations.NullMarked
package io.spectractor.plot;
