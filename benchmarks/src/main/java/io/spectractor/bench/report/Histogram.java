package io.spectractor.bench.report;

import io.spectractor.batch.report.Html;
import io.spectractor.batch.report.Numbers;
import java.util.Arrays;

/** How long images took: a small picture of one scheduler, on an axis that all of them share. */
final class Histogram {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 150;
    private static final int LEFT = 40;
    private static final int RIGHT = 12;
    private static final int BOTTOM = 24;
    private static final int TOP = 12;
    private static final int BINS = 40;

    private Histogram() {}

    /**
     * Draws.
     *
     * @param seconds of each image
     * @param longest end of the axis, s; what took longer is in the last bin
     */
    static void draw(Html html, String label, double[] seconds, double longest) {
        int[] counts = new int[BINS];
        for (double s : seconds) {
            counts[(int) Math.min(BINS - 1, Math.floor(BINS * s / longest))]++;
        }
        int most = Math.max(1, Arrays.stream(counts).max().orElse(1));
        SvgDrawing picture = new SvgDrawing(html, WIDTH, HEIGHT, "Time per image, " + label);
        double width = (double) (WIDTH - LEFT - RIGHT) / BINS;
        double unit = (double) (HEIGHT - BOTTOM - TOP) / most;
        for (int i = 0; i < BINS; i++) {
            double height = counts[i] * unit;
            String title = counts[i] + " images from " + Numbers.fixed(i * longest / BINS, 2) + " s";
            picture.rectangle(LEFT + i * width, HEIGHT - BOTTOM - height, width - 0.6, height, Palette.curve(0), title);
        }
        picture.line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, Palette.SOFT);
        picture.text(LEFT - 6, TOP + 8, "end", Integer.toString(most));
        double step = SvgDrawing.step(longest);
        for (double t = 0; t <= longest * 1.001; t += step) {
            double x = LEFT + t / longest * (WIDTH - LEFT - RIGHT);
            picture.text(x, HEIGHT - 7, "middle", Numbers.fixed(t, step < 1 ? 1 : 0) + " s");
        }
        picture.close();
    }
}
