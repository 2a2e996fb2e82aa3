package io.spectractor.core.simulation;

/** Draws point sources and spectra onto a canvas. */
final class SpectrumPainter {
    /** Steps of a spectrum whose wings are drawn together, 2 px. */
    private static final int STEPS_PER_WING = 2 * OrderLight.STEPS_PER_PX;

    private final RateImage canvas;
    private final ProfileSet profiles;
    private final ShapeScale scale;
    private final RadialProfile scratch;

    SpectrumPainter(RateImage canvas, ProfileSet profiles, ShapeScale scale) {
        this.canvas = canvas;
        this.profiles = profiles;
        this.scale = scale;
        scratch = profiles.scratch();
    }

    /** A star as it looks in order 0: with the profile at the middle of the spectrum. */
    void star(double x, double y, double rateAduPerS) {
        RadialProfile profile = profiles.at(0, scratch);
        canvas.addCore(profile, x, y, rateAduPerS);
        canvas.addWings(profile, x, y, rateAduPerS);
    }

    /** All light of an order times a factor, in two dimensions. */
    void spectrum(OrderLight light, double factor) {
        for (int from = 0; from < light.size(); from += STEPS_PER_WING) {
            int to = Math.min(light.size(), from + STEPS_PER_WING);
            double rate = 0;
            double x = 0;
            double y = 0;
            for (int k = from; k < to; k++) {
                rate += light.rate[k];
                x += light.rate[k] * light.x[k];
                y += light.rate[k] * light.y[k];
            }
            if (!(rate > 0) || !canvas.reaches(x / rate, y / rate, scratch.radiusPx() + STEPS_PER_WING)) {
                continue;
            }
            RadialProfile profile = profiles.at(scale.at(light.lambdaNm[(from + to) / 2]), scratch);
            canvas.addWings(profile, x / rate, y / rate, factor * rate);
            for (int k = from; k < to; k++) {
                canvas.addCore(profile, light.x[k], light.y[k], factor * light.rate[k]);
            }
        }
    }
}
