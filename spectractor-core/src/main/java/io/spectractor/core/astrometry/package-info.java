/** Positions on the sky and on the image: world coordinates, proper motion, and the stars of a field. */
@org.jspecify.annotations.NullMarked
package io.spectractor.core.astrometry;
