package io.spectractor.core.atmosphere;

import io.spectractor.core.fit.ParameterBounds;

/**
 * Where a fit starts and how far it may go.
 *
 * @param ranges of the model of the atmosphere
 * @param settings of the fit
 */
public record FitStart(AtmosphereRanges ranges, FitSettings settings) {
    private static final double MAX_SHIFT_NM = 5;

    /**
     * Start values in the order of {@link FitParameter}, those of the settings first.
     *
     * @param resolutionPx start of the resolution
     * @throws IllegalArgumentException if a given value is out of its range
     */
    public double[] values(double resolutionPx) {
        double[] usual = {
            1, 0.05, AtmosphereParameters.USUAL_ANGSTROM_EXPONENT, 300, 4, resolutionPx, 0, 0,
        };
        for (FitParameter p : FitParameter.values()) {
            int i = p.index();
            ParameterRange range = range(p);
            Double given = settings.values().get(p);
            if (given == null) {
                usual[i] = Math.min(Math.max(usual[i], range.min()), range.max());
            } else {
                range.require(given);
                usual[i] = given;
            }
        }
        return usual;
    }

    /** Their ranges, in the order of {@link FitParameter}; equal ones hold a parameter. */
    public ParameterBounds bounds(double[] values) {
        ParameterBounds bounds = ParameterBounds.none(values.length);
        for (FitParameter p : FitParameter.values()) {
            int i = p.index();
            ParameterRange range = range(p);
            bounds = settings.free().contains(p)
                    ? bounds.with(i, range.min(), range.max())
                    : bounds.withFixed(i, values[i]);
        }
        return bounds;
    }

    private ParameterRange range(FitParameter p) {
        return switch (p) {
            case GREY -> new ParameterRange("grey factor A1", "", 1e-5, 100);
            case AEROSOLS -> ranges.aerosols();
            case ANGSTROM -> ranges.angstrom();
            case OZONE -> ranges.ozone();
            case WATER -> ranges.water();
            case RESOLUTION -> new ParameterRange("resolution", "px", 0.3, SpectrumModel.MAX_RESOLUTION_PX);
            case SHIFT, STRETCH -> new ParameterRange("wavelength " + p.label(), "nm", -MAX_SHIFT_NM, MAX_SHIFT_NM);
        };
    }
}
