package io.spectractor.core.simulation;

/**
 * The light of one diffraction order in steps of half a pixel along the dispersion axis: where each step falls, its
 * wavelength and its count rate.
 */
final class OrderLight {
    /** Steps per pixel along the axis: enough for the smooth sum of profiles wider than 2 px. */
    static final int STEPS_PER_PX = 2;

    /** Wavelength at the middle of each step, nm. */
    final double[] lambdaNm;
    /** Width of each step, nm. */
    final double[] widthNm;
    /** First-order flux at the detector times the order's ratio, erg/s/cm²/nm. */
    final double[] flux;
    /** Count rate of each step, ADU/s. */
    final double[] rate;
    /** Where each step falls, px. */
    final double[] x;

    final double[] y;

    private OrderLight(int steps) {
        lambdaNm = new double[steps];
        widthNm = new double[steps];
        flux = new double[steps];
        rate = new double[steps];
        x = new double[steps];
        y = new double[steps];
    }

    /** Light of an order on its way to the chip. */
    static OrderLight of(int order, Scene scene, FrameGeometry geometry) {
        return of(order, scene, geometry, STEPS_PER_PX);
    }

    /** Light of an order in other steps. */
    static OrderLight of(int order, Scene scene, FrameGeometry geometry, int stepsPerPx) {
        double reddestNm = Math.min(scene.lambdaMaxNm(), geometry.longestNm(order));
        double first = geometry.distancePx(order, scene.lambdaMinNm());
        double last = geometry.distancePx(order, reddestNm);
        int pixels = reddestNm > scene.lambdaMinNm() ? Math.max(1, (int) Math.round(last - first)) : 0;
        OrderLight light = new OrderLight(pixels * stepsPerPx);
        double step = (last - first) / light.size();
        for (int k = 0; k < light.size(); k++) {
            double middle = first + (k + 0.5) * step;
            double lambda = geometry.lambdaNm(order, middle);
            light.lambdaNm[k] = lambda;
            light.widthNm[k] =
                    geometry.lambdaNm(order, middle + 0.5 * step) - geometry.lambdaNm(order, middle - 0.5 * step);
            light.flux[k] = scene.fluxAtDetector().applyAsDouble(lambda) * geometry.orderRatio(order, lambda);
            light.rate[k] = light.flux[k] * geometry.ratePerFlux(lambda) * light.widthNm[k];
            light.x[k] = geometry.x(middle, lambda);
            light.y[k] = geometry.y(middle, lambda);
        }
        return light;
    }

    int size() {
        return lambdaNm.length;
    }

    /** Whole count rate of the order, ADU/s. */
    double totalRate() {
        double sum = 0;
        for (double r : rate) {
            sum += r;
        }
        return sum;
    }
}
