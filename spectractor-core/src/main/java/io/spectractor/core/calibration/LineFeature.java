package io.spectractor.core.calibration;

import io.spectractor.core.target.ExpectedLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Lines that the spectrograph can't resolve, treated as one.
 *
 * @param lines the lines, all peaks or all dips, by wavelength; at least one
 */
public record LineFeature(List<ExpectedLine> lines) {
    public LineFeature {
        lines = List.copyOf(lines);
    }

    /**
     * Groups the calibration lines that lie closer together than the resolution.
     *
     * @param lines all lines of the target, at their expected wavelengths
     * @param resolutionNm full width at half maximum, nm
     */
    static List<LineFeature> forCalibration(List<ExpectedLine> lines, double resolutionNm) {
        return groups(lines, resolutionNm, expected -> expected.line().useForCalibration());
    }

    /**
     * Groups all lines that are further than the resolution from features that were taken already.
     *
     * @param lines all lines of the target, at their expected wavelengths
     * @param resolutionNm full width at half maximum, nm
     */
    static List<LineFeature> others(List<ExpectedLine> lines, double resolutionNm, List<LineFeature> taken) {
        return groups(
                lines,
                resolutionNm,
                line -> taken.stream()
                        .flatMap(feature -> feature.lines().stream())
                        .noneMatch(other -> Math.abs(other.wavelengthNm() - line.wavelengthNm()) < resolutionNm));
    }

    private static List<LineFeature> groups(
            List<ExpectedLine> lines, double resolutionNm, Predicate<ExpectedLine> wanted) {
        List<ExpectedLine> sorted = lines.stream()
                .filter(wanted)
                .sorted(Comparator.comparingDouble(ExpectedLine::wavelengthNm))
                .toList();
        List<LineFeature> features = new ArrayList<>();
        int from = 0;
        while (from < sorted.size()) {
            int to = from + 1;
            while (to < sorted.size()
                    && sorted.get(to).wavelengthNm() - sorted.get(to - 1).wavelengthNm() < resolutionNm
                    && sorted.get(to).emission() == sorted.get(from).emission()) {
                to++;
            }
            features.add(new LineFeature(sorted.subList(from, to)));
            from = to;
        }
        return features;
    }

    /** Mean of the wavelengths, nm. */
    public double lambdaNm() {
        return lines.stream().mapToDouble(ExpectedLine::wavelengthNm).average().orElseThrow();
    }

    /** Names of the lines. */
    public List<String> labels() {
        return lines.stream().map(expected -> expected.line().label()).toList();
    }

    /** The names in one text, each once. */
    public String label() {
        return labels().stream().distinct().collect(Collectors.joining(" + "));
    }

    /** Whether they are peaks. */
    public boolean emission() {
        return lines.get(0).emission();
    }
}
