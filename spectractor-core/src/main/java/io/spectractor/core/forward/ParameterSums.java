package io.spectractor.core.forward;

/** Sums over the pixels for the parameters beside the amplitudes, with J their Jacobian. */
final class ParameterSums {
    final int count;
    /** J^T W r. */
    final double[] gradient;
    /** J^T W J, by rows. */
    final double[] matrix;
    /** J^T W M, one row per parameter. */
    final double[][] cross;

    ParameterSums(int count, int columns) {
        this.count = count;
        this.gradient = new double[count];
        this.matrix = new double[count * count];
        this.cross = new double[count][columns];
    }
}
