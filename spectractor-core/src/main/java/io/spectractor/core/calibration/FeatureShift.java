package io.spectractor.core.calibration;

/**
 * How far a feature of the spectrum lies from where the reference has it.
 *
 * @param feature the feature
 * @param shiftPx observed minus expected column, px
 * @param errorPx 1σ, px
 * @param snr of the observed feature
 * @param columnPx where the feature's wavelength falls according to that shift, column in the image, px
 * @param reducedChi2 χ² per degree of freedom of what observation and reference leave differently beside a Gaussian
 */
public record FeatureShift(
        LineFeature feature, double shiftPx, double errorPx, double snr, double columnPx, double reducedChi2) {}
