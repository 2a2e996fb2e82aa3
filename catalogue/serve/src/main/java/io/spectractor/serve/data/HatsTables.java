package io.spectractor.serve.data;

import io.spectractor.catalogue.spectra.SpectraColumn;
import io.spectractor.hats.HatsCatalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a HATS catalogue becomes: one with its rows, where lists of numbers are arrays, and for each struct of
 * lists one more with a row for each element, so that a light curve can be asked for by its points.
 */
public final class HatsTables {
    /** Schema of the tables in a query. */
    public static final String SCHEMA = "catalogue";

    private static final Map<String, SpectraColumn> KNOWN =
            Arrays.stream(SpectraColumn.values()).collect(Collectors.toMap(SpectraColumn::column, Function.identity()));
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("wavelength", "nm"),
            Map.entry("spectrum.flux", "erg.s**-1.cm**-2.nm**-1"),
            Map.entry("spectrum.flux_err", "erg.s**-1.cm**-2.nm**-1"),
            Map.entry("spectrum.flux_toa", "erg.s**-1.cm**-2.nm**-1"),
            Map.entry("spectrum.flux_toa_err", "erg.s**-1.cm**-2.nm**-1"),
            Map.entry("mag", "mag"),
            Map.entry("mag_err", "mag"),
            Map.entry("mag_below", "mag"),
            Map.entry("mag_below_err", "mag"),
            Map.entry("lc.flux", "nJy"),
            Map.entry("lc.flux_err", "nJy"),
            Map.entry("lc.flux_below", "nJy"),
            Map.entry("lc.flux_below_err", "nJy"),
            Map.entry("photometry.flux", "nJy"),
            Map.entry("photometry.flux_err", "nJy"),
            Map.entry("photometry.flux_below", "nJy"),
            Map.entry("photometry.flux_below_err", "nJy"),
            Map.entry("mjd_first", "d"),
            Map.entry("mjd_last", "d"),
            Map.entry("radius", "deg"),
            Map.entry("separation", "arcsec"));
    private static final Map<String, String> UCDS = Map.ofEntries(
            Map.entry("target", "meta.id;src"),
            Map.entry("name", "meta.id;src"),
            Map.entry("mjd", "time.epoch"),
            Map.entry("exposure_time", "time.duration;obs.exposure"),
            Map.entry("airmass", "obs.airMass"),
            Map.entry("instrument", "meta.id;instr"),
            Map.entry("filter", "meta.id;instr.filter"),
            Map.entry("band", "meta.id;instr.bandpass"),
            Map.entry("snr", "stat.snr"),
            Map.entry("temperature", "phys.temperature"),
            Map.entry("pressure", "phys.pressure"),
            Map.entry("wavelength", "em.wl"),
            Map.entry("mag", "phot.mag"),
            Map.entry("mag_err", "stat.error;phot.mag"),
            Map.entry("spectrum.flux", "phot.flux.density;em.wl"),
            Map.entry("spectrum.flux_err", "stat.error;phot.flux.density;em.wl"),
            Map.entry("lc.flux", "phot.flux.density"),
            Map.entry("lc.flux_err", "stat.error;phot.flux.density"));

    private final String name;
    private final HatsCatalogue catalogue;
    private final List<ColumnSpec> scalars = new ArrayList<>();
    private final List<ColumnSpec> arrays = new ArrayList<>();
    private final Map<String, List<ColumnSpec>> series = new TreeMap<>();

    private HatsTables(String name, HatsCatalogue catalogue) {
        this.name = name;
        this.catalogue = catalogue;
    }

    /** The tables of a catalogue, none of a margin or an index, which are parts of others. */
    public static List<TableSpec> of(String name, HatsCatalogue catalogue) {
        String kind = catalogue.properties().getOrDefault("dataproduct_type", "");
        if (!List.of("object", "source").contains(kind)) {
            return List.of();
        }
        HatsTables tables = new HatsTables(name, catalogue);
        for (Type field : catalogue.schema().getFields()) {
            tables.add(field);
        }
        return tables.all(kind);
    }

    private List<TableSpec> all(String kind) {
        RowSource rows = new HatsRows(catalogue);
        TableSpec.SkyColumns sky = new TableSpec.SkyColumns(catalogue.raColumn(), catalogue.decColumn());
        List<ColumnSpec> columns = new ArrayList<>(scalars);
        columns.addAll(arrays);
        List<TableSpec> all = new ArrayList<>();
        String count = catalogue.rows() < 0 ? "" : ", " + catalogue.rows() + " rows";
        all.add(new TableSpec(SCHEMA, name, described(kind) + count, "", columns, rows, sky));
        series.forEach((struct, fields) -> {
            Set<String> taken = scalars.stream()
                    .map(column -> column.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toCollection(HashSet::new));
            List<ColumnSpec> points = new ArrayList<>(scalars);
            for (ColumnSpec field : fields) {
                String own =
                        taken.add(field.name().toLowerCase(Locale.ROOT)) ? field.name() : struct + "_" + field.name();
                points.add(ColumnSpec.of(
                        own, field.type(), field.unit(), field.ucd(), field.description(), field.expression()));
            }
            all.add(new TableSpec(
                    SCHEMA,
                    name + "_" + struct,
                    "the lists of " + struct + " in " + name + ", a row for each element",
                    "",
                    points,
                    rows,
                    sky));
        });
        return all;
    }

    private String described(String kind) {
        return switch (name) {
            case "spectra" -> "spectra, a row each, with their wavelengths and fluxes";
            case "objects" -> "stars, a row each, with their light in bands against time";
            default -> "HATS catalogue of kind " + kind;
        };
    }

    private void add(Type field) {
        String own = "t." + Names.quoted(field.getName());
        if (field.isPrimitive()) {
            ColumnType type = type(field.asPrimitiveType());
            if (type != null) {
                scalars.add(column(field.getName(), field.getName(), type, sql(field.asPrimitiveType(), own)));
            }
            return;
        }
        GroupType group = field.asGroupType();
        PrimitiveType element = element(group);
        if (element != null) {
            addArray(field.getName(), field.getName(), type(element), own);
            return;
        }
        if (group.getLogicalTypeAnnotation() == null) {
            group.getFields().forEach(inner -> addInner(field.getName(), inner, own));
        }
    }

    private void addInner(String struct, Type inner, String own) {
        String path = own + "." + Names.quoted(inner.getName());
        String meaning = struct + "." + inner.getName();
        String flat = struct + "_" + inner.getName();
        if (inner.isPrimitive()) {
            ColumnType type = type(inner.asPrimitiveType());
            if (type != null) {
                scalars.add(column(flat, meaning, type, sql(inner.asPrimitiveType(), path)));
            }
            return;
        }
        PrimitiveType element = element(inner.asGroupType());
        ColumnType type = element == null ? null : type(element);
        if (type != null) {
            addArray(flat, meaning, type, path);
            series.computeIfAbsent(struct, s -> new ArrayList<>())
                    .add(column(inner.getName(), meaning, type, "unnest(" + path + ")"));
        }
    }

    private void addArray(String column, String meaning, @Nullable ColumnType element, String path) {
        ColumnType type = element == null ? null : element.array();
        if (type != null) {
            arrays.add(column(column, meaning, type, path));
        }
    }

    private ColumnSpec column(String column, String meaning, ColumnType type, String expression) {
        String last = meaning.substring(meaning.lastIndexOf('.') + 1);
        SpectraColumn known = KNOWN.get(meaning.equals(last) ? meaning : "");
        String unit = UNITS.getOrDefault(meaning, UNITS.getOrDefault(last, known == null ? "" : unit(known)));
        String ucd = UCDS.getOrDefault(meaning, UCDS.getOrDefault(last, ""));
        if (column.equals(catalogue.raColumn())) {
            unit = "deg";
            ucd = "pos.eq.ra;meta.main";
        } else if (column.equals(catalogue.decColumn())) {
            unit = "deg";
            ucd = "pos.eq.dec;meta.main";
        } else if (last.equals("mjd")) {
            unit = "d";
        }
        String description = known == null ? Meanings.of(name, meaning) : known.meaning();
        if (column.equals("_healpix_29")) {
            description = "HEALPix pixel of order 29, NESTED";
            ucd = "pos.healpix";
        }
        return ColumnSpec.of(column, type, unit, ucd, description, expression);
    }

    /** In VOUnits. */
    private static String unit(SpectraColumn column) {
        return switch (column.unit()) {
            case "Celsius" -> "degC";
            default -> column.unit();
        };
    }

    private static @Nullable PrimitiveType element(GroupType group) {
        if (!(group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation) || group.getFieldCount() != 1) {
            return null;
        }
        Type repeated = group.getType(0);
        if (repeated.isPrimitive()) {
            return repeated.asPrimitiveType();
        }
        Type element = repeated.asGroupType().getFieldCount() == 1
                ? repeated.asGroupType().getType(0)
                : repeated;
        return element.isPrimitive() ? element.asPrimitiveType() : null;
    }

    private static @Nullable ColumnType type(PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation) {
            return ColumnType.DOUBLE;
        }
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> ColumnType.BOOLEAN;
            case FLOAT -> ColumnType.FLOAT;
            case DOUBLE -> ColumnType.DOUBLE;
            case INT32 ->
                logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation
                        ? ColumnType.TIMESTAMP
                        : logical instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation whole
                                ? whole(whole)
                                : ColumnType.INT;
            case INT64 -> logical instanceof TimestampLogicalTypeAnnotation ? ColumnType.TIMESTAMP : ColumnType.LONG;
            case INT96 -> ColumnType.TIMESTAMP;
            case BINARY, FIXED_LEN_BYTE_ARRAY ->
                logical instanceof StringLogicalTypeAnnotation
                                || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
                        ? ColumnType.TEXT
                        : null;
        };
    }

    private static ColumnType whole(LogicalTypeAnnotation.IntLogicalTypeAnnotation type) {
        return switch (type.getBitWidth()) {
            case 8 -> ColumnType.SHORT;
            case 16 -> type.isSigned() ? ColumnType.SHORT : ColumnType.INT;
            default -> type.isSigned() ? ColumnType.INT : ColumnType.LONG;
        };
    }

    private static String sql(PrimitiveType type, String path) {
        return type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation
                ? "CAST(" + path + " AS DOUBLE)"
                : path;
    }
}
