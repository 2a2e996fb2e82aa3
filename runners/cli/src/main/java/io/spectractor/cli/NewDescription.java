package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A description made of what a user knows of a camera, and of the cards that its frames have. */
final class NewDescription {
    /** Where the spectrum lies, and the axes that turn it to the right without a mirror image. */
    private static final Map<String, List<String>> AXES = Map.of(
            "right", List.of("+column", "+row"),
            "left", List.of("-column", "-row"),
            "up", List.of("+row", "-column"),
            "down", List.of("-row", "+column"));

    /** Cards that cameras write for a quantity, with their units. */
    private static final List<List<String>> CARDS = List.of(
            List.of("exposure", "EXPTIME", "s", "[0, 100000]"),
            List.of("exposure", "EXPOSURE", "s", "[0, 100000]"),
            List.of("airmass", "AIRMASS", "", "[1, 40]"),
            List.of("temperature", "AOCAMBT", "C", "[-60, 60]"),
            List.of("temperature", "AMBTEMP", "C", "[-60, 60]"),
            List.of("temperature", "AIRTEMP", "C", "[-60, 60]"),
            List.of("pressure", "AOCBAROM", "hPa", "[300, 1100]"),
            List.of("pressure", "PRESSURE", "hPa", "[300, 1100]"),
            List.of("pressure", "PRESSURE", "Pa", "[300, 1100]"),
            List.of("humidity", "AOCHUM", "\"%\"", "[0, 100]"),
            List.of("humidity", "HUMIDITY", "\"%\"", "[0, 100]"));

    private static final List<List<String>> ANGLES = List.of(
            List.of("right_ascension", "OBJCTRA", "hms"),
            List.of("right_ascension", "RA", "hms"),
            List.of("declination", "OBJCTDEC", "dms"),
            List.of("declination", "DEC", "dms"),
            List.of("latitude", "SITELAT", "dms"),
            List.of("latitude", "LAT-OBS", "dms"),
            List.of("latitude", "OBS-LAT", "dms"),
            List.of("latitude", "LATITUDE", "dms"),
            List.of("longitude", "SITELONG", "dms"),
            List.of("longitude", "LONG-OBS", "dms"),
            List.of("longitude", "OBS-LONG", "dms"),
            List.of("longitude", "LONGITUD", "dms"));

    private final Known known;
    private final Function<String, @Nullable String> cards;

    /** What the user knows; see the options of {@code instrument new}. */
    record Known(
            String name,
            double pixelMm,
            double grooves,
            double distanceMm,
            double distanceErrorMm,
            String direction,
            double angleDeg,
            @Nullable Double gain,
            double noise,
            @Nullable Double plateScale,
            @Nullable Double latitudeDeg,
            @Nullable Double longitudeDeg) {}

    NewDescription(Known known, Function<String, @Nullable String> cards) {
        this.known = known;
        this.cards = cards;
    }

    String yaml(String file) {
        List<String> axes = AXES.get(known.direction());
        if (axes == null) {
            throw new UsageException("--direction " + known.direction() + ": must be right, left, up or down");
        }
        StringBuilder text = new StringBuilder();
        add(
                text,
                "# Written by 'spectractor instrument new' from the header of %s; change what you know better.",
                file);
        add(text, "instrument: %s", known.name());
        add(text, "title: camera with a grating of %s lines/mm", plain(known.grooves()));
        String camera = cards.apply("INSTRUME");
        if (camera != null) {
            add(text, "%n# Frames with these cards are of this instrument.%nrecognise:");
            add(text, "  - {INSTRUME: %s}", quoted(camera));
        }
        add(
                text,
                "%n# x runs along the dispersion, from order 0 to the spectrum, y across it, both without a mirror image.");
        add(text, "frames:%n  - name: image%n    x: %s%n    y: %s", axes.get(0), axes.get(1));
        chip(text);
        add(text, "%namplifiers:%n  columns: 1%n  rows: 1%n  list:");
        boolean card = known.gain() == null && cards.apply("EGAIN") != null;
        double gain = known.gain() == null ? 1 : known.gain();
        add(
                text,
                "    - {%sgain: %s, noise: %s}  # e-/ADU, e-",
                card ? "gain_card: EGAIN, " : "",
                plain(gain),
                plain(known.noise()));
        add(text, "%nheader:");
        header(text);
        add(text, "%ndispersers:%n  grating:%n    grooves_per_mm: %s", plain(known.grooves()));
        add(text, "    angle_deg: %s  # tilt of the trace, anticlockwise", plain(known.angleDeg()));
        add(text, "%nsettings:%n  site:%n    name: %s", known.name());
        add(text, "    throughput: unknown  # fluxes are those of the light that was counted%n  ccd:");
        add(text, "    pixel_size_mm: %s", plain(known.pixelMm()));
        add(text, "    plate_scale_arcsec: %s  # 0 if it is not known", plain(scale()));
        add(text, "    saturation_adu: 60000");
        add(text, "    gain: %s", plain(gain));
        add(text, "  dispersion:%n    distance_mm: %s", plain(known.distanceMm()));
        add(text, "    distance_error_mm: %s", plain(known.distanceErrorMm()));
        add(text, "    shift_prior_px: 1%n    lambda_min_nm: 380%n    lambda_max_nm: 900");
        return text.toString();
    }

