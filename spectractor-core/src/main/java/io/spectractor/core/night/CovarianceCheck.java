package io.spectractor.core.night;

import io.spectractor.core.fit.FitException;

/** Refuses spectra whose covariance is none. */
public final class CovarianceCheck {
    private CovarianceCheck() {}

    /** @throws FitException if the covariance of the usable columns is not positive definite, or fewer than two are usable */
    public static void require(NightSpectrum s) {
        int[] columns = SpectrumWork.columns(s.usable());
        if (columns.length < 2) {
            throw new FitException(FitException.Reason.NOT_ENOUGH_DATA, "it has no usable columns");
        }
        double[] none = new double[s.size()];
        new ModelNoise().factor(s, none, columns);
    }
}
