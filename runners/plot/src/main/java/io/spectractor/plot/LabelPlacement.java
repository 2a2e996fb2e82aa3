package io.spectractor.plot;

import java.util.ArrayList;
import java.util.List;

/** Moves labels along an axis until none overlaps its neighbour, as little as possible. */
final class LabelPlacement {
    private LabelPlacement() {}

    /**
     * Least-squares positions with a minimum distance (pool adjacent violators), then kept inside [low, high].
     *
     * @param wanted positions, ascending
     * @param gap minimum distance; {@code (wanted.length - 1) * gap} must not exceed the range
     */
    static double[] spread(double[] wanted, double gap, double low, double high) {
        // with p_i = q_i + i gap the constraint is that q ascends: isotonic regression of wanted_i - i gap
        List<double[]> blocks = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            double[] block = {wanted[i] - i * gap, 1};
            while (!blocks.isEmpty() && blocks.get(blocks.size() - 1)[0] > block[0]) {
                double[] previous = blocks.remove(blocks.size() - 1);
                double count = previous[1] + block[1];
                block = new double[] {(previous[0] * previous[1] + block[0] * block[1]) / count, count};
            }
            blocks.add(block);
        }
        double[] out = new double[wanted.length];
        double last = high - (wanted.length - 1) * gap;
        int i = 0;
        for (double[] block : blocks) {
            double q = Math.max(low, Math.min(last, block[0]));
            for (int k = 0; k < (int) block[1]; k++) {
                out[i] = q + i * gap;
                i++;
            }
        }
        return out;
    }
}
