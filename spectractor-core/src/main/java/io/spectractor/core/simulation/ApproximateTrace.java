package io.spectractor.core.simulation;

/**
 * A spectrum drawn quickly: blurred along the rows, then spread over each column by the profile integrated along the
 * rows. Exact where the spectrum changes slowly along the trace and the trace runs along the rows; good enough for the
 * stars of the field.
 */
final class ApproximateTrace {
    private static final double BLUR_PX = 12;

    private final RateImage canvas;
    private final LineProfile profile;
    private final double faintestRate;

    /** @param faintestRate what adds less to a pixel is left out, ADU/s */
    ApproximateTrace(RateImage canvas, LineProfile profile, double faintestRate) {
        this.canvas = canvas;
        this.profile = profile;
        this.faintestRate = faintestRate;
    }

    /** Draws the light of an order, times a factor. */
    void draw(OrderLight light, double factor) {
        int width = canvas.width();
        double[] rate = new double[width];
        double[] rateTimesRow = new double[width];
        for (int k = 0; k < light.size(); k++) {
            double slope = slope(light, k);
            double xc = light.x[k];
            int first = (int) Math.ceil(xc - BLUR_PX);
            int last = (int) Math.floor(xc + BLUR_PX);
            if (last < 0 || first >= width || !(light.rate[k] > 0)) {
                continue;
            }
            double sum = 0;
            for (int x = first; x <= last; x++) {
                sum += profile.at(x - xc);
            }
            double share = factor * light.rate[k] / sum;
            for (int x = Math.max(0, first); x <= Math.min(width - 1, last); x++) {
                double here = share * profile.at(x - xc);
                rate[x] += here;
                rateTimesRow[x] += here * (light.y[k] + slope * (x - xc));
            }
        }
        for (int x = 0; x < width; x++) {
            if (rate[x] > faintestRate) {
                double reach = profile.reachPx(faintestRate / rate[x]);
                canvas.addColumn(profile, x, rateTimesRow[x] / rate[x], reach, rate[x]);
            }
        }
    }

    private static double slope(OrderLight light, int k) {
        int before = Math.max(0, k - 1);
        int after = Math.min(light.size() - 1, k + 1);
        double run = light.x[after] - light.x[before];
        return run == 0 ? 0 : (light.y[after] - light.y[before]) / run;
    }
}
