package io.spectractor.core.instrument;

import io.spectractor.core.instrument.AmplifierGrid.AmplifierRule;
import io.spectractor.core.instrument.Orientation.Axis;
import io.spectractor.core.instrument.RawGeometry.Box;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the sections {@code frames} and {@code amplifiers} of a description. */
final class FrameParser {
    private FrameParser() {}

    static FrameLayout frame(YamlMapping frame) {
        frame.allow("name", "about", "hdus", "larger_than", "image", "x", "y", "raw", "mask", "variance", "cards");
        Orientation orientation;
        try {
            orientation = new Orientation(axis(frame, "x", Axis.COLUMNS_UP), axis(frame, "y", Axis.ROWS_UP));
        } catch (DescriptionException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw frame.wrong("x", String.valueOf(e.getMessage()));
        }
        return new FrameLayout(
                frame.text("name"),
                frame.text("about", ""),
                frame.texts("hdus"),
                frame.has("larger_than") ? chip(frame.mapping("larger_than")) : null,
                frame.text("image", ""),
                orientation,
                frame.has("raw") ? raw(frame.mapping("raw")) : null,
                frame.has("mask") ? mask(frame.mapping("mask")) : null,
                frame.text("variance", ""),
                frame.texts("cards"));
    }

    private static Axis axis(YamlMapping frame, String key, Axis otherwise) {
        if (!frame.has(key)) {
            return otherwise;
        }
        for (Axis axis : Axis.values()) {
            String words = Orientation.words(axis);
            if (frame.text(key).equals(words) || ("+" + frame.text(key)).equals(words)) {
                return axis;
            }
        }
        throw frame.wrong(key, key + " runs along +column, -column, +row or -row, not '" + frame.text(key) + "'");
    }

    private static RawGeometry raw(YamlMapping raw) {
        raw.allow("sections", "columns", "rows", "light", "serial_overscan", "parallel_overscan", "segments");
        if (raw.has("sections")) {
            return ofHeaders(raw);
        }
        List<RawSegment> segments = new ArrayList<>();
        for (YamlMapping segment : raw.mappings("segments")) {
            segment.allow("hdu", "x", "y", "flip_x", "flip_y");
            segments.add(new RawSegment(
                    segment.text("hdu", RawSegment.FIRST_IMAGE),
                    segment.whole("x"),
                    segment.whole("y"),
                    segment.flag("flip_x"),
                    segment.flag("flip_y")));
        }
        RawGeometry geometry = new RawGeometry(
                raw.whole("columns"),
                raw.whole("rows"),
                box(raw, "light"),
                box(raw, "serial_overscan"),
                box(raw, "parallel_overscan"),
                segments);
        Box light = geometry.light();
        for (RawSegment segment : segments) {
            if (segment.x() < 0
                    || segment.y() < 0
                    || segment.x() + light.x1() - light.x0() > geometry.columns()
                    || segment.y() + light.y1() - light.y0() > geometry.rows()) {
                throw raw.wrong(
                        "segments",
                        segment.hdu() + " reaches beyond the " + geometry.columns() + " x " + geometry.rows()
                                + " pixels of the image");
            }
        }
        if (!tile(geometry)) {
            throw raw.wrong(
                    "segments",
                    "the segments do not make one image of " + geometry.columns() + " x " + geometry.rows()
                            + " pixels: they leave a gap or overlap");
        }
        return geometry;
    }

    /** Whether the segments, which lie in the image, cover it once. */
    private static boolean tile(RawGeometry geometry) {
        int width = geometry.light().x1() - geometry.light().x0();
        int height = geometry.light().y1() - geometry.light().y0();
        List<RawSegment> all = geometry.segments();
        for (int i = 0; i < all.size(); i++) {
            for (RawSegment other : all.subList(i + 1, all.size())) {
                if (Math.abs(all.get(i).x() - other.x()) < width
                        && Math.abs(all.get(i).y() - other.y()) < height) {
                    return false;
                }
            }
        }
        return (long) all.size() * width * height == (long) geometry.columns() * geometry.rows();
    }

