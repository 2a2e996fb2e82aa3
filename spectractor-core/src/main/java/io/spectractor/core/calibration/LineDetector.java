package io.spectractor.core.calibration;

import io.spectractor.core.calibration.GaussianLineFit.Line;
import io.spectractor.core.calibration.GaussianLineFit.Start;
import io.spectractor.core.config.LineConfig;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.product.SpectrumTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fits Gaussians to lines in a calibrated spectrum, those whose windows overlap together, to tell how strong they are.
 */
final class LineDetector {
    private static final double SIGMA_PER_FWHM = 1 / 2.3548;

    private final LineConfig config;

    LineDetector(LineConfig config) {
        this.config = config;
    }

    /**
     * A feature and where it is.
     *
     * @param feature the feature
     * @param lambdaNm its wavelength on the scale of the spectrum, nm
     */
    record Place(LineFeature feature, double lambdaNm) {
        double minSigmaNm() {
            return feature.lines().stream()
                    .mapToDouble(l -> l.line().minSigmaNm())
                    .min()
                    .orElse(0);
        }

        /** The widest of its lines, and room for their distance. */
        double maxSigmaNm() {
            double widest = feature.lines().stream()
                    .mapToDouble(l -> l.line().maxSigmaNm())
                    .max()
                    .orElse(0);
            double first = feature.lines().get(0).wavelengthNm();
            double last = feature.lines().get(feature.lines().size() - 1).wavelengthNm();
            return Math.max(widest, last - first);
        }
    }

    /**
     * Fits the lines.
     *
     * @param spectrum calibrated spectrum
     * @param fwhmPx resolution per column, px
     * @param places features, by wavelength
     * @param deadline checked in every fit
     * @return those that could be fitted, with a width inside its limits
     */
    Map<LineFeature, Line> fit(SpectrumTable spectrum, double[] fwhmPx, List<Place> places, Deadline deadline) {
        Map<LineFeature, Line> found = new HashMap<>();
        for (List<Place> group : groups(spectrum, fwhmPx, places)) {
            measure(spectrum, fwhmPx, group, deadline, found);
        }
        return found;
    }

    /** Full width at half maximum, in the unit of the abscissa. */
    static double fwhm(Line line) {
        return line.width() / SIGMA_PER_FWHM;
    }

    /** Equivalent width, positive in absorption; NaN without light beside the line. */
    static double equivalentWidth(Line line) {
        double area = line.amplitude() * line.width() * Math.sqrt(2 * Math.PI);
        return line.baseline() > 0 ? -area / line.baseline() : Double.NaN;
    }

    /** Features inside the spectrum, in groups whose windows overlap. */
    private List<List<Place>> groups(SpectrumTable s, double[] fwhmPx, List<Place> places) {
        List<List<Place>> groups = new ArrayList<>();
        for (Place place : places) {
            int c = column(s, place.lambdaNm());
            if (c < config.peakWidthPx() || c >= s.size() - config.peakWidthPx()) {
                continue;
            }
            List<Place> group = groups.isEmpty() ? null : groups.get(groups.size() - 1);
            if (group != null) {
                double distance = place.lambdaNm() - group.get(group.size() - 1).lambdaNm();
                if (distance < 2 * half(fwhmPx[c]) * width(s, c)) {
                    group.add(place);
                    continue;
                }
            }
            groups.add(new ArrayList<>(List.of(place)));
        }
        return groups;
    }

    private double half(double fwhmPx) {
        return Math.max(1.5 * fwhmPx, config.peakWidthPx());
    }

    private void measure(
            SpectrumTable s, double[] fwhmPx, List<Place> group, Deadline deadline, Map<LineFeature, Line> found) {
        int first = column(s, group.get(0).lambdaNm());
        int last = column(s, group.get(group.size() - 1).lambdaNm());
        int reach = (int) Math.ceil(half(fwhmPx[(first + last) / 2]) + config.baselineWidthPx());
        int from = Math.max(0, first - reach);
        int to = Math.min(s.size() - 1, last + reach);
        int n = 0;
        for (int i = from; i <= to; i++) {
            n += s.mask()[i] == 0 ? 1 : 0;
        }
        if (n < config.baselineDegree() + 3 + 3 * group.size()) {
            return;
        }
        double[] x = new double[n];
        double[] y = new double[n];
        double[] e = new double[n];
        int k = 0;
        for (int i = from; i <= to; i++) {
            if (s.mask()[i] == 0) {
                x[k] = s.lambdaNm()[i];
                y[k] = s.flux()[i];
                e[k++] = s.fluxErr()[i];
            }
        }
        Start[] starts = new Start[group.size()];
        for (int i = 0; i < starts.length; i++) {
            Place place = group.get(i);
            int c = column(s, place.lambdaNm());
            double sigma = fwhmPx[c] * width(s, c) * SIGMA_PER_FWHM;
            double low = Math.max(0.5 * sigma, Math.min(place.minSigmaNm(), sigma));
            double high = Math.max(place.maxSigmaNm(), 1.5 * sigma);
            int sign = place.feature().emission() ? 1 : -1;
            starts[i] = new Start(place.lambdaNm(), 2 * sigma, Math.max(sigma, low), low, high, sign);
        }
        Optional<Line[]> fit = new GaussianLineFit(x, y, e, config.baselineDegree()).fit(starts, deadline);
        fit.ifPresent(lines -> {
            for (int i = 0; i < lines.length; i++) {
                // A line that stopped at a limit is not measured: its numbers are the limit's.
                if (!lines[i].atBound() && lines[i].amplitudeErr() > 0) {
                    found.put(group.get(i).feature(), lines[i]);
                }
            }
        });
    }

    private static int column(SpectrumTable s, double lambdaNm) {
        int i = Arrays.binarySearch(s.lambdaNm(), lambdaNm);
        return i >= 0 ? i : -i - 1;
    }

    private static double width(SpectrumTable s, int c) {
        int a = Math.max(0, c - 1);
        int b = Math.min(s.size() - 1, c + 1);
        return (s.lambdaNm()[b] - s.lambdaNm()[a]) / (b - a);
    }
}
