package io.spectractor.core.config;

/** The strips of sky on both sides of the spectrogram. */
public record BackgroundConfig(
        @Key(doc = "whether the sky is subtracted", ini = "SPECTRACTOR_BACKGROUND_SUBTRACTION")
        boolean subtract,

        @Key(
                doc = "distance from the axis to the near edge of the strips",
                unit = "px",
                ini = "PIXDIST_BACKGROUND",
                scalesWithBinning = true)
        int distancePx,

        @Key(doc = "height of each strip", unit = "px", ini = "PIXWIDTH_BACKGROUND", scalesWithBinning = true)
        int widthPx,

        @Key(
                doc = "side of the boxes whose sky level is measured",
                unit = "px",
                ini = "PIXWIDTH_BOXSIZE",
                scalesWithBinning = true)
        int boxPx,

        @Key(doc = "highest degree along the dispersion axis that cross validation may choose")
        int maxDegreeAlong,

        @Key(doc = "highest degree across it") int maxDegreeAcross) {

    public BackgroundConfig {
        Check.range("background.distance_px", distancePx, 1, 1000);
        Check.range("background.width_px", widthPx, 1, 1000);
        Check.range("background.box_px", boxPx, 1, widthPx);
        Check.range("background.max_degree_along", maxDegreeAlong, 0, 6);
        Check.range("background.max_degree_across", maxDegreeAcross, 0, 3);
    }

    static BackgroundConfig defaults() {
        return new BackgroundConfig(true, 100, 100, 40, 4, 1);
    }
}
