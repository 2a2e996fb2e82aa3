package io.spectractor.core.forward.equations;

/** Sums over the pixels for the parameters beside the amplitudes, with J their Jacobian. */
public final class ParameterSums {
    public final int count;
    /** J^T W r. */
    public final double[] gradient;
    /** J^T W J, by rows. */
    public final double[] matrix;
    /** J^T W M, one row per parameter. */
    public final double[][] cross;

    public ParameterSums(int count, int columns) {
        this.count = count;
        this.gradient = new double[count];
        this.matrix = new double[count * count];
        this.cross = new double[count][columns];
    }

    public ParameterSums copy() {
        ParameterSums out = new ParameterSums(count, cross.length == 0 ? 0 : cross[0].length);
        System.arraycopy(gradient, 0, out.gradient, 0, count);
        System.arraycopy(matrix, 0, out.matrix, 0, matrix.length);
        for (int q = 0; q < count; q++) {
            System.arraycopy(cross[q], 0, out.cross[q], 0, cross[q].length);
        }
        return out;
    }
}
