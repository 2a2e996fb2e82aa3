package io.spectractor.serve.vo;

import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.ColumnType;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns of an answer of SSA 1.1: all that its table of query response fields calls mandatory, and what else ObsCore
 * knows. Each spectrum has a row for each format, as the standard wants; the rows of one have the same association.
 */
final class SsaColumns {
    /** A format of a spectrum, in the order of the rows; its links have no suffix. */
    enum Format {
        FITS("application/fits", "fits"),
        VOTABLE("application/x-votable+xml", "xml"),
        LINKS(DataLink.MIME, "");

        private final String mime;
        private final String suffix;

        Format(String mime, String suffix) {
            this.mime = mime;
            this.suffix = suffix;
        }

        String mime() {
            return mime;
        }
    }

    /**
     * A column that ObsCore has or that follows from it.
     *
     * @param adql what it is of ObsCore's columns
     */
    private record Field(String name, String adql, String unit, String ucd, String utype, String meaning) {}

    private static final List<Field> FIELDS = List.of(
            field("access_url", "access_url", "meta.ref.url", "Access.Reference", "address of the spectrum"),
            field("access_format", "access_format", "meta.code.mime", "Access.Format", "what is at the address"),
            new Field("access_estsize", "access_estsize", "kbyte", "phys.size;meta.file", "Access.Size", "size of it"),
            field("ds_datamodel", "'Spectrum-1.0'", "meta.code", "Dataset.DataModel", "data model of this description"),
            field("ds_length", "em_xel", "meta.number", "Dataset.Length", "points of the spectrum"),
            field("obs_title", "obs_title", "meta.title;meta.dataset", "DataID.Title", "target and exposure"),
            field("obs_collection", "obs_collection", "meta.id", "DataID.Collection", "name of the catalogue"),
            field("instrument_name", "instrument_name", "meta.id;instr", "DataID.Instrument", "camera"),
            field("publisher", "''", "meta.curation", "Curation.Publisher", "authority of the identifiers"),
            field("obs_publisher_did", "obs_publisher_did", "meta.ref.ivoid", "Curation.PublisherDID", "identifier"),
            field(
                    "assoc_type",
                    "'MultiFormat'",
                    "meta.code",
                    "Association.Type",
                    "rows of one are formats of one spectrum"),
            field(
                    "assoc_id",
                    "obs_publisher_did",
                    "meta.id",
                    "Association.ID",
                    "the same for all formats of a spectrum"),
            field("target_name", "target_name", "meta.id;src", "Target.Name", "the star"),
            new Field(
                    "location",
                    "s_ra",
                    "deg",
                    "pos.eq",
                    "Char.SpatialAxis.Coverage.Location.Value",
                    "right ascension and declination, ICRS"),
            new Field("s_ra", "s_ra", "deg", "pos.eq.ra;meta.main", "", "right ascension, ICRS"),
            new Field("s_dec", "s_dec", "deg", "pos.eq.dec;meta.main", "", "declination, ICRS"),
            new Field(
                    "s_fov",
                    "s_fov",
                    "deg",
                    "instr.fov",
                    "Char.SpatialAxis.Coverage.Bounds.Extent",
                    "diameter of what it sees"),
            new Field(
                    "em_mid",
                    "(em_min + em_max) / 2",
                    "m",
                    "em.wl;instr.bandpass",
                    "Char.SpectralAxis.Coverage.Location.Value",
                    "middle of its wavelengths, vacuum"),
            new Field(
                    "em_width",
                    "em_max - em_min",
                    "m",
                    "em.wl;instr.bandwidth",
                    "Char.SpectralAxis.Coverage.Bounds.Extent",
                    "width of its wavelengths"),
            new Field(
                    "em_min",
                    "em_min",
                    "m",
                    "em.wl;stat.min",
                    "Char.SpectralAxis.Coverage.Bounds.Start",
                    "shortest wavelength, vacuum"),
            new Field(
                    "em_max",
                    "em_max",
                    "m",
                    "em.wl;stat.max",
                    "Char.SpectralAxis.Coverage.Bounds.Stop",
                    "longest wavelength, vacuum"),
            field(
                    "em_res_power",
                    "em_res_power",
                    "spect.resolution",
                    "Char.SpectralAxis.ResPower",
                    "wavelength over FWHM, mid-spectrum"),
            new Field(
                    "t_mid",
                    "(t_min + t_max) / 2",
                    "d",
                    "time.epoch",
                    "Char.TimeAxis.Coverage.Location.Value",
                    "middle of the exposure, MJD, UTC"),
            new Field(
                    "t_exptime",
                    "t_exptime",
                    "s",
                    "time.duration;obs.exposure",
                    "Char.TimeAxis.Coverage.Bounds.Extent",
                    "exposure time"),
            new Field(
                    "t_min",
                    "t_min",
                    "d",
                    "time.start;obs.exposure",
                    "Char.TimeAxis.Coverage.Bounds.Start",
                    "its begin, MJD, UTC"),
            new Field(
                    "t_max",
                    "t_max",
                    "d",
                    "time.end;obs.exposure",
                    "Char.TimeAxis.Coverage.Bounds.Stop",
                    "its end, MJD, UTC"));

