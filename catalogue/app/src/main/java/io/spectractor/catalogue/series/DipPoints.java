package io.spectractor.catalogue.series;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sound points of some bands of a light curve in the order of time, magnitudes relative to the median of their band.
 *
 * <p>Which band a point has and whether it begins a night is as good as random to the processor: these loops write every element
 * and move on by zero or one, so that there is no branch to be guessed wrong.
 *
 * @param n so many; the arrays may be longer
 * @param mjd days
 */
record DipPoints(int n, double[] mjd, double[] mag, double[] err) {
    private static final double REPEATED_DAYS = 1e-5;
    private static final int MIN_IN_BAND = 10;

    /**
     * The points of some bands; a band with less than ten is left out. Of points at the same time those of the band named first
     * come first.
     */
    static DipPoints of(LightCurve curve, List<String> bands) {
        int all = curve.time().length;
        int[] numbers = numbers(curve.band(), bands);
        int[] order = inTime(curve.time(), numbers);
        int[] band = new int[all];
        DipPoints room = new DipPoints(all, new double[all], new double[all], new double[all]);
        int n = room.take(curve, numbers, order, band, bands.size());
        return room.first(n).overMedians(band, bands.size());
    }

    private DipPoints first(int count) {
        return new DipPoints(count, mjd, mag, err);
    }

    /** For each point which of the bands it has; their number for any other. */
    @SuppressWarnings({"ReferenceEquality", "ShortCircuitBoolean"})
    private static int[] numbers(String[] bands, List<String> wanted) {
        int[] numbers = new int[bands.length];
        // names that come from a dictionary are few objects: most are known without a look at their letters
        String one = "";
        String two = "";
        int ofOne = number(one, wanted);
        int ofTwo = ofOne;
        for (int i = 0; i < bands.length; i++) {
            String its = bands[i];
            if (its != one & its != two) {
                two = one;
                ofTwo = ofOne;
                one = its;
                ofOne = number(its, wanted);
            }
            int isOne = its == one ? 1 : 0;
            numbers[i] = ofTwo + isOne * (ofOne - ofTwo);
        }
        return numbers;
    }

    private static int number(String band, List<String> wanted) {
        int at = wanted.indexOf(band);
        return at < 0 ? wanted.size() : at;
    }

    /** The points' order in time; at the same time by the number of the band. */
    @SuppressWarnings("ShortCircuitBoolean")
    private static int[] inTime(double[] time, int[] numbers) {
        int[] order = new int[time.length];
        boolean sorted = true;
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int i = 1; i < order.length; i++) {
            sorted &= time[i - 1] < time[i] | (time[i - 1] == time[i] & numbers[i - 1] <= numbers[i]);
        }
        if (sorted) {
            return order;
        }
        return IntStream.of(order)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> time[i]).thenComparingInt(i -> numbers[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Fills in the sound points and the numbers of their bands, and says how many they are. A point is repeated if the one before
     * it in its band was made at the same time, and the first one's is the last one, as in the original.
     */
    @SuppressWarnings("ShortCircuitBoolean")
    private int take(LightCurve curve, int[] numbers, int[] order, int[] band, int bands) {
        double[] time = curve.time();
        double[] value = curve.value();
        double[] error = curve.error();
        SoundPixels pixels = SoundPixels.of(curve);
        double[] before = new double[bands + 1];
        for (int i : order) {
            before[numbers[i]] = time[i];
        }
        int count = 0;
        for (int i : order) {
            int number = numbers[i];
            double now = time[i];
            double apart = Math.abs(now - before[number]);
            before[number] = now;
            mjd[count] = now;
            mag[count] = value[i];
            err[count] = error[i];
            band[count] = number;
            boolean known = Double.isFinite(now) & Double.isFinite(value[i]) & error[i] > 0 & apart > REPEATED_DAYS;
            count += (known & number < bands) && pixels.at(i) ? 1 : 0;
        }
        return count;
    }

    private DipPoints overMedians(int[] band, int bands) {
        double[] base = new double[bands];
        double[] apart = new double[(n + 1) * bands];
        int[] points = new int[bands];
        int[] nights = new int[bands];
        double[] before = new double[bands];
        Arrays.fill(before, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < n; i++) {
            int number = band[i];
            int night = nights[number];
            points[number]++;
            apart[number * (n + 1) + night] = mag[i];
            nights[number] = night + (mjd[i] - before[number] > DipFinder.NIGHT_DAYS ? 1 : 0);
            before[number] = mjd[i];
        }
        boolean enough = true;
        for (int number = 0; number < bands; number++) {
            boolean its = points[number] >= MIN_IN_BAND;
            base[number] = its ? Medians.median(apart, number * (n + 1), nights[number]) : Double.NaN;
            enough &= its;
        }
        for (int i = 0; i < n; i++) {
            mag[i] -= base[band[i]];
        }
        return enough ? this : withoutNaN();
    }

    private DipPoints withoutNaN() {
        int count = 0;
        for (int i = 0; i < n; i++) {
            mjd[count] = mjd[i];
            mag[count] = mag[i];
            err[count] = err[i];
            count += Double.isNaN(mag[i]) ? 0 : 1;
        }
        return first(count);
    }
}
