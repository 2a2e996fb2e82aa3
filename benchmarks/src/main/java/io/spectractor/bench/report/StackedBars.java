package io.spectractor.bench.report;

import io.spectractor.batch.report.Html;
import io.spectractor.batch.report.Numbers;
import io.spectractor.bench.cost.Breakdown;
import io.spectractor.bench.cost.Phase;
import java.util.Arrays;
import java.util.List;

/** One bar per run, as long as its wall time, cut into phases: the mean over its workers. */
final class StackedBars {
    private static final int WIDTH = 1000;
    private static final int LABEL = 190;
    private static final int RIGHT = 80;
    private static final int ROW = 30;
    private static final int BAR = 20;
    private static final int AXIS = 24;

    /** A bar. */
    record Bar(String label, int workers, Breakdown breakdown) {
        double seconds() {
            return breakdown.total() / workers;
        }
    }

    private StackedBars() {}

    static void draw(Html html, List<Bar> bars) {
        legend(html, bars);
        double longest = bars.stream().mapToDouble(Bar::seconds).max().orElse(1);
        double scale = (WIDTH - LABEL - RIGHT) / longest;
        int height = bars.size() * ROW + AXIS;
        SvgDrawing picture = new SvgDrawing(html, WIDTH, height, "Where the time of each run went");
        double step = SvgDrawing.step(longest);
        for (double t = 0; t <= longest; t += step) {
            picture.line(LABEL + t * scale, 0, LABEL + t * scale, height - AXIS, Palette.LINE);
            picture.text(LABEL + t * scale, height - 6, "middle", Numbers.fixed(t, step < 1 ? 1 : 0) + " s");
        }
        for (int i = 0; i < bars.size(); i++) {
            bar(picture, bars.get(i), i * ROW, scale);
        }
        picture.close();
    }

    private static void bar(SvgDrawing picture, Bar bar, int top, double scale) {
        picture.text(LABEL - 8, top + 16, "end", bar.label());
        double x = LABEL;
        for (Phase phase : Phase.values()) {
            double seconds = bar.breakdown().of(phase) / bar.workers();
            if (seconds > 0) {
                String title = phase.label() + ": " + Numbers.seconds(seconds) + " of a worker";
                picture.rectangle(x, top + 3, seconds * scale, BAR, Palette.of(phase), title);
                x += seconds * scale;
            }
        }
        picture.text(x + 6, top + 17, "start", Numbers.seconds(bar.seconds()));
    }

    private static void legend(Html html, List<Bar> bars) {
        html.open("ul", "class", "legend");
        Arrays.stream(Phase.values())
                .filter(p -> bars.stream().anyMatch(b -> b.breakdown().of(p) > 0))
                .forEach(p -> {
                    html.open("li");
                    html.element("span", "", "class", "swatch", "style", "background:" + Palette.of(p));
                    html.open("b").text(p.label()).close();
                    html.text(" " + p.meaning()).close();
                });
        html.close();
    }
}
