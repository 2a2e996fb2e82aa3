/** Positions on the celestial sphere: HEALPix pixels, regions and what covers them, the nearest neighbours. */
@org.jspecify.annotations.NullMarked
package io.spectractor.sky;
