package io.spectractor.core.config;

/** World coordinates and the stars of the field. */
public record AstrometryConfig(
        @Key(
                doc =
                        "world coordinates: a .wcs file, a folder with NAME.wcs for each image, header, or auto for solve-field;"
                                + " empty for none")
        String wcs,

        @Key(doc = "table of the field's stars, as Gaia's; empty for none")
        String stars,

        @Key(
                doc =
                        "which pixels .wcs files count: those of the image (as --guess) or those of the file as it is stored")
        Pixels pixels,

        @Key(
                doc = "how far stars may lie from where the world coordinates put them",
                unit = "px",
                scalesWithBinning = true)
        double searchPx,

        @Key(doc = "what happens to an image without usable world coordinates: search for order 0, or fail")
        Fallback fallback,

        @Key(doc = "the program of astrometry.net") String solver,

        @Key(doc = "folder of its index files; empty for those of its own configuration")
        String indexFolder,

        @Key(doc = "time that it may take for an image", unit = "s")
        double timeLimitS) {

    /** Whose pixels a WCS file counts. */
    public enum Pixels {
        IMAGE,
        FILE
    }

    /** What happens where there are no world coordinates. */
    public enum Fallback {
        SEARCH,
        FAIL
    }

    /** The value of {@code wcs} for the header's own. */
    public static final String HEADER = "header";

    /** The value of {@code wcs} for solve-field. */
    public static final String AUTO = "auto";

    public AstrometryConfig {
        Check.range("astrometry.search_px", searchPx, 1, 500);
        Check.range("astrometry.time_limit_s", timeLimitS, 1, 3600);
        if (!stars.isBlank() && wcs.isBlank()) {
            throw new IllegalArgumentException("astrometry.stars: a table of stars needs world coordinates; say"
                    + " --astrometry FILE.wcs, FOLDER, header or auto");
        }
    }

    static AstrometryConfig defaults() {
        return new AstrometryConfig("", "", Pixels.IMAGE, 40, Fallback.SEARCH, "solve-field", "", 60);
    }

    /** Whether any world coordinates are asked for. */
    public boolean isOn() {
        return !wcs.isBlank();
    }

    /** Whether they come from files. */
    public boolean fromFiles() {
        return isOn() && !wcs.equals(HEADER) && !wcs.equals(AUTO);
    }
}
