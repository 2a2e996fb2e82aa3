package io.spectractor.catalogue.series;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The dip finder of the ZTF group for stars like Boyajian's: {@code analyze_dip} of dirac-institute/ZTF_Boyajian, dipper.py
 * at commit 24b6bde. A dip is a run of points fainter than the median of their band by more than a threshold, with points
 * below it on either side and no gap; the one of the largest integral wins. Its significance is that integral over the standard
 * deviation of the points away from it, magnitude × days over magnitude.
 *
 * <p>Same results as the original, in double where that ends in float (which holds a date to 337 s only). Points of equal time
 * keep their order here; there it is undefined. As there, the first point of a band is compared with its last one when
 * repeated observations are removed.
 */
public final class DipFinder implements SeriesFunction {
    /** Points further apart than this are of different nights, days. */
    static final double NIGHT_DAYS = 0.5;

    private final List<String> bands;
    private final double maxGap;
    private final int minObservations;
    private final double minDays;
    private final double threshold;

    /**
     * @param parameters bands (g,r), max_gap (2 days), min_num_observations (3), min_dip_time (2 days), threshold (3)
     * @throws IllegalArgumentException if one is unknown or no number, or a band is named twice
     */
    public DipFinder(Map<String, String> parameters) {
        TreeSet<String> unknown = new TreeSet<>(parameters.keySet());
        unknown.removeAll(List.of("bands", "max_gap", "min_num_observations", "min_dip_time", "threshold"));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the dip finder has no parameter " + String.join(", ", unknown)
                    + "; it has bands, max_gap, min_num_observations, min_dip_time, threshold");
        }
        this.bands = List.of(parameters.getOrDefault("bands", "g,r").split(",", -1));
        if (Set.copyOf(bands).size() < bands.size()) {
            throw new IllegalArgumentException("a band is named twice: " + String.join(",", bands));
        }
        this.maxGap = number(parameters, "max_gap", 2);
        this.minObservations = (int) number(parameters, "min_num_observations", 3);
        this.minDays = number(parameters, "min_dip_time", 2);
        this.threshold = number(parameters, "threshold", 3);
    }

    private static double number(Map<String, String> parameters, String name, double usual) {
        String text = parameters.get(name);
        try {
            return text == null ? usual : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("parameter " + name + " is not a number: " + text, e);
        }
    }

    @Override
    public List<String> results() {
        return List.of("intmag", "start_mjd", "end_mjd", "nobs", "complexity", "significance", "num_dips");
    }

    @Override
    public double[] apply(LightCurve curve) {
        return new DipSearch(DipPoints.of(curve, bands), maxGap, minObservations, minDays, threshold).result();
    }
}
