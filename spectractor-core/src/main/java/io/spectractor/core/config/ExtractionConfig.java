package io.spectractor.core.config;

/**
 * Everything that decides the science output of an extraction, apart from the image and the calibration data.
 *
 * <p>Sections and keys are the record components in snake case: {@code ccd.rebin}, {@code dispersion.lambda_min_nm}.
 * Values in pixels are given for unbinned pixels; {@link #binned()} converts them once.
 */
public record ExtractionConfig(
        @Key(doc = "detector") CcdConfig ccd,
        @Key(doc = "observatory and telescope") SiteConfig site,
        @Key(doc = "order-0 position") TargetConfig target,
        @Key(doc = "angle of the dispersion axis") RotationConfig rotation,

        @Key(doc = "disperser geometry and wavelength range")
        DispersionConfig dispersion,

        @Key(doc = "sky background") BackgroundConfig background,
        @Key(doc = "extraction of the spectrum") SpectrumConfig extraction,
        @Key(doc = "point spread function") PsfConfig psf,
        @Key(doc = "lines and wavelength solution") LineConfig lines) {

    /** The CTIO 0.9 m telescope with its 2048² Tek CCD, as Spectractor's ctio.ini describes it. */
    public static ExtractionConfig ctio() {
        return new ExtractionConfig(
                CcdConfig.ctio(),
                SiteConfig.ctio(),
                TargetConfig.defaults(),
                RotationConfig.defaults(),
                DispersionConfig.ctio(),
                BackgroundConfig.ctio(),
                SpectrumConfig.ctio(),
                PsfConfig.defaults(),
                LineConfig.defaults());
    }

    /**
     * The same configuration with lengths in the pixels of a rebinned image: widths in pixels divided by
     * {@code ccd.rebin} (at least 1), pixel pitch and plate scale multiplied by it. Unchanged when {@code rebin} is 1.
     */
    public ExtractionConfig binned() {
        int factor = ccd.rebin();
        if (factor == 1) {
            return this;
        }
        return new ExtractionConfig(
                new CcdConfig(
                        ccd.pixelSizeMm() * factor,
                        ccd.plateScaleArcsec() * factor,
                        ccd.saturationAdu() * factor * factor,
                        ccd.gain(),
                        factor,
                        ccd.saturationGrowPx(),
                        ccd.badPixels(),
                        ccd.flat()),
                site,
                divide(TargetConfig.class, target, factor),
                rotation,
                divide(DispersionConfig.class, dispersion, factor),
                divide(BackgroundConfig.class, background, factor),
                divide(SpectrumConfig.class, extraction, factor),
                psf,
                divide(LineConfig.class, lines, factor));
    }

    /** The same with another {@code ccd.rebin}. */
    public ExtractionConfig withRebin(int rebin) {
        if (rebin == ccd.rebin()) {
            return this;
        }
        CcdConfig other = new CcdConfig(
                ccd.pixelSizeMm(),
                ccd.plateScaleArcsec(),
                ccd.saturationAdu(),
                ccd.gain(),
                rebin,
                ccd.saturationGrowPx(),
                ccd.badPixels(),
                ccd.flat());
        return new ExtractionConfig(other, site, target, rotation, dispersion, background, extraction, psf, lines);
    }

    private static <R> R divide(Class<R> type, R section, int factor) {
        return RecordFields.map(type, section, (component, value) -> {
            Key key = component.getAnnotation(Key.class);
            if (key == null || !key.scalesWithBinning()) {
                return value;
            }
            return value instanceof Integer i ? (Object) Math.max(1, i / factor) : (Object) ((Double) value / factor);
        });
    }
}
