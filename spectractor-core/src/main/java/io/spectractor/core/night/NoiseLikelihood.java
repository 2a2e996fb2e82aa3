package io.spectractor.core.night;

/**
 * How likely the residuals of a spectrum are under errors of the model of any size: the covariance of the data and the shape of
 * the model's are formed once.
 */
final class NoiseLikelihood {
    private final int count;
    private final int width;
    private final double[] data;
    private final double[] smooth;
    private final double[] squares;
    private final double[] residuals;

    /**
     * Of the columns of a spectrum that count, at its last point.
     *
     * @param reachNm where the correlation of the smooth part ends
     */
    NoiseLikelihood(SpectrumWork work, double reachNm) {
        NightSpectrum s = work.spectrum();
        int[] columns = work.columns();
        double[] expected = work.expected();
        this.count = columns.length;
        this.width = ModelNoise.of(0, 1, reachNm).width(s, columns);
        this.data = new double[count * (width + 1)];
        this.smooth = new double[count * (width + 1)];
        this.squares = new double[count];
        this.residuals = new double[count];
        for (int a = 0; a < count; a++) {
            int i = columns[a];
            residuals[a] = work.residual(i);
            squares[a] = expected[i] * expected[i];
            for (int b = Math.max(0, a - width); b <= a; b++) {
                int j = columns[b];
                int place = a * (width + 1) + b - a + width;
                data[place] = s.covariance().at(i, j);
                smooth[place] = expected[i]
                        * expected[j]
                        * ModelNoise.correlation((s.lambdaNm()[i] - s.lambdaNm()[j]) / reachNm);
            }
        }
    }

    /** chi2 plus the logarithm of the determinant: smallest for the likeliest noise. */
    double misfit(ModelNoise noise) {
        double[] rows = data.clone();
        double factor = noise.smooth() * noise.smooth();
        for (int i = 0; factor > 0 && i < rows.length; i++) {
            rows[i] += factor * smooth[i];
        }
        for (int a = 0; a < count; a++) {
            rows[a * (width + 1) + width] += noise.rough() * noise.rough() * squares[a];
        }
        BandCholesky l = BandCholesky.factor(rows, count, width);
        double[] r = residuals.clone();
        l.whiten(r);
        double sum = l.logDeterminant();
        for (double x : r) {
            sum += x * x;
        }
        return sum;
    }
}
