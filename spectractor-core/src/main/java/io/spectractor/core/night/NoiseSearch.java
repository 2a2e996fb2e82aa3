package io.spectractor.core.night;

/** Finds the errors of the model under which the residuals of a spectrum are likeliest. */
final class NoiseSearch {
    /** chi2 may exceed the degrees of freedom by so many of its standard deviations before the model is blamed. */
    private static final double PATIENCE = 3;

    private static final double REACH_NM = 15;
    private static final double LEAST = 1e-4;
    private static final double MOST = 0.3;
    private static final double FIRST_STEP = 1.6;
    /** After a round before, which found it nearly. */
    private static final double NEXT_STEP = 0.4;

    private static final double LAST_STEP = 0.02;

    private NoiseSearch() {}

    /**
     * Searches.
     *
     * @param work a spectrum with residuals
     * @param freedom its columns less the parameters that it pays for
     */
    static ModelNoise find(SpectrumWork work, double freedom) {
        if (work.chi2(ModelNoise.of(0, 0, REACH_NM)) <= freedom + PATIENCE * Math.sqrt(2 * freedom)) {
            return ModelNoise.of(0, 0, REACH_NM);
        }
        ModelNoise now = work.noise();
        NoiseLikelihood likelihood = new NoiseLikelihood(work, REACH_NM);
        double[] at = {Math.log(Math.max(now.rough(), 3e-3)), Math.log(Math.max(now.smooth(), 3e-3))};
        double best = likelihood.misfit(noise(at));
        for (double step = now.any() ? NEXT_STEP : FIRST_STEP; step > LAST_STEP; step *= 0.5) {
            boolean moved = true;
            for (int tries = 0; moved && tries < 6; tries++) {
                moved = false;
                for (int i = 0; i < at.length; i++) {
                    for (int sign = -1; sign <= 1; sign += 2) {
                        double old = at[i];
                        at[i] = Math.min(Math.max(old + sign * step, Math.log(LEAST)), Math.log(MOST));
                        double there = likelihood.misfit(noise(at));
                        if (there < best - 1e-6) {
                            best = there;
                            moved = true;
                        } else {
                            at[i] = old;
                        }
                    }
                }
            }
        }
        return noise(at);
    }

    private static ModelNoise noise(double[] logs) {
        double rough = Math.exp(logs[0]);
        double smooth = Math.exp(logs[1]);
        return ModelNoise.of(rough <= LEAST * 1.01 ? 0 : rough, smooth <= LEAST * 1.01 ? 0 : smooth, REACH_NM);
    }
}
