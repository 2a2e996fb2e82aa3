package io.spectractor.serve.page;

import io.spectractor.serve.vo.Xml;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What all pages have in common. */
public final class Html {
    /** Modified Julian date of 1970-01-01. */
    private static final int EPOCH_MJD = 40_587;

    /** Attribute of a part of a page that changes by itself: a script fetches it anew, where there is none the browser the page. */
    static final String FOLLOWED = " data-follow";

    private final String base;

    /**
     * @param base path that all addresses begin with
     */
    public Html(String base) {
        this.base = base;
    }

    public String base() {
        return base;
    }

    public static String text(@Nullable Object value) {
        return value == null ? "" : Xml.escaped(value.toString());
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A VOUnit as people write it: {@code erg s⁻¹ cm⁻² nm⁻¹}. */
    static String unit(String unit) {
        return unit.replace("**-1", "⁻¹").replace("**-2", "⁻²").replace('.', ' ');
    }

    /** A number of things, with a narrow blank after each three digits. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    /**
     * A value as people read it: numbers with as many digits as they need, which are 11 for times and positions and 6 for others.
     *
     * @param ucd of its column
     */
    static String value(@Nullable Object value, String ucd) {
        boolean real = value instanceof Double || value instanceof Float;
        double number = real ? ((Number) value).doubleValue() : 0;
        if (!real || !Double.isFinite(number)) {
            return value == null || real ? "" : value.toString();
        }
        int digits = ucd.startsWith("time.") || ucd.startsWith("pos.") ? 11 : 6;
        BigDecimal rounded =
                new BigDecimal(number).round(new MathContext(digits)).stripTrailingZeros();
        double size = Math.abs(number);
        return size != 0 && (size < 1e-3 || size >= 1e9)
                ? String.format(Locale.ROOT, "%." + (rounded.precision() - 1) + "e", rounded)
                : rounded.toPlainString();
    }

    /** The day of a modified Julian date, as 2026-11-30; empty if that is none. */
    static String day(double mjd) {
        return mjd > -1e6 && mjd < 1e6
                ? LocalDate.ofEpochDay((long) Math.floor(mjd) - EPOCH_MJD).toString()
                : "";
    }

    /** A whole page. */
    public String page(String title, String current, String body) {
        StringBuilder out = new StringBuilder();
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(text(title))
                .append("</title>\n<link rel=\"stylesheet\" href=\"")
                .append(base)
                .append("/style.css\">\n")
                .append(body.contains("data-zoom=") ? script("plots") : "")
                .append(body.contains("class=\"samp\"") ? script("samp") : "")
                .append(
                        body.contains(FOLLOWED)
                                ? script("requests")
                                        + "<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>\n"
                                : "")
                .append("</head>\n<body>\n<nav aria-label=\"pages\">");
        link("Tables", "/", current, out);
        link("Explore", "/explore", current, out);
        link("Star", "/star", current, out);
        link("Services", "/services", current, out);
        link("Requests", "/requests", current, out);
        link("Runs", "/runs", current, out);
        return out.append("</nav>\n<main>\n<h1>")
                .append(text(title))
                .append("</h1>\n")
                .append(body)
                .append("</main>\n</body>\n</html>\n")
                .toString();
    }

    private String script(String name) {
        return "<script src=\"" + base + "/" + name + ".js\" defer></script>\n";
    }

    private void link(String name, String path, String current, StringBuilder out) {
        out.append("<a href=\"")
                .append(base)
                .append(path)
                .append('"')
                .append(path.equals(current) ? " aria-current=\"page\"" : "")
                .append('>')
                .append(name)
                .append("</a>");
    }

    public static String error(@Nullable String message) {
        return "<p class=\"error\" role=\"alert\">" + text(message) + "</p>\n";
    }
}