    /** The size of the chip, taken for that of the image: simulated frames need it, and windows of the chip. */
    private void chip(StringBuilder text) {
        int columns = whole("NAXIS1", 0) * whole("XBINNING", 1);
        int rows = whole("NAXIS2", 0) * whole("YBINNING", 1);
        if (columns > 0 && rows > 0) {
            add(text, "%n# The whole chip, unbinned; change it if that frame shows a part of it.");
            add(text, "chip: {columns: %d, rows: %d}", columns, rows);
        }
    }

    private int whole(String card, int otherwise) {
        String value = cards.apply(card);
        return value != null && value.strip().matches("\\d{1,5}") ? Integer.parseInt(value.strip()) : otherwise;
    }

    /** Plate scale of the user, else of pixel size and focal length, else 0. */
    private double scale() {
        Double given = known.plateScale();
        if (given != null) {
            return given;
        }
        String focal = cards.apply("FOCALLEN");
        try {
            double mm = focal == null ? 0 : Double.parseDouble(focal);
            return mm > 0 ? Math.toDegrees(known.pixelMm() / mm) * 3600 : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void header(StringBuilder text) {
        add(text, "  date: {card: DATE-OBS}");
        add(text, "  object: {card: OBJECT}");
        if (cards.apply("FILTER") != null) {
            add(
                    text,
                    "  filter: {card: FILTER, none: [\"*\"]}  # now %s; name those that are filters",
                    cards.apply("FILTER"));
        }
        add(text, "  pixel_unit: {card: BUNIT}");
        String before = "";
        for (List<String> rule : CARDS) {
            String value = cards.apply(rule.get(1));
            if (value != null) {
                before = start(text, before, rule.get(0));
                String unit = rule.get(2).isEmpty() ? "" : ", unit: " + rule.get(2);
                add(text, "    - {card: %s%s, valid: %s}  # now %s", rule.get(1), unit, rule.get(3), value);
            }
        }
        for (List<String> rule : ANGLES) {
            String value = given(rule.get(0)) == null ? cards.apply(rule.get(1)) : null;
            if (value != null) {
                before = start(text, before, rule.get(0));
                boolean sexagesimal = value.strip().matches(".*\\d[: ]+\\d.*");
                add(
                        text,
                        "    - {card: %s, unit: %s}  # now %s",
                        rule.get(1),
                        sexagesimal ? rule.get(2) : "deg",
                        value);
            }
        }
        site(text, "latitude", known.latitudeDeg());
        site(text, "longitude", known.longitudeDeg());
        add(text, "  hour_angle: {compute: position}");
        if (cards.apply("AIRMASS") == null) {
            add(text, "  airmass: {compute: position}");
        }
    }

    private @Nullable Double given(String quantity) {
        return switch (quantity) {
            case "latitude" -> known.latitudeDeg();
            case "longitude" -> known.longitudeDeg();
            default -> null;
        };
    }

    /** Where the telescope stands: as the user says, else as a card does, else a line to fill in. */
    private void site(StringBuilder text, String quantity, @Nullable Double degrees) {
        if (degrees != null) {
            add(text, "  %s: {value: %s}", quantity, plain(degrees));
        } else if (ANGLES.stream().noneMatch(r -> r.get(0).equals(quantity) && cards.apply(r.get(1)) != null)) {
            add(
                    text,
                    "  # %s: {value: 0.0}  # degrees, %s; no card says it, and without it refraction is left out",
                    quantity,
                    quantity.equals("latitude") ? "north positive" : "east positive");
        }
    }

    private static String start(StringBuilder text, String before, String quantity) {
        if (!before.equals(quantity)) {
            add(text, "  %s:", quantity);
        }
        return quantity;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String plain(double value) {
        String text = String.format(Locale.ROOT, "%.6f", value);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    private static void add(StringBuilder text, String format, @Nullable Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
