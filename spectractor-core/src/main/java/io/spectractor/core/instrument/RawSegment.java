package io.spectractor.core.instrument;

/**
 * One amplifier's part of a raw file: an HDU whose light goes to a place of the assembled image.
 *
 * @param hdu name (EXTNAME) of the HDU, or {@link #FIRST_IMAGE}
 * @param x column of the assembled image where its light starts
 * @param y row of the assembled image where its light starts
 * @param flipX whether its columns are reversed
 * @param flipY whether its rows are reversed
 */
public record RawSegment(String hdu, int x, int y, boolean flipX, boolean flipY) {
    /** The only image of files that have but one, whatever its HDU is called. */
    public static final String FIRST_IMAGE = "";
}
