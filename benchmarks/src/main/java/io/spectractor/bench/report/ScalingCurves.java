package io.spectractor.bench.report;

import io.spectractor.batch.report.Html;
import io.spectractor.batch.report.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** Wall time over the number of cores, both on logarithmic axes. */
final class ScalingCurves {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 380;
    private static final int LEFT = 80;
    private static final int RIGHT = 150;
    private static final int BOTTOM = 40;
    private static final int TOP = 16;
    private static final int LABEL_HEIGHT = 16;

    private final SvgDrawing picture;
    private final double mostCores;
    private final double shortest;
    private final double longest;

    private ScalingCurves(SvgDrawing picture, double mostCores, double shortest, double longest) {
        this.picture = picture;
        this.mostCores = mostCores;
        this.shortest = shortest;
        this.longest = longest;
    }

    /**
     * Draws.
     *
     * @param seconds by label: wall time by number of cores
     */
    static void draw(Html html, Map<String, NavigableMap<Integer, Double>> seconds) {
        double most =
                seconds.values().stream().mapToInt(NavigableMap::lastKey).max().orElse(1);
        double shortest = all(seconds).stream().mapToDouble(d -> d).min().orElse(1);
        double longest = all(seconds).stream().mapToDouble(d -> d).max().orElse(1);
        SvgDrawing picture = new SvgDrawing(html, WIDTH, HEIGHT, "Wall time over the number of cores");
        ScalingCurves curves = new ScalingCurves(
                picture,
                most,
                Math.pow(10, Math.floor(Math.log10(shortest))),
                Math.pow(10, Math.ceil(Math.log10(longest))));
        curves.axes();
        int index = 0;
        double last = 0;
        List<Map.Entry<String, NavigableMap<Integer, Double>>> sorted = new ArrayList<>(seconds.entrySet());
        sorted.sort((a, b) -> Double.compare(
                b.getValue().lastEntry().getValue(), a.getValue().lastEntry().getValue()));
        for (Map.Entry<String, NavigableMap<Integer, Double>> curve : sorted) {
            last = curves.curve(curve.getKey(), curve.getValue(), Palette.curve(index++), last + LABEL_HEIGHT);
        }
        picture.close();
    }

    private static List<Double> all(Map<String, NavigableMap<Integer, Double>> seconds) {
        return seconds.values().stream().flatMap(c -> c.values().stream()).toList();
    }

    private double x(double cores) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.log(cores) / Math.log(mostCores);
    }

    private double y(double seconds) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * Math.log(seconds / shortest) / Math.log(longest / shortest);
    }

    private void axes() {
        for (double s = shortest; s <= longest * 1.001; s *= 10) {
            picture.line(LEFT, y(s), WIDTH - RIGHT, y(s), Palette.LINE);
            picture.text(LEFT - 8, y(s) + 4, "end", Numbers.fixed(s, s < 1 ? 1 : 0) + " s");
        }
        for (int cores = 1; cores <= mostCores; cores *= 4) {
            picture.line(x(cores), TOP, x(cores), HEIGHT - BOTTOM, Palette.LINE);
            picture.text(x(cores), HEIGHT - BOTTOM + 18, "middle", Integer.toString(cores));
        }
        picture.text((WIDTH - RIGHT + LEFT) / 2.0, HEIGHT - 4, "middle", "cores");
    }

    /** Returns where its label ended up: those of two curves that end together must not. */
    private double curve(String label, NavigableMap<Integer, Double> seconds, String colour, double highestLabel) {
        double[] x = seconds.keySet().stream().mapToDouble(this::x).toArray();
        double[] y = seconds.values().stream().mapToDouble(this::y).toArray();
        picture.polyline(x, y, colour);
        double at = Math.max(y[y.length - 1] + 4, highestLabel);
        picture.rectangle(x[x.length - 1] + 6, at - 9, 10, 10, colour, "");
        picture.text(x[x.length - 1] + 20, at, "start", label);
        return at;
    }
}
