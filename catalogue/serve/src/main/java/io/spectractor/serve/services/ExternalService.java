package io.spectractor.serve.services;

import io.spectractor.serve.data.QueryRejectedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A service of somebody else.
 *
 * @param kind what it speaks
 * @param title what it is called
 * @param url where it is
 */
record ExternalService(Kind kind, String title, String url) {
    private static final int ROWS = 200;
    private static final double MJD_OF_EPOCH = 40587;

    /** Protocols. */
    enum Kind {
        SSA("spectra (SSA)", "ivo://ivoa.net/std/ssa"),
        OBSCORE("observations (ObsCore by TAP)", "ivo://ivoa.net/std/tap"),
        CONE("catalogues (cone search)", "ivo://ivoa.net/std/conesearch");

        private final String label;
        private final String standard;

        Kind(String label, String standard) {
            this.label = label;
            this.standard = standard;
        }

        String label() {
            return label;
        }

        /** Identifier of the standard in the registry. */
        String standard() {
            return standard;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(@Nullable String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            throw new QueryRejectedException(
                    "there is no kind of service '" + word + "'; there are ssa, obscore and cone");
        }
    }

    /**
     * What is asked of it.
     *
     * @param ra degrees
     * @param dec degrees
     * @param radius degrees
     * @param from first day, null for any
     * @param to last day, null for any
     * @param instrument part of an instrument's name, null for any
     * @param product kind of product as in ObsCore, null for any
     */
    record Question(
            double ra,
            double dec,
            double radius,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable String instrument,
            @Nullable String product) {}

    /** Words for the parts of a question that services of this kind have no parameter for, nor columns that they could be held against. */
    List<String> unasked(Question asked) {
        List<String> words = new ArrayList<>();
        if (kind == Kind.CONE && (asked.from() != null || asked.to() != null)) {
            words.add("days");
        }
        if (kind == Kind.CONE && asked.instrument() != null) {
            words.add("instrument");
        }
        if (asked.product() != null
                && (kind == Kind.CONE || (kind == Kind.SSA && !asked.product().equals("spectrum")))) {
            words.add("type");
        }
        return words;
    }

    /** The address that answers a question with a VOTable. */
    String address(Question asked) {
        String base = url.contains("?") ? url.matches(".*[?&]$") ? url : url + "&" : url + "?";
        String position = asked.ra() + "," + asked.dec();
        return switch (kind) {
            case SSA ->
                base + "REQUEST=queryData&FORMAT=ALL&MAXREC=" + ROWS + "&POS=" + position + "&SIZE="
                        + 2 * asked.radius() + time(asked);
            case CONE -> base + "RA=" + asked.ra() + "&DEC=" + asked.dec() + "&SR=" + asked.radius() + "&VERB=1";
            case OBSCORE ->
                url.replaceFirst("/+$", "") + "/sync?REQUEST=doQuery&LANG=ADQL&FORMAT=votable&MAXREC=" + ROWS
                        + "&QUERY=" + encoded(adql(asked));
        };
    }

    private static String time(Question asked) {
        return asked.from() == null && asked.to() == null
                ? ""
                : "&TIME=" + (asked.from() == null ? "" : asked.from()) + "/" + (asked.to() == null ? "" : asked.to());
    }

    private static String adql(Question asked) {
        StringBuilder out = new StringBuilder("SELECT TOP " + ROWS
                + " target_name, obs_collection, instrument_name, dataproduct_type, t_min, t_exptime, em_min, em_max,"
                + " s_ra, s_dec, access_url, access_format FROM ivoa.obscore WHERE 1 = CONTAINS(POINT('ICRS', s_ra,"
                + " s_dec), CIRCLE('ICRS', " + asked.ra() + ", " + asked.dec() + ", " + asked.radius() + "))");
        if (asked.product() != null) {
            out.append(" AND dataproduct_type = ").append(literal(asked.product()));
        }
        if (asked.instrument() != null) {
            out.append(" AND LOWER(instrument_name) LIKE ")
                    .append(literal("%" + asked.instrument().toLowerCase(Locale.ROOT) + "%"));
        }
        if (asked.from() != null) {
            out.append(" AND t_max >= ").append(asked.from().toEpochDay() + MJD_OF_EPOCH);
        }
        if (asked.to() != null) {
            out.append(" AND t_min < ").append(asked.to().toEpochDay() + 1 + MJD_OF_EPOCH);
        }
        return out.toString();
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
