package io.spectractor.calib;

import io.spectractor.core.atmosphere.AtmosphereTables;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.PositionMap;
import io.spectractor.core.optics.ScatteredMap;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.optics.TabulatedCurve.Outside;
import io.spectractor.core.target.SpectralLine;
import io.spectractor.core.target.Target;
import io.spectractor.core.target.TargetCatalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns tables into what the core reads, when it asks for it, and refuses what cannot be true. */
final class CalibrationParser {
    private static final double MAX_TRANSMISSION = 1.0001;
    /** How far below zero a flux may lie, as a share of the greatest. */
    private static final double NEGATIVE_SHARE = 0.05;

    private static final String STATISTICAL_ERROR = "flux_err_stat";
    /** Where the noise of a spectrum is told, nm. */
    private static final double NOISE_FROM_NM = 400;

    private static final double NOISE_TO_NM = 900;

    private final CalibrationContent content;

    CalibrationParser(CalibrationContent content) {
        this.content = content;
    }

    NamedEntries<Disperser> dispersers() {
        Table index = content.table("dispersers.csv");
        NamedEntries<Disperser> result = new NamedEntries<>();
        for (int i = 0; i < index.size(); i++) {
            int row = i;
            add(result, index, i, "label", List.of(), () -> disperser(index, row));
        }
        return result;
    }

    NamedEntries<TabulatedCurve> throughputs() {
        Table index = content.table("throughputs.csv");
        NamedEntries<TabulatedCurve> result = new NamedEntries<>();
        for (int i = 0; i < index.size(); i++) {
            String table = index.required(i, "table");
            add(result, index, i, "name", aliases(index, i), () -> transmission(content.table(table), "throughput"));
        }
        return result;
    }

    /**
     * The uncertainties that stand beside curves, where they do.
     *
     * @param list table of the curves
     * @param name its column with their names
     * @param reference its column with their tables
     * @param column column of the uncertainty in those
     */
    NamedEntries<Optional<TabulatedCurve>> errors(String list, String name, String reference, String column) {
        Table index = content.table(list);
        NamedEntries<Optional<TabulatedCurve>> result = new NamedEntries<>();
        for (int i = 0; i < index.size(); i++) {
            String table = index.required(i, reference);
            List<String> aliases = index.columns().contains("aliases") ? aliases(index, i) : List.of();
            add(
                    result,
                    index,
                    i,
                    name,
                    aliases,
                    () -> Optional.of(content.table(table))
                            .filter(t -> t.columns().contains(column))
                            .map(t -> nonNegative(t, column, Outside.HOLD)));
        }
        return result;
    }

    NamedEntries<TabulatedCurve> filters() {
        Table index = content.table("filters.csv");
        NamedEntries<TabulatedCurve> result = new NamedEntries<>();
        for (int i = 0; i < index.size(); i++) {
            String table = index.required(i, "table");
            add(result, index, i, "name", aliases(index, i), () -> transmission(content.table(table), "transmission"));
        }
        return result;
    }

