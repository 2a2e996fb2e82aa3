package io.spectractor.serve.services;

import io.javalin.http.Context;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.page.Html;
import io.spectractor.serve.services.ExternalService.Kind;
import io.spectractor.serve.services.ExternalService.Question;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was written into the form of the page Services.
 *
 * @param keyword a word of the services' titles and descriptions
 * @param kind what they speak
 * @param name of an object
 * @param ra degrees, as it was written
 * @param dec degrees, as it was written
 * @param radius degrees, as it was written
 * @param from first day
 * @param to last day
 * @param instrument part of its name
 * @param product ObsCore's kind of product
 * @param chosen addresses of the services that are asked
 */
record ServicesForm(
        @Nullable String keyword,
        Kind kind,
        @Nullable String name,
        @Nullable String ra,
        @Nullable String dec,
        @Nullable String radius,
        @Nullable String from,
        @Nullable String to,
        @Nullable String instrument,
        @Nullable String product,
        List<String> chosen) {
    private static final List<String> PRODUCTS = List.of("spectrum", "image", "timeseries", "cube", "sed");

    static ServicesForm of(Context http) {
        return new ServicesForm(
                given(http, "keyword"),
                given(http, "kind") == null ? Kind.SSA : Kind.of(given(http, "kind")),
                given(http, "name"),
                given(http, "ra"),
                given(http, "dec"),
                given(http, "radius"),
                given(http, "from"),
                given(http, "to"),
                given(http, "instrument"),
                given(http, "type"),
                http.queryParams("service").stream()
                        .filter(one -> !one.isBlank())
                        .toList());
    }

    private static @Nullable String given(Context http, String name) {
        String value = http.queryParam(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /**
     * The question, at a position.
     *
     * @throws QueryRejectedException if a number or a date is none
     */
    Question question(double atRa, double atDec) {
        double wide = radius == null ? 0.1 : number("radius", radius);
        if (!(wide > 0 && wide <= 10)) {
            throw new QueryRejectedException("the radius is more than 0 and up to 10 degrees");
        }
        return new Question(atRa, atDec, wide, day("from", from), day("to", to), instrument, product);
    }

    static double number(String what, @Nullable String text) {
        try {
            double value = Double.parseDouble(String.valueOf(text));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new QueryRejectedException(what + " '" + text + "' is not a number", e);
        }
        throw new QueryRejectedException(what + " '" + text + "' is not a number");
    }

    private static @Nullable LocalDate day(String what, @Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new QueryRejectedException(what + " '" + text + "' is not a day; write e.g. 2026-11-29", e);
        }
    }

    String html(String base) {
        StringBuilder out = new StringBuilder("<form action=\"" + base + "/services\"><div class=\"row\">");
        out.append("<label>kind of service<select name=\"kind\">");
        for (Kind one : Kind.values()) {
            out.append("<option value=\"").append(one.word()).append(one == kind ? "\" selected>" : "\">");
            out.append(one.label()).append("</option>");
        }
        out.append("</select></label>");
        input("keyword", "word, such as white dwarf", keyword, "", out);
        out.append("</div><div class=\"row\">");
        input("name", "name of an object", name, "", out);
        input("ra", "or right ascension, deg", ra, "short", out);
        input("dec", "declination, deg", dec, "short", out);
        input("radius", "radius, deg", radius == null ? "0.1" : radius, "short", out);
        out.append("</div><div class=\"row\">");
        input("from", "first day (2026-11-29)", from, "short", out);
        input("to", "last day", to, "short", out);
        input("instrument", "instrument", instrument, "short", out);
        out.append("<label>type<select name=\"type\"><option value=\"\">any</option>");
        for (String one : PRODUCTS) {
            out.append(one.equals(product) ? "<option selected>" : "<option>")
                    .append(one)
                    .append("</option>");
        }
        return out.append("</select></label><button>Find services</button></div>\n")
                .toString();
    }

    private static void input(String name, String label, @Nullable String value, String style, StringBuilder out) {
        out.append("<label>")
                .append(label)
                .append("<input class=\"")
                .append(style)
                .append("\" name=\"")
                .append(name);
        out.append("\" value=\"").append(Html.text(value)).append("\"></label>\n");
    }
}