    private SsaColumns() {}

    private static Field field(String name, String adql, String ucd, String utype, String meaning) {
        return new Field(name, adql, "", ucd, utype, meaning);
    }

    /** They as ADQL, after SELECT. */
    static String adql() {
        return FIELDS.stream()
                .map(field -> field.adql() + " AS " + field.name())
                .collect(Collectors.joining(", "));
    }

    /**
     * The answer of a query for {@link #adql()}: a row for each spectrum and format.
     *
     * @param found the rows of spectra
     * @param formats which formats, none for no row
     * @param url address of the server
     * @param publisher who publishes
     * @param rows how many rows are wanted at most
     */
    static Result answer(Result found, List<Format> formats, String url, String publisher, long rows) {
        List<String> values = new ArrayList<>();
        for (Format format : formats) {
            values.add("(" + Names.literal(format.mime) + ", " + Names.literal(format.suffix) + ", " + values.size()
                    + ")");
        }
        long all = found.rows() * formats.size();
        String table = formats.isEmpty()
                ? "(SELECT *, '' AS mime, '' AS suffix FROM " + found.table() + " LIMIT 0)"
                : "(SELECT * FROM " + found.table() + " AS a CROSS JOIN (VALUES " + String.join(", ", values)
                        + ") AS f(mime, suffix, place) ORDER BY a." + column("assoc_id") + ", place LIMIT " + rows
                        + ")";
        List<ColumnSpec> columns = new ArrayList<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            Field field = FIELDS.get(i);
            ColumnSpec known = found.columns().get(i);
            String sql = switch (field.name()) {
                case "access_url" ->
                    "CASE WHEN suffix = '' THEN c" + i + " ELSE " + Names.literal(url + "/spectrum/")
                            + " || regexp_extract(" + column("obs_publisher_did") + ", '[^?]*$') || '.' || suffix END";
                case "access_format" -> "mime";
                case "publisher" -> Names.literal(publisher);
                case "location" -> "[" + column("s_ra") + ", " + column("s_dec") + "]";
                default -> "";
            };
            columns.add(new ColumnSpec(
                    field.name(),
                    field.name().equals("location") ? ColumnType.DOUBLES : known.type(),
                    field.unit(),
                    field.ucd(),
                    field.utype().isEmpty() ? "" : "ssa:" + field.utype(),
                    field.meaning(),
                    sql.isEmpty() ? known.expression() : sql + " AS c" + i,
                    null));
        }
        return new Result(table, columns, Math.min(all, rows), found.overflow() || all > rows);
    }

    /** Name of a column in the table of the result. */
    private static String column(String name) {
        for (int i = 0; i < FIELDS.size(); i++) {
            if (FIELDS.get(i).name().equals(name)) {
                return "c" + i;
            }
        }
        throw new IllegalArgumentException(name);
    }
}