    private static RawGeometry ofHeaders(YamlMapping raw) {
        if (!raw.text("sections").equals("header")) {
            throw raw.wrong("sections", "sections = '" + raw.text("sections") + "': they can stand in the header only");
        }
        raw.allow("sections", "columns", "rows", "segments");
        List<RawSegment> segments = new ArrayList<>();
        for (YamlMapping segment : raw.mappings("segments")) {
            segments.add(new RawSegment(segment.allow("hdu").text("hdu"), 0, 0, false, false));
        }
        if (segments.isEmpty()) {
            throw raw.wrong("segments", "'segments' is missing: the HDUs of the amplifiers");
        }
        boolean sized = raw.has("columns") || raw.has("rows");
        return RawGeometry.ofHeaders(sized ? raw.whole("columns") : 0, sized ? raw.whole("rows") : 0, segments);
    }

    private static Box box(YamlMapping raw, String key) {
        if (!raw.has(key)) {
            return Box.none();
        }
        YamlMapping box = raw.mapping(key).allow("columns", "rows");
        int[] columns = ends(box, "columns");
        int[] rows = ends(box, "rows");
        return new Box(columns[0], columns[1], rows[0], rows[1]);
    }

    private static int[] ends(YamlMapping box, String key) {
        List<String> ends = box.texts(key);
        if (ends.size() != 2) {
            throw box.wrong(key, key + " must be a first one and an end, as [3, 512] or [512, end]");
        }
        try {
            int last = ends.get(1).equals("end") ? RawGeometry.END : Integer.parseInt(ends.get(1));
            int first = Integer.parseInt(ends.get(0));
            if (first >= 0 && last > first) {
                return new int[] {first, last};
            }
        } catch (NumberFormatException e) {
            throw box.wrong(key, key + " must hold whole numbers, as [3, 512] or [512, end]");
        }
        throw box.wrong(key, key + " must end after it starts");
    }

    private static MaskPlane mask(YamlMapping mask) {
        mask.allow("hdu", "bit_cards", "bad", "saturated", "cosmic");
        return new MaskPlane(
                mask.text("hdu"),
                mask.text("bit_cards", "MP_"),
                mask.texts("bad"),
                mask.texts("saturated"),
                mask.texts("cosmic"));
    }

    static ChipSize chip(YamlMapping chip) {
        chip.allow("columns", "rows");
        try {
            return new ChipSize(chip.whole("columns"), chip.whole("rows"));
        } catch (DescriptionException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw chip.wrong("columns", String.valueOf(e.getMessage()));
        }
    }

    static AmplifierGrid amplifiers(YamlMapping grid) {
        grid.allow("columns", "rows", "list");
        List<AmplifierRule> list = new ArrayList<>();
        for (YamlMapping amplifier : grid.mappings("list")) {
            amplifier.allow("name", "gain", "gain_card", "noise", "noise_card");
            double gain = positive(amplifier, "gain", "gain_card");
            double noise = amplifier.number("noise", 0);
            if (noise < 0) {
                throw amplifier.wrong("noise", "noise = " + noise + " is not a read-out noise");
            }
            if (!amplifier.has("noise") && !amplifier.has("noise_card")) {
                throw amplifier.wrong("name", "an amplifier needs noise or noise_card");
            }
            list.add(new AmplifierRule(
                    amplifier.text("name", String.valueOf(list.size() + 1)),
                    amplifier.text("gain_card", ""),
                    gain,
                    amplifier.text("noise_card", ""),
                    noise));
        }
        try {
            return new AmplifierGrid(grid.whole("columns"), grid.whole("rows"), list);
        } catch (DescriptionException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw grid.wrong("list", String.valueOf(e.getMessage()));
        }
    }

    private static double positive(YamlMapping amplifier, String key, @Nullable String orCard) {
        if (!amplifier.has(key)) {
            if (orCard != null && amplifier.has(orCard)) {
                return 0;
            }
            throw amplifier.wrong("name", "an amplifier needs " + key + " or " + orCard);
        }
        double value = amplifier.number(key);
        if (!(value > 0)) {
            throw amplifier.wrong(key, key + " = " + value + " must be positive");
        }
        return value;
    }
}
