package io.spectractor.core.pipeline;

import io.spectractor.core.calibration.GaussianFilter;
import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.reference.ReferenceChoice;
import java.util.List;

/** What a spectrum is unsure by because its reference is of templates; the fit of the pixels took them for true. */
final class TemplateErrors {
    /** Differences of templates beyond this share are noise of theirs. */
    private static final double MOST_DETAIL = 0.3;

    private TemplateErrors() {}

    /**
     * Adds what the redshift of a template is unsure by: the fit of the pixels took it for known. A redshift moves the
     * wavelengths, and flux is read at wavelengths.
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
        return detail(orders, optics).movedBy(distance, shift);
    }

    /**
     * Detail finer than the image shows comes from the reference; templates that explain the spectrum about as well differ
     * in it. Their differences are added to the covariance, one direction each.
     */
    private static MeasuredOrders detail(MeasuredOrders orders, ExposureOptics optics) {
        TraceGeometry geometry = orders.solution().geometry();
        int first = orders.columns().firstColumn();
        int n = orders.columns().size();
        ReferenceSpectrum chosen = optics.with(orders.reference()).reference();
        double[] own = chosen.light(geometry, first, n, chosen.typicalWaterMm());
        double sigma = Math.max(orders.columns().meanFwhmPx() / 2.3548, 0.5);
        MeasuredOrders wider = orders;
        List<TabulatedCurve> others = orders.reference().alternatives();
        for (TabulatedCurve sed : others) {
            ReferenceSpectrum other = optics.withSed(sed).reference();
            double[] light = other.light(geometry, first, n, other.typicalWaterMm());
            double[] ratio = new double[n];
            for (int i = 0; i < n; i++) {
                ratio[i] = own[i] > 0 ? light[i] / own[i] : 1;
            }
            double[] seen = GaussianFilter.smooth(ratio, sigma);
            double[] change = new double[n];
            for (int i = 0; i < n; i++) {
                double share = seen[i] > 0 ? ratio[i] / seen[i] - 1 : 0;
                change[i] = orders.rate()[i]
                        * Math.min(Math.max(share, -MOST_DETAIL), MOST_DETAIL)
                        / Math.sqrt(others.size());
            }
            wider = wider.wider(change);
        }
        return wider;
    }
}
