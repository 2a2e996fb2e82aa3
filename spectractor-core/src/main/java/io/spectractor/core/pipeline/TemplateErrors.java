package io.spectractor.core.pipeline;

import io.spectractor.core.calibration.GaussianFilter;
import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.reference.ReferenceChoice;

/** What a spectrum is unsure by because its reference is of templates; the fit of the pixels took them for true. */
final class TemplateErrors {
    /** Differences of templates beyond this share are noise of theirs. */
    private static final double MOST_DETAIL = 0.3;

    private TemplateErrors() {}

    /**
     * Adds what the redshift of a template is unsure by, and how far apart the places are that similar stars have: the fit of
     * the pixels took both for known. They move the wavelengths, and flux is read at wavelengths.
     */
    static MeasuredOrders added(MeasuredOrders orders, ExposureOptics optics) {
        ReferenceChoice.Place place = orders.reference().place();
        if (place == null || orders.reference().sed() == null) {
            return orders;
        }
        double[] c = place.covariance();
        double sigma = Math.sqrt(Math.max(c[8], 1e-300));
        double distance = c[2] / sigma;
        double shift = c[5] / sigma;
        MeasuredOrders wider = detail(orders, optics).movedBy(distance, shift);
        for (ReferenceChoice.Alternative other : orders.reference().alternatives()) {
            wider = wider.movedBy(other.distanceMm(), other.shiftPx());
        }
        return wider;
    }

    /**
     * Detail finer than the image shows comes from the reference, in which similar stars differ. Their differences are added
     * to the covariance, one direction each.
     */
    private static MeasuredOrders detail(MeasuredOrders orders, ExposureOptics optics) {
        TraceGeometry geometry = orders.solution().geometry();
        int first = orders.columns().firstColumn();
        int n = orders.columns().size();
        ReferenceSpectrum chosen = optics.with(orders.reference()).reference();
        double[] own = chosen.light(geometry, first, n, chosen.typicalWaterMm());
        double sigma = Math.max(orders.columns().meanFwhmPx() / 2.3548, 0.5);
        MeasuredOrders wider = orders;
        for (ReferenceChoice.Alternative alternative : orders.reference().alternatives()) {
            ReferenceSpectrum other = optics.withSed(alternative.sed()).reference();
            double[] light = other.light(geometry, first, n, other.typicalWaterMm());
            double[] ratio = new double[n];
            for (int i = 0; i < n; i++) {
                ratio[i] = own[i] > 0 ? light[i] / own[i] : 1;
            }
            double[] seen = GaussianFilter.smooth(ratio, sigma);
            double[] change = new double[n];
            for (int i = 0; i < n; i++) {
                double share = seen[i] > 0 ? ratio[i] / seen[i] - 1 : 0;
                change[i] =
                        orders.rate()[i] * Math.min(Math.max(share, -MOST_DETAIL), MOST_DETAIL) * alternative.share();
            }
            wider = wider.wider(change);
        }
        return wider;
    }
}
