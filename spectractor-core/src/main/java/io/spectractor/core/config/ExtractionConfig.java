package io.spectractor.core.config;

/**
 * Everything that decides the science output of an extraction, apart from the image and the calibration data.
 *
 * <p>Sections and keys are the record components in snake case: {@code ccd.rebin}, {@code dispersion.lambda_min_nm}.
 * Values in pixels are given for unbinned pixels; {@link #binned()} converts them once.
 */
public record ExtractionConfig(
        @Key(doc = "the instrument") InstrumentConfig instrument,
        @Key(doc = "detector") CcdConfig ccd,
        @Key(doc = "observatory and telescope") SiteConfig site,
        @Key(doc = "order-0 position") TargetConfig target,
        @Key(doc = "angle of the dispersion axis") RotationConfig rotation,

        @Key(doc = "disperser geometry and wavelength range")
        DispersionConfig dispersion,

        @Key(doc = "sky background") BackgroundConfig background,
        @Key(doc = "extraction of the spectrum") SpectrumConfig extraction,
        @Key(doc = "point spread function") PsfConfig psf,
        @Key(doc = "lines and wavelength solution") LineConfig lines,

        @Key(doc = "world coordinates and the stars of the field", silentByDefault = true)
        AstrometryConfig astrometry) {

    /** A configuration without world coordinates. */
    public ExtractionConfig(
            InstrumentConfig instrument,
            CcdConfig ccd,
            SiteConfig site,
            TargetConfig target,
            RotationConfig rotation,
            DispersionConfig dispersion,
            BackgroundConfig background,
            SpectrumConfig extraction,
            PsfConfig psf,
            LineConfig lines) {
        this(
                instrument,
                ccd,
                site,
                target,
                rotation,
                dispersion,
                background,
                extraction,
                psf,
                lines,
                AstrometryConfig.defaults());
    }

    /**
     * What holds where neither an instrument's description nor a user says anything. Pixel size, site and distance of
     * the disperser stand for no instrument: descriptions have to give them.
     */
    public static ExtractionConfig defaults() {
        return new ExtractionConfig(
                InstrumentConfig.none(),
                CcdConfig.defaults(),
                SiteConfig.defaults(),
                TargetConfig.defaults(),
                RotationConfig.defaults(),
                DispersionConfig.defaults(),
                BackgroundConfig.defaults(),
                SpectrumConfig.defaults(),
                PsfConfig.defaults(),
                LineConfig.defaults(),
                AstrometryConfig.defaults());
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
                instrument,
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
                divide(LineConfig.class, lines, factor),
                divide(AstrometryConfig.class, astrometry, factor));
    }

    /**
     * The same with another plate scale and another {@code ccd.rebin}.
     *
     * @param plateScaleArcsec of unbinned pixels, arcsec/px
     */
    public ExtractionConfig withPixels(double plateScaleArcsec, int rebin) {
        CcdConfig other = new CcdConfig(
                ccd.pixelSizeMm(),
                plateScaleArcsec,
                ccd.saturationAdu(),
                ccd.gain(),
                rebin,
                ccd.saturationGrowPx(),
                ccd.badPixels(),
                ccd.flat());
        return new ExtractionConfig(
                instrument, other, site, target, rotation, dispersion, background, extraction, psf, lines, astrometry);
    }

    /** The same with another distance from the disperser to the detector, mm, and its 1σ. */
    public ExtractionConfig withDistance(double distanceMm, double errorMm) {
        DispersionConfig other = new DispersionConfig(
                distanceMm,
                errorMm,
                dispersion.shiftPriorPx(),
                dispersion.lambdaMinNm(),
                dispersion.lambdaMaxNm(),
                dispersion.defaultOrder2Over1(),
                dispersion.subtractOrder2());
        return new ExtractionConfig(
                instrument, ccd, site, target, rotation, other, background, extraction, psf, lines, astrometry);
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