    List<SpectralLine> lines() {
        Table table = content.table("lines.csv");
        List<SpectralLine> lines = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            double minSigma = table.number(i, "min_sigma_nm");
            double maxSigma = table.number(i, "max_sigma_nm");
            double lambda = table.number(i, "lambda_nm");
            if (!(lambda > 0 && minSigma > 0 && maxSigma > minSigma)) {
                throw table.problem(i, "wavelength and widths must be positive, the widths a range");
            }
            lines.add(new SpectralLine(
                    lambda,
                    table.required(i, "label"),
                    constant(table, i, "origin", SpectralLine.Origin.class),
                    yes(table, i, "calibration"),
                    minSigma,
                    maxSigma));
        }
        return List.copyOf(lines);
    }

    /** The targets; the spectrum of each is read when it is found. */
    TargetCatalogue targets() {
        Table table = content.table("targets.csv");
        Map<String, Supplier<Target>> targets = new LinkedHashMap<>();
        Map<String, String> aliases = new LinkedHashMap<>();
        for (int i = 0; i < table.size(); i++) {
            String name = table.required(i, "name");
            double redshift = table.number(i, "redshift");
            double ra = table.number(i, "ra_deg");
            double dec = table.number(i, "dec_deg");
            if (!(redshift > -1 && ra >= 0 && ra < 360 && Math.abs(dec) <= 90)) {
                throw table.problem(i, "position or redshift of " + name + " out of range");
            }
            Target.Kind kind = constant(table, i, "kind", Target.Kind.class);
            String sed = table.text(i, "sed");
            Supplier<Target> target = Memoized.of(() -> {
                Table spectrum = sed.isEmpty() ? null : content.table(sed);
                return new Target(
                        name,
                        kind,
                        ra,
                        dec,
                        redshift,
                        spectrum == null ? null : sed(spectrum),
                        spectrum == null ? null : origin(spectrum));
            });
            if (targets.put(name, target) != null) {
                throw table.problem(i, "the name " + name + " is taken");
            }
            for (String alias : aliases(table, i)) {
                aliases.put(alias, name);
            }
        }
        try {
            return new TargetCatalogue(targets, aliases);
        } catch (IllegalArgumentException e) {
            throw new CalibrationException(table.name(), 0, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * An energy distribution. Those of cool stars scatter about zero in the blue: no light there, and no error. What lies
     * far below is one.
     */
    private static TabulatedCurve sed(Table table) {
        double[] flux = table.numbers("flux_erg_s_cm2_nm");
        double limit = -NEGATIVE_SHARE * Arrays.stream(flux).max().orElse(0);
        for (int i = 0; i < flux.length; i++) {
            if (flux[i] < limit || limit >= 0) {
                throw table.problem(
                        i,
                        "flux_erg_s_cm2_nm is " + flux[i]
                                + ", out of range: below zero by more than 5 % of the brightest wavelength");
            }
            flux[i] = Math.max(flux[i], 0);
        }
        // checks the wavelengths too
        return new TabulatedCurve(table.curve("flux_erg_s_cm2_nm", Outside.ZERO).wavelengthsNm(), flux, Outside.ZERO);
    }

    private static Target.SedOrigin origin(Table table) {
        String source = String.valueOf(table.header().get("source"));
        return new Target.SedOrigin(
                source, table.header().getOrDefault("measured", "").contains("Planck"), noise(table));
    }

    /** Statistical error of a row over its flux, median; 0 without such errors. */
    private static double noise(Table table) {
        if (!table.columns().contains(STATISTICAL_ERROR)) {
            return 0;
        }
        double[] lambda = table.numbers("lambda_nm");
        double[] flux = table.numbers("flux_erg_s_cm2_nm");
        double[] error = table.numbers(STATISTICAL_ERROR);
        double[] share = IntStream.range(0, flux.length)
                .filter(i -> lambda[i] > NOISE_FROM_NM && lambda[i] < NOISE_TO_NM && flux[i] > 0)
                .mapToDouble(i -> error[i] / flux[i])
                .sorted()
                .toArray();
        return share.length == 0 ? 0 : share[share.length / 2];
    }

    AtmosphereTables atmosphereTables() {
        Table table = content.table("atmosphere/absorption.csv");
        try {
            return new AtmosphereTables(
                    table.numbers("lambda_nm"),
                    table.numbers("ozone"),
                    table.numbers("gases"),
                    table.numbers("gases_power"),
                    table.numbers("water_k"),
                    table.numbers("water_w0"),
                    table.numbers("water_b"));
        } catch (IllegalArgumentException e) {
            throw new CalibrationException(table.name(), 0, String.valueOf(e.getMessage()), e);
        }
    }

    private Disperser disperser(Table index, int i) {
        String map = index.text(i, "map");
        PositionMap grooves;
        PositionMap angle;
        if (map.isEmpty()) {
            double density = index.number(i, "grooves_per_mm");
            if (!(density > 0)) {
                throw index.problem(i, "a groove density must be positive");
            }
            grooves = PositionMap.constant(density);
            angle = PositionMap.constant(index.number(i, "angle_deg"));
        } else {
            Table table = content.table(map);
            nonNegativeColumn(table, "grooves_per_mm", Double.MAX_VALUE);
            grooves = scattered(table, "grooves_per_mm");
            angle = scattered(table, "angle_deg");
        }
        return new Disperser(
                index.required(i, "label"),
                index.required(i, "full_name"),
                grooves,
                angle,
                transmission(content.table(index.required(i, "transmission")), "transmission"),
                ratio(index.text(i, "ratio_2over1")),
                ratio(index.text(i, "ratio_3over2")));
    }

    private @Nullable TabulatedCurve ratio(String table) {
        return table.isEmpty() ? null : nonNegative(content.table(table), "ratio", Outside.HOLD);
    }

    private static PositionMap scattered(Table table, String column) {
        try {
            return new ScatteredMap(table.numbers("x_px"), table.numbers("y_px"), table.numbers(column));
        } catch (IllegalArgumentException e) {
            throw new CalibrationException(table.name(), 0, String.valueOf(e.getMessage()), e);
        }
    }

    private static TabulatedCurve transmission(Table table, String column) {
        return checked(table, column, Outside.ZERO, MAX_TRANSMISSION);
    }

    private static TabulatedCurve nonNegative(Table table, String column, Outside outside) {
        return checked(table, column, outside, Double.MAX_VALUE);
    }

    private static TabulatedCurve checked(Table table, String column, Outside outside, double max) {
        nonNegativeColumn(table, column, max);
        return table.curve(column, outside);
    }

    private static void nonNegativeColumn(Table table, String column, double max) {
        for (int i = 0; i < table.size(); i++) {
            double value = table.number(i, column);
            if (value < 0 || value > max) {
                throw table.problem(i, column + " is " + value + ", out of range");
            }
        }
    }

    private static boolean yes(Table table, int row, String column) {
        String text = table.text(row, column);
        return switch (text) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw table.problem(row, column + " is '" + text + "', neither yes nor no");
        };
    }

    private static <E extends Enum<E>> E constant(Table table, int row, String column, Class<E> type) {
        String text = table.text(row, column);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw table.problem(row, column + " is '" + text + "', none of " + Arrays.toString(type.getEnumConstants()));
    }

    private static List<String> aliases(Table table, int row) {
        return Arrays.stream(table.text(row, "aliases").split(";", -1))
                .map(String::strip)
                .filter(alias -> !alias.isEmpty())
                .toList();
    }

    private static <T> void add(
            NamedEntries<T> entries, Table index, int row, String column, List<String> aliases, Supplier<T> entry) {
        if (!entries.add(index.required(row, column), aliases, entry)) {
            throw index.problem(row, "the name " + index.text(row, column) + " or an alias of it is taken");
        }
    }
}
