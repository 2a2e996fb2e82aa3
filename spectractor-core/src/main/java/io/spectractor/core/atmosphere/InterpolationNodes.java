package io.spectractor.core.atmosphere;

/** Linear interpolation between increasing nodes. */
final class InterpolationNodes {
    private InterpolationNodes() {}

    /** Values at the wavelengths, 0 outside the nodes; the search starts where the one before ended. */
    static double[] interpolate(double[] nodes, double[] values, double[] lambda) {
        double[] out = new double[lambda.length];
        int last = nodes.length - 1;
        int k = 0;
        for (int i = 0; i < lambda.length; i++) {
            double l = lambda[i];
            if (!(l >= nodes[0] && l <= nodes[last])) {
                continue;
            }
            while (k > 0 && nodes[k] > l) {
                k--;
            }
            while (k < last - 1 && nodes[k + 1] < l) {
                k++;
            }
            double t = (l - nodes[k]) / (nodes[k + 1] - nodes[k]);
            out[i] = values[k] + t * (values[k + 1] - values[k]);
        }
        return out;
    }
}
