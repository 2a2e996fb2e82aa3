package io.spectractor.core.product;

import org.jspecify.annotations.Nullable;

/**
 * The numbers that describe a spectrum; each is a header keyword and a column of the run's summary.
 *
 * @param target name of the star, or null
 * @param disperser label
 * @param filter label, or null
 * @param redshift z that lines were shifted by
 * @param dateObs start of exposure, ISO 8601
 * @param exposureSeconds s
 * @param airmass airmass
 * @param temperatureCelsius °C
 * @param pressureHPa hPa
 * @param humidityPercent %
 * @param declinationDeg pointing, degrees
 * @param hourAngleDeg pointing, degrees
 * @param parallacticAngleDeg degrees
 * @param cameraRotationDeg degrees
 * @param rebin rebinning factor
 * @param targetX measured order-0 column in the image, px
 * @param targetY order-0 row in the image, px
 * @param rotationAngleDeg angle of the dispersion axis, degrees, anticlockwise
 * @param hessianAngleDeg the Hessian's measurement of it, NaN if there is none
 * @param disperserAngleDeg the disperser map's value at order 0
 * @param groovesPerMm groove density at order 0, 1/mm
 * @param distanceMm fitted distance from disperser to CCD, mm
 * @param distanceErrMm its 1σ, mm
 * @param shiftPx fitted origin of the dispersion along the axis relative to (targetX, targetY), px
 * @param shiftErrPx its 1σ, px
 * @param lambdaRefNm wavelength whose refraction defines the order-0 position, nm
 * @param reducedChi2 χ² per degree of freedom of the profile fit
 * @param meanFwhmPx mean FWHM of the profile, px
 * @param saturationRate saturation level, ADU/s
 * @param order diffraction order
 * @param psfDegree degree of the shape polynomials
 * @param linesUsed lines in the wavelength solution
 * @param model numbers of the fit of the whole spectrogram
 * @param observation target, pointing and times
 * @param quality what the spectrum is good for
 * @param astrometry world coordinates
 */
public record ProductSummary(
        @Nullable String target,
        String disperser,
        @Nullable String filter,
        double redshift,
        String dateObs,
        double exposureSeconds,
        double airmass,
        double temperatureCelsius,
        double pressureHPa,
        double humidityPercent,
        double declinationDeg,
        double hourAngleDeg,
        double parallacticAngleDeg,
        double cameraRotationDeg,
        int rebin,
        double targetX,
        double targetY,
        double rotationAngleDeg,
        double hessianAngleDeg,
        double disperserAngleDeg,
        double groovesPerMm,
        double distanceMm,
        double distanceErrMm,
        double shiftPx,
        double shiftErrPx,
        double lambdaRefNm,
        double reducedChi2,
        double meanFwhmPx,
        double saturationRate,
        int order,
        int psfDegree,
        int linesUsed,
        ForwardModelSummary model,
        ObservationSummary observation,
        QualitySummary quality,
        AstrometrySummary astrometry) {}
