package io.spectractor.core.target;

import io.spectractor.core.config.RotationConfig;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The angle of the dispersion axis of a lamp. Its spectrum is a row of single images of the lamp, which look like stars and
 * have no crest: the axis is the line through order 0 on which most of them lie.
 */
public final class LineImages {
    /** Nearer to order 0 an image tells little of the angle, px. */
    private static final double NEAREST_PX = 40;
    /** What an image may be off the axis, px. */
    private static final double OFF_PX = 2.5;

    private static final int FEWEST = 3;
    /** A preference among angles, as for crests: how far the disperser's angle may be off. */
    private static final double MAP_SIGMA_DEG = 3;

    private LineImages() {}

    /**
     * The angle by the images of lines, if they tell it better than the crest did: without a continuum the crest is noise.
     *
     * @param crest the estimate by the crest
     * @param image the exposure
     * @param order0 order-0 position, px
     * @param config accepted differences from the disperser's angle
     */
    public static RotationEstimate better(
            RotationEstimate crest, CcdImage image, PixelPosition order0, RotationConfig config) {
        return angle(image, order0, crest.disperserDeg(), config)
                .filter(lines -> !(crest.angleErrDeg() < lines.angleErrDeg()))
                .orElse(crest);
    }

    /** The angle; nothing if fewer than three images lie on a line through order 0. */
    private static Optional<RotationEstimate> angle(
            CcdImage image, PixelPosition order0, double disperserAngleDeg, RotationConfig config) {
        List<PixelPosition> arms = new ArrayList<>();
        for (PixelPosition place : StarSearch.all(image)) {
            double dx = place.x() - order0.x();
            double off = Math.toDegrees(Math.atan((place.y() - order0.y()) / dx)) - disperserAngleDeg;
            if (Math.abs(dx) >= NEAREST_PX && off >= config.minDeg() && off <= config.maxDeg()) {
                arms.add(place.plus(-order0.x(), -order0.y()));
            }
        }
        List<PixelPosition> best = List.of();
        double most = 0;
        for (PixelPosition arm : arms) {
            double angle = Math.atan(arm.y() / arm.x());
            List<PixelPosition> along =
                    arms.stream().filter(a -> offAxis(a, angle) < OFF_PX).toList();
            double u = (Math.toDegrees(angle) - disperserAngleDeg) / MAP_SIGMA_DEG;
            double score = along.stream().filter(a -> a.x() > 0).count() * Math.exp(-0.5 * u * u);
            if (score > most) {
                most = score;
                best = along;
            }
        }
        return best.stream().filter(a -> a.x() > 0).count() < FEWEST
                ? Optional.empty()
                : Optional.of(line(best, disperserAngleDeg));
    }

    private static double offAxis(PixelPosition arm, double angleRad) {
        return Math.abs(arm.y() * Math.cos(angleRad) - arm.x() * Math.sin(angleRad));
    }

    /** The straight line through order 0 and the images, by least squares. */
    private static RotationEstimate line(List<PixelPosition> arms, double disperserAngleDeg) {
        double xx = 0;
        double xy = 0;
        for (PixelPosition arm : arms) {
            xx += arm.x() * arm.x();
            xy += arm.x() * arm.y();
        }
        double slope = xy / xx;
        double squares = 0;
        for (PixelPosition arm : arms) {
            squares += Math.pow(arm.y() - slope * arm.x(), 2);
        }
        double angle = Math.toDegrees(Math.atan(slope));
        double error = Math.toDegrees(Math.sqrt(squares / (arms.size() - 1) / xx));
        return new RotationEstimate(angle, error, Double.NaN, disperserAngleDeg, arms.size(), true, new TreeSet<>());
    }
}
