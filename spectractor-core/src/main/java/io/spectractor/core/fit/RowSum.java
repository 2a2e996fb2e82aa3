package io.spectractor.core.fit;

/**
 * Sums of rows times factors, the one loop in which linear algebra spends its time. Four rows at a time, each array of its own with
 * the same index: that is the form of which the JVM makes vector instructions. The additions have a fixed order.
 */
public final class RowSum {
    private RowSum() {}

    /**
     * Adds rows times factors: out[x] += sum over r of factors[at + r] rows[first + r][x] for from <= x < to. The sum of
     * four products is formed first.
     *
     * @param first first row
     * @param count number of rows
     */
    public static void add(
            double[] out, double[][] rows, int first, int count, double[] factors, int at, int from, int to) {
        int r = 0;
        for (; r + 3 < count; r += 4) {
            int row = first + r;
            int factor = at + r;
            four(
                    out,
                    rows[row],
                    rows[row + 1],
                    rows[row + 2],
                    rows[row + 3],
                    factors[factor],
                    factors[factor + 1],
                    factors[factor + 2],
                    factors[factor + 3],
                    from,
                    to);
        }
        for (; r < count; r++) {
            add(out, rows[first + r], factors[at + r], from, to);
        }
    }

    @SuppressWarnings("TooManyParameters") // arrays of arrays in the loop would cost the vectors
    private static void four(
            double[] out,
            double[] a,
            double[] b,
            double[] c,
            double[] d,
            double fa,
            double fb,
            double fc,
            double fd,
            int from,
            int to) {
        for (int x = from; x < to; x++) {
            out[x] += fa * a[x] + fb * b[x] + fc * c[x] + fd * d[x];
        }
    }

    /** Adds a row times a factor: out[x] += factor row[x] for from <= x < to. */
    public static void add(double[] out, double[] row, double factor, int from, int to) {
        for (int x = from; x < to; x++) {
            out[x] += factor * row[x];
        }
    }

    /**
     * Adds a row times a factor, the row moved: out[x] += factor row[shift + x] for all x.
     *
     * @param work array of out's length, overwritten: with a shift the JVM makes no vector instructions
     */
    public static void addShifted(double[] out, double[] row, double factor, int shift, double[] work) {
        System.arraycopy(row, shift, work, 0, out.length);
        add(out, work, factor, 0, out.length);
    }

    /** Sum of u[x] v[shift + x] for from <= x < to, with four partial sums. */
    public static double dot(double[] u, double[] v, int shift, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int x = from;
        // a limit of its own: else the JVM doesn't take the loop for a counted one, and checks every index
        int last = to - 3;
        for (; x < last; x += 4) {
            s0 += u[x] * v[shift + x];
            s1 += u[x + 1] * v[shift + x + 1];
            s2 += u[x + 2] * v[shift + x + 2];
            s3 += u[x + 3] * v[shift + x + 3];
        }
        for (; x < to; x++) {
            s0 += u[x] * v[shift + x];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /**
     * Adds the scalar products of rows with part of an array: out[at + r] += sum of rows[r][x] v[shift + x] for 0 <= x < length.
     * Four rows at a time read that part once.
     */
    public static void addDots(double[] out, int at, double[][] rows, double[] v, int shift, int length) {
        int r = 0;
        for (; r + 3 < rows.length; r += 4) {
            addFourDots(out, at + r, rows[r], rows[r + 1], rows[r + 2], rows[r + 3], v, shift, length);
        }
        for (; r < rows.length; r++) {
            out[at + r] += dot(rows[r], v, shift, 0, length);
        }
    }

    private static void addFourDots(
            double[] out, int at, double[] a, double[] b, double[] c, double[] d, double[] v, int shift, int length) {
        double sa = 0;
        double sb = 0;
        double sc = 0;
        double sd = 0;
        for (int x = 0; x < length; x++) {
            double w = v[shift + x];
            sa += a[x] * w;
            sb += b[x] * w;
            sc += c[x] * w;
            sd += d[x] * w;
        }
        out[at] += sa;
        out[at + 1] += sb;
        out[at + 2] += sc;
        out[at + 3] += sd;
    }
}
