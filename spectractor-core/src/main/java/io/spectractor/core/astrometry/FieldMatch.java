package io.spectractor.core.astrometry;

import io.spectractor.core.fit.FitException;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.fit.SymmetricSolver;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.observation.PixelTransform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Fits the places of a catalogue's stars to those that an image shows: the shift that most pairs share, then a linear map by
 * least squares of all matches, with outliers left out.
 *
 * @param correction takes places by the catalogue to places on the image
 * @param matches number of stars used
 * @param rmsPx root mean square of their distances, both axes together, px
 * @param zeroPoint magnitude of a star of 1 ADU/s; NaN if no matched star has a magnitude
 * @param zeroPointErr scatter of a single star about it, mag
 * @param centreX mean column of the matches, px
 * @param centreY mean row, px
 * @param inverse inverse of the normal matrix of offset and slopes, px⁰ and px⁻², 3 x 3
 */
public record FieldMatch(
        PixelTransform correction,
        int matches,
        double rmsPx,
        double zeroPoint,
        double zeroPointErr,
        double centreX,
        double centreY,
        double[] inverse) {
    /** Fewer matches than this may be chance. */
    static final int LEAST_MATCHES = 5;
    /** Below this the slopes are not fitted, only the shift. */
    private static final int LEAST_FOR_SLOPES = 10;

    private static final int MOST_STARS = 300;
    private static final int BIN_PX = 2;
    private static final double FIRST_TOLERANCE_PX = 4;
    private static final double LEAST_TOLERANCE_PX = 0.5;
    private static final double CLIP = 3.5;
    private static final int ROUNDS = 8;
    /** What no number of stars makes better: distortion that a linear map lacks, px. */
    private static final double FLOOR_PX = 0.03;

    /**
     * A star where the world coordinates put it.
     *
     * @param position px
     * @param magnitude NaN if unknown
     */
    public record Expected(PixelPosition position, double magnitude) {}

    /** A pair. */
    private record Pair(Expected star, Detection seen) {
        double dx(PixelTransform map) {
            return seen.position().x() - map.apply(star.position()).x();
        }

        double dy(PixelTransform map) {
            return seen.position().y() - map.apply(star.position()).y();
        }

        double distance(PixelTransform map) {
            return Math.hypot(dx(map), dy(map));
        }
    }

    /**
     * The match.
     *
     * @param searchPx how far stars may lie from where they are expected, px
     * @return nothing if too few stars agree
     */
    public static Optional<FieldMatch> of(List<Expected> catalogue, List<Detection> seen, double searchPx) {
        List<Expected> stars = catalogue.stream()
                .sorted(Comparator.comparingDouble(s -> Double.isNaN(s.magnitude()) ? 99 : s.magnitude()))
                .limit(MOST_STARS)
                .toList();
        List<Detection> sources = seen.stream()
                .sorted(Comparator.comparingDouble(d -> -d.rate()))
                .limit(MOST_STARS)
                .toList();
        PixelTransform map = sharedShift(stars, sources, searchPx);
        double tolerance = FIRST_TOLERANCE_PX;
        List<Pair> pairs = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            pairs = pairs(stars, sources, map, tolerance);
            if (pairs.size() < LEAST_MATCHES) {
                return Optional.empty();
            }
            map = map.then(fit(pairs, map));
            PixelTransform now = map;
            double typical = RobustStatistics.median(
                            pairs.stream().mapToDouble(p -> p.distance(now)).toArray())
                    / 1.1774;
            tolerance = Math.min(tolerance, Math.max(LEAST_TOLERANCE_PX, CLIP * typical));
        }
        return Optional.of(result(pairs, map));
    }

    private static FieldMatch result(List<Pair> pairs, PixelTransform map) {
        double sum = 0;
        List<Double> zero = new ArrayList<>();
        double x = 0;
        double y = 0;
        for (Pair pair : pairs) {
            sum += pair.distance(map) * pair.distance(map);
            x += pair.star().position().x() / pairs.size();
            y += pair.star().position().y() / pairs.size();
            if (Double.isFinite(pair.star().magnitude()) && pair.seen().rate() > 0) {
                zero.add(pair.star().magnitude() + 2.5 * Math.log10(pair.seen().rate()));
            }
        }
        double[] zeros = zero.stream().mapToDouble(Double::doubleValue).toArray();
        double[] normal = new double[9];
        for (Pair pair : pairs) {
            double[] row = {
                1, pair.star().position().x() - x, pair.star().position().y() - y
            };
            for (int i = 0; i < 9; i++) {
                normal[i] += row[i / 3] * row[i % 3];
            }
        }
        double[] inverse = {1.0 / pairs.size(), 0, 0, 0, 0, 0, 0, 0, 0};
        if (pairs.size() >= LEAST_FOR_SLOPES) {
            try {
                inverse = SymmetricSolver.inverse(normal, 3);
            } catch (FitException e) {
                inverse[0] = 1;
            }
        }
        return new FieldMatch(
                map,
                pairs.size(),
                Math.sqrt(sum / pairs.size()),
                zeros.length == 0 ? Double.NaN : RobustStatistics.median(zeros),
                zeros.length < 2 ? Double.NaN : RobustStatistics.madSigma(zeros),
                x,
                y,
                inverse);
    }

    /** 1σ of a place by the catalogue, each axis, px. */
    public double errorPx(PixelPosition p) {
        double[] row = {1, p.x() - centreX, p.y() - centreY};
        double leverage = 0;
        for (int i = 0; i < 9; i++) {
            leverage += row[i / 3] * inverse[i] * row[i % 3];
        }
        return Math.hypot(FLOOR_PX, rmsPx / Math.sqrt(2) * Math.sqrt(leverage));
    }

    /** The shift that most pairs have in common. */
    private static PixelTransform sharedShift(List<Expected> stars, List<Detection> sources, double searchPx) {
        int half = (int) Math.ceil(searchPx / BIN_PX) + 1;
        int n = 2 * half + 1;
        int[] votes = new int[n * n];
        for (Expected star : stars) {
            for (Detection source : sources) {
                double dx = source.position().x() - star.position().x();
                double dy = source.position().y() - star.position().y();
                if (Math.hypot(dx, dy) <= searchPx) {
                    votes[((int) Math.round(dy / BIN_PX) + half) * n + (int) Math.round(dx / BIN_PX) + half]++;
                }
            }
        }
        int best = -1;
        double bestX = 0;
        double bestY = 0;
        for (int j = 1; j < n - 1; j++) {
            for (int i = 1; i < n - 1; i++) {
                int sum = 0;
                double x = 0;
                double y = 0;
                for (int k = 0; k < 9; k++) {
                    int v = votes[(j + k / 3 - 1) * n + i + k % 3 - 1];
                    sum += v;
                    x += v * (i + k % 3 - 1.0);
                    y += v * (j + k / 3 - 1.0);
                }
                if (sum > best) {
                    best = sum;
                    bestX = sum == 0 ? 0 : BIN_PX * (x / sum - half);
                    bestY = sum == 0 ? 0 : BIN_PX * (y / sum - half);
                }
            }
        }
        return PixelTransform.shift(bestX, bestY);
    }

    /** Stars and sources that are each other's nearest. */
    private static List<Pair> pairs(
            List<Expected> stars, List<Detection> sources, PixelTransform map, double tolerance) {
        List<Pair> pairs = new ArrayList<>();
        for (Expected star : stars) {
            PixelPosition at = map.apply(star.position());
            Detection nearest = null;
            for (Detection source : sources) {
                if (nearest == null
                        || source.position().distanceTo(at) < nearest.position().distanceTo(at)) {
                    nearest = source;
                }
            }
            if (nearest == null || nearest.position().distanceTo(at) > tolerance) {
                continue;
            }
            Pair pair = new Pair(star, nearest);
            PixelPosition seen = nearest.position();
            boolean mutual = stars.stream()
                    .noneMatch(other ->
                            !other.equals(star) && map.apply(other.position()).distanceTo(seen) < pair.distance(map));
            if (mutual) {
                pairs.add(pair);
            }
        }
        return pairs;
    }

    /** What takes the places by a map to those that are seen. */
    private static PixelTransform fit(List<Pair> pairs, PixelTransform map) {
        double x = 0;
        double y = 0;
        double dx = 0;
        double dy = 0;
        for (Pair pair : pairs) {
            PixelPosition p = map.apply(pair.star().position());
            x += p.x() / pairs.size();
            y += p.y() / pairs.size();
            dx += pair.dx(map) / pairs.size();
            dy += pair.dy(map) / pairs.size();
        }
        if (pairs.size() < LEAST_FOR_SLOPES) {
            return PixelTransform.shift(dx, dy);
        }
        double sxx = 0;
        double sxy = 0;
        double syy = 0;
        double[] right = new double[4];
        for (Pair pair : pairs) {
            PixelPosition p = map.apply(pair.star().position());
            double u = p.x() - x;
            double v = p.y() - y;
            sxx += u * u;
            sxy += u * v;
            syy += v * v;
            right[0] += u * pair.dx(map);
            right[1] += v * pair.dx(map);
            right[2] += u * pair.dy(map);
            right[3] += v * pair.dy(map);
        }
        double det = sxx * syy - sxy * sxy;
        if (!(det > 1e-9 * sxx * syy)) {
            // stars on a line tell no slopes
            return PixelTransform.shift(dx, dy);
        }
        double xx = (syy * right[0] - sxy * right[1]) / det;
        double xy = (sxx * right[1] - sxy * right[0]) / det;
        double yx = (syy * right[2] - sxy * right[3]) / det;
        double yy = (sxx * right[3] - sxy * right[2]) / det;
        return new PixelTransform(dx - xx * x - xy * y, 1 + xx, xy, dy - yx * x - yy * y, yx, 1 + yy);
    }
}
