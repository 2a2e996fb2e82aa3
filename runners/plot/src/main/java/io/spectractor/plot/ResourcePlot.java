package io.spectractor.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * What a run took of its machines: load, processor time per process, unused memory, memory per process, over one axis of
 * time, with what was in progress marked below.
 */
public final class ResourcePlot {
    private static final int WIDTH = 1200;
    private static final int LEFT = 100;
    private static final int RIGHT = 250;
    private static final int TOP = 100;
    private static final int PANEL = 165;
    private static final int GAP = 46;
    private static final int BAND = 14;
    private static final int LEGEND = 9;
    private static final double GIGA = 1L << 30;
    /** A gap in the samples of a process that a line does not cross, ms. */
    private static final double GAP_MS = 30_000;

    private static final Color[] PALETTE = {
        new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73), new Color(0xcc79a7),
        new Color(0xe69f00), new Color(0x56b4e9), new Color(0x7f7f7f), new Color(0x8c564b)
    };

    private ResourcePlot() {}

    /**
     * A line: times in ms since 1970 (rising) and values; NaN for unknown ones.
     *
     * @param name for the legend
     */
    public record Line(String name, double[] timeMs, double[] value) {}

    /**
     * A stretch of time in which a process was at one stage.
     *
     * @param process row of the stretch, 0 at the top
     * @param stage name, decides on the colour
     */
    public record Stretch(int process, String stage, double fromMs, double toMs) {}

    /**
     * All there is to draw.
     *
     * @param title above all
     * @param load of each machine
     * @param cpu of each process, % of one core
     * @param unused memory of each machine, or of the control group, bytes
     * @param memory of each process, bytes
     * @param limits memory limits, bytes, drawn dashed in the last panel
     * @param stages what was in progress
     * @param fromMs where the time axis begins
     * @param toMs where it ends
     */
    public record Data(
            String title,
            List<Line> load,
            List<Line> cpu,
            List<Line> unused,
            List<Line> memory,
            List<Double> limits,
            List<Stretch> stages,
            double fromMs,
            double toMs) {}

    /**
     * Draws.
     *
     * @return a PNG
     * @throws IOException if it can't be encoded
     */
    public static byte[] png(Data data) throws IOException {
        int rows = data.stages().stream().mapToInt(Stretch::process).max().orElse(-1) + 1;
        int bands = Math.min(rows, 16) * BAND + (rows == 0 ? 0 : GAP);
        BufferedImage image = Figure.of(WIDTH, TOP + 4 * (PANEL + GAP) + bands + 30, g -> draw(g, data));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        }
        return bytes.toByteArray();
    }

    private static void draw(Graphics2D g, Data data) {
        g.setFont(Style.TITLE);
        g.setColor(Style.INK);
        g.drawString(data.title(), LEFT, 36);
        panel(g, 0, "Load of the system", "load average", data.load(), 1, data, List.of());
        panel(g, 1, "CPU per process", "% of a core", data.cpu(), 1, data, List.of());
        panel(g, 2, "Unused memory", "GB", data.unused(), GIGA, data, List.of());
        Rectangle last = panel(g, 3, "Memory per process", "GB", data.memory(), GIGA, data, data.limits());
        int bottom = stages(g, last, data);
        times(g, last, bottom, data);
    }

    private static Rectangle panel(
            Graphics2D g,
            int index,
            String title,
            String label,
            List<Line> lines,
            double unit,
            Data data,
            List<Double> limits) {
        Rectangle box = new Rectangle(LEFT, TOP + index * (PANEL + GAP), WIDTH - LEFT - RIGHT, PANEL);
        double top = lines.stream().mapToDouble(l -> highest(l, data)).max().orElse(0) / unit;
        // a limit that is far away would press the lines flat
        for (double limit : limits) {
            top = limit / unit < 4 * top ? Math.max(top, limit / unit) : top;
        }
        Axes axes = Axes.of(box, data.fromMs(), data.toMs(), 0, top > 0 ? 1.08 * top : 1);
        verticals(g, box, data);
        axes.title(g, title);
        Shape clip = g.getClip();
        g.clip(box);
        horizontals(g, axes);
        g.setStroke(Style.LINE);
        for (int i = 0; i < lines.size(); i++) {
            g.setColor(colour(i));
            g.draw(path(lines.get(i), axes, unit));
        }
        g.setStroke(Style.DASHED);
        g.setColor(Style.CAVEAT);
        for (double limit : limits) {
            double py = axes.y().px(limit / unit);
            g.draw(new Line2D.Double(box.x, py, box.x + box.width, py));
        }
        g.setClip(clip);
        frame(g, axes, label);
        legend(g, box, lines);
        return box;
    }

    private static Color colour(int index) {
        return PALETTE[index % PALETTE.length];
    }

    private static double highest(Line line, Data data) {
        double highest = 0;
        for (int i = 0; i < line.value().length; i++) {
            boolean shown = line.timeMs()[i] >= data.fromMs() && line.timeMs()[i] <= data.toMs();
            highest = shown && line.value()[i] > highest ? line.value()[i] : highest;
        }
        return highest;
    }

    private static Path2D path(Line line, Axes axes, double unit) {
        Path2D path = new Path2D.Double();
        double before = Double.NaN;
        for (int i = 0; i < line.value().length; i++) {
            double value = line.value()[i];
            double time = line.timeMs()[i];
            if (Double.isNaN(value)) {
                continue;
            }
            double px = axes.x().px(time);
            double py = axes.y().px(value / unit);
            if (Double.isNaN(before) || time - before > GAP_MS) {
                path.moveTo(px, py);
                path.lineTo(px + 0.5, py);
            } else {
                path.lineTo(px, py);
            }
            before = time;
        }
        return path;
    }

    private static void frame(Graphics2D g, Axes axes, String label) {
        Rectangle box = axes.box();
        g.setStroke(Style.THIN);
        g.setColor(Style.INK);
        g.draw(box);
        g.setFont(Style.TICK);
        FontMetrics metrics = g.getFontMetrics();
        for (double tick : axes.y().ticks(42)) {
            String text = axes.y().label(tick, 42);
            g.drawString(text, box.x - 8 - metrics.stringWidth(text), (float)
                    (axes.y().px(tick) + metrics.getAscent() / 2.0 - 1));
        }
        g.setFont(Style.LABEL);
        Axes.vertical(
                g,
                label,
                box.x - 62,
                box.y + box.height / 2.0 + g.getFontMetrics().stringWidth(label) / 2.0);
    }

    private static void horizontals(Graphics2D g, Axes axes) {
        g.setColor(Style.GRID);
        g.setStroke(Style.THIN);
        for (double tick : axes.y().ticks(42)) {
            double py = axes.y().px(tick);
            g.draw(new Line2D.Double(axes.box().x, py, axes.box().x + axes.box().width, py));
        }
    }

    private static void legend(Graphics2D g, Rectangle box, List<Line> lines) {
        g.setFont(Style.SMALL);
        int y = box.y + 10;
        for (int i = 0; i < lines.size(); i++) {
            if (i == LEGEND && lines.size() > LEGEND + 1) {
                g.setColor(Style.QUIET);
                g.drawString("and " + (lines.size() - i) + " more", box.x + box.width + 12, y + 4);
                return;
            }
            g.setColor(colour(i));
            g.setStroke(Style.LINE);
            g.draw(new Line2D.Double(box.x + box.width + 12, y, box.x + box.width + 32, y));
            g.setColor(Style.INK);
            g.drawString(fitted(g, lines.get(i).name(), RIGHT - 55), box.x + box.width + 38, y + 4);
            y += 16;
        }
    }

    private static String fitted(Graphics2D g, String text, int width) {
        String cut = text;
        while (cut.length() > 1 && g.getFontMetrics().stringWidth(cut) > width) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return cut;
    }

    /** One band per process; returns where they end. */
    private static int stages(Graphics2D g, Rectangle above, Data data) {
        int bottom = above.y + above.height;
        if (data.stages().isEmpty()) {
            return bottom;
        }
        int top = bottom + GAP;
        g.setFont(Style.PANEL);
        g.setColor(Style.INK);
        g.drawString("Stages", above.x, top - 8);
        Axes axes = Axes.of(above, data.fromMs(), data.toMs(), 0, 1);
        TreeMap<String, Color> colours = new TreeMap<>();
        data.stages().forEach(s -> colours.putIfAbsent(s.stage(), Color.GRAY));
        int next = 0;
        for (String stage : List.copyOf(colours.keySet())) {
            colours.put(stage, colour(next++));
        }
        Shape clip = g.getClip();
        int rows = Math.min(
                16, data.stages().stream().mapToInt(Stretch::process).max().orElse(0) + 1);
        g.clip(new Rectangle(above.x, top, above.width, rows * BAND));
        for (Stretch s : data.stages()) {
            g.setColor(colours.get(s.stage()));
            double from = axes.x().px(s.fromMs());
            double to = axes.x().px(s.toMs());
            g.fill(new Rectangle2D.Double(from, top + s.process() * BAND + 1.0, to - from, BAND - 2.0));
        }
        g.setClip(clip);
        g.setFont(Style.SMALL);
        int y = top + 10;
        int x = above.x + above.width + 12;
        for (var entry : colours.entrySet()) {
            g.setColor(entry.getValue());
            g.fillRect(x, y - 9, 12, 10);
            g.setColor(Style.INK);
            g.drawString(entry.getKey(), x + 18, y);
            x += 110;
            if (x + 90 > WIDTH) {
                x = above.x + above.width + 12;
                y += BAND;
            }
        }
        return top + rows * BAND;
    }

    private static double step(Data data) {
        double second = 1000;
        double span = data.toMs() - data.fromMs();
        for (double step :
                new double[] {1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200}) {
            if (span / (step * second) <= 9) {
                return step * second;
            }
        }
        return 86_400 * second * Math.ceil(span / 9 / 86_400 / second);
    }

    private static void verticals(Graphics2D g, Rectangle box, Data data) {
        g.setColor(Style.GRID);
        g.setStroke(Style.THIN);
        Scale x = Scale.of(data.fromMs(), data.toMs(), box.x, box.x + box.width);
        double step = step(data);
        for (double t = Math.ceil(data.fromMs() / step) * step; t <= data.toMs(); t += step) {
            g.draw(new Line2D.Double(x.px(t), box.y, x.px(t), box.y + box.height));
        }
    }

    private static void times(Graphics2D g, Rectangle box, int bottom, Data data) {
        Scale x = Scale.of(data.fromMs(), data.toMs(), box.x, box.x + box.width);
        double step = step(data);
        DateTimeFormatter format = DateTimeFormatter.ofPattern(step < 60_000 ? "HH:mm:ss" : "HH:mm", Locale.ROOT)
                .withZone(ZoneOffset.UTC);
        g.setFont(Style.TICK);
        g.setColor(Style.INK);
        FontMetrics metrics = g.getFontMetrics();
        for (double t = Math.ceil(data.fromMs() / step) * step; t <= data.toMs(); t += step) {
            String text = format.format(Instant.ofEpochMilli((long) t));
            g.drawString(text, (float) (x.px(t) - metrics.stringWidth(text) / 2.0), bottom + 18);
        }
        String day = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(Instant.ofEpochMilli((long)
                data.fromMs()));
        g.drawString("times are UTC, " + day, box.x, 58);
    }
}
