package io.spectractor.bench.report;

import io.spectractor.batch.report.Html;
import io.spectractor.batch.report.Numbers;
import io.spectractor.bench.cost.ImageSpan;
import java.util.List;

/** Who worked on what: a row per worker, a box per image. */
final class Gantt {
    private static final int WIDTH = 1000;
    private static final int LABEL = 190;
    private static final int RIGHT = 30;
    private static final int ROW = 22;
    private static final int BOX = 16;
    private static final int AXIS = 24;
    private static final int MOST_LANES = 64;
    private static final String[] BOXES = {"#2f5d8a", "#6d9cc6"};

    private Gantt() {}

    /**
     * Draws.
     *
     * @param wallSeconds length of the axis: the same for all pictures that are to be compared
     */
    static void draw(Html html, List<String> lanes, List<ImageSpan> spans, double wallSeconds) {
        int rows = Math.min(MOST_LANES, lanes.size());
        int height = rows * ROW + AXIS;
        double scale = (WIDTH - LABEL - RIGHT) / wallSeconds;
        SvgDrawing picture = new SvgDrawing(html, WIDTH, height, "Which worker had which image, and when");
        double step = SvgDrawing.step(wallSeconds);
        for (double t = 0; t <= wallSeconds; t += step) {
            picture.line(LABEL + t * scale, 0, LABEL + t * scale, height - AXIS, Palette.LINE);
            picture.text(LABEL + t * scale, height - 6, "middle", Numbers.fixed(t, step < 1 ? 1 : 0) + " s");
        }
        for (int lane = 0; lane < rows; lane++) {
            picture.text(LABEL - 8, lane * ROW + 15, "end", lanes.get(lane));
            box(picture, spans, lane, scale);
        }
        picture.close();
        if (lanes.size() > rows) {
            html.element("p", "The first " + rows + " of " + lanes.size() + " workers.", "class", "note");
        }
    }

    private static void box(SvgDrawing picture, List<ImageSpan> spans, int lane, double scale) {
        int count = 0;
        for (ImageSpan span : spans) {
            if (span.lane() == lane) {
                String title = span.image() + ": " + Numbers.seconds(span.seconds());
                String fill = span.good() ? BOXES[count++ % BOXES.length] : Palette.LOST;
                double width = Math.max(span.seconds() * scale - 0.4, 0.6);
                picture.rectangle(LABEL + span.start() * scale, lane * ROW + 3, width, BOX, fill, title);
            }
        }
    }
}
