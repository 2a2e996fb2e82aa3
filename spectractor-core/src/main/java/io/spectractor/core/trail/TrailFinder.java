package io.spectractor.core.trail;

import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.trail.TrailClassifier.Trail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Masks straight trails, of satellites and aircraft, that cross a spectrum.
 *
 * <p>A trail is looked for beside the spectrum, where nothing else is a long straight line, and continued across it. Lines
 * within {@value #AXIS_DEG} degrees of the dispersion axis are not looked at, because spectra of field stars are such lines;
 * nor are those within {@value #COLUMN_DEG} degrees of the chip's columns, because bad columns, blooming and the borders of amplifiers are.
 */
public final class TrailFinder {
    /** Angle from the dispersion axis below which a line may be a spectrum, degrees. */
    static final double AXIS_DEG = 2.5;
    /** Angle from the chip's columns below which a line may be one of them, degrees. */
    static final double COLUMN_DEG = 3;
    /** Sum along a line, in its standard deviations, from which it is looked at: noise gives 5 on the best of 10⁵ lines. */
    private static final double LEAST_SIGMA = 8;
    /** Distance from the trace up to which the spectrum's core is too bright to look for a trail, px. */
    private static final int CORE_PX = 12;

    private static final int MOST_TRAILS = 3;

    private TrailFinder() {}

    /**
     * Finds and masks the trails across a spectrum.
     *
     * @param image the exposure
     * @param firstColumn first column of the spectrum, px
     * @param traceY row of the trace in each column from there, px
     * @param halfHeight distance from the trace up to which pixels belong to the spectrum: a trail that doesn't come nearer
     *     is left alone, px
     * @param reach distance from the trace up to which trails are looked for and masked, px
     * @param rebin pixels of the chip per pixel of the image, along each axis
     * @return the image with the trails' pixels marked {@link CcdImage#TRAIL}; the same image if there is none
     */
    public static CcdImage masked(
            CcdImage image, int firstColumn, double[] traceY, int halfHeight, int reach, int rebin) {
        CcdImage seen = image;
        for (int i = 0; i < MOST_TRAILS; i++) {
            SignificanceMap map = SignificanceMap.of(seen, firstColumn, traceY, Math.min(CORE_PX, halfHeight), reach);
            Optional<Trail> trail = brightest(map, halfHeight, rebin);
            if (trail.isEmpty()) {
                break;
            }
            seen = withoutTrail(seen, map, trail.get());
        }
        return seen;
    }

    private static Optional<Trail> brightest(SignificanceMap map, int halfHeight, int rebin) {
        TrailClassifier judge = new TrailClassifier(map, rebin);
        List<TrailLine> lines = new ArrayList<>(new LineSearch(map).above(LEAST_SIGMA));
        double axis = Math.atan(map.traceSlope());
        lines.removeIf(line -> between(line.angle(), axis) < Math.toRadians(AXIS_DEG)
                || between(line.angle(), 0.5 * Math.PI) < Math.toRadians(COLUMN_DEG));
        return lines.stream()
                .filter(line -> crosses(map, line, halfHeight))
                .flatMap(line -> judge.judge(line).stream())
                .findFirst();
    }

    /** Angle between two directions, rad, from 0 to π/2. */
    private static double between(double a, double b) {
        double turn = Math.abs(Math.IEEEremainder(a - b, Math.PI));
        return Math.min(turn, Math.PI - turn);
    }

    private static boolean crosses(SignificanceMap map, TrailLine line, int halfHeight) {
        int length = map.columns + 2 * map.reach;
        for (int t = -length; t <= length; t++) {
            double x = line.xAt(t, 0);
            if (x >= map.firstColumn
                    && x < map.firstColumn + map.columns
                    && Math.abs(map.aboveTrace(x, line.yAt(t, 0))) <= halfHeight) {
                return true;
            }
        }
        return false;
    }

    private static CcdImage withoutTrail(CcdImage image, SignificanceMap map, Trail trail) {
        byte[] mask = image.maskCopy();
        int y0 = Math.max(0, map.lowestRow());
        int y1 = Math.min(image.height() - 1, map.highestRow());
        int x0 = Math.max(0, map.firstColumn);
        int x1 = Math.min(image.width(), map.firstColumn + map.columns);
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x < x1; x++) {
                if (Math.abs(trail.line().distance(x, y)) <= trail.halfWidth()) {
                    mask[y * image.width() + x] |= CcdImage.TRAIL;
                }
            }
        }
        return image.withMask(mask);
    }
}
