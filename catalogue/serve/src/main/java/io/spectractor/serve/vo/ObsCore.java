package io.spectractor.serve.vo;

import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.ColumnType;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.TableSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code ivoa.obscore} of ObsCore 1.1 over our table of spectra. Wavelengths are metres in vacuum; where ours are
 * in air they are lengthened by 1.000277, the refractive index of standard air at 600 nm.
 */
public final class ObsCore {
    /** Diameter of what one spectrum sees of the sky, degrees: about the width across the trace that is summed up. */
    private static final double FIELD_DEG = 10.0 / 3600;

    private final String base;
    private final List<ColumnSpec> columns = new ArrayList<>();

    private ObsCore(String base) {
        this.base = base;
    }

    /** The tables given, and this one if our spectra are among them. */
    public static List<TableSpec> with(List<TableSpec> tables, String base, String collection, String authority) {
        List<TableSpec> all = new ArrayList<>(tables);
        for (TableSpec table : tables) {
            if (isSpectra(table)) {
                all.add(new ObsCore(base).table(table, collection, authority));
            }
        }
        return all;
    }

    static boolean isSpectra(TableSpec table) {
        return table.name().equals("spectra")
                && table.column("science_sha256") != null
                && table.column("spectrum_wavelength") != null
                && table.column("target") != null
                && table.column("mjd") != null;
    }

    /** What publisher's identifiers begin with. */
    static String prefix(String collection, String authority) {
        return "ivo://" + authority + "/" + collection.replaceAll("[^A-Za-z0-9_.-]", "_") + "?";
    }

    private void add(String name, ColumnType type, String unit, String ucd, String utype, String meaning, String sql) {
        columns.add(new ColumnSpec(name, type, unit, ucd, "obscore:" + utype, meaning, sql, null));
    }

    private static String finite(String column) {
        return "(CASE WHEN isfinite(t." + column + ") THEN t." + column + " END)";
    }

    private TableSpec table(TableSpec spectra, String collection, String authority) {
        String did = Names.literal(prefix(collection, authority)) + " || t.science_sha256";
        String index = "(CASE WHEN t.air_or_vacuum = 'air' THEN 1.000277e0 ELSE 1e0 END)";
        String shortest = "(list_min(t.spectrum.wavelength) * 1e-9 * " + index + ")";
        String longest = "(list_max(t.spectrum.wavelength) * 1e-9 * " + index + ")";
        String half = "coalesce(" + finite("exposure_time") + ", 0) / 172800";
        String nothing = "CAST(NULL AS DOUBLE)";
        add(
                "dataproduct_type",
                ColumnType.TEXT,
                "",
                "meta.code.class",
                "ObsDataset.dataProductType",
                "what it is",
                "'spectrum'");
        add(
                "dataproduct_subtype",
                ColumnType.TEXT,
                "",
                "meta.code.class",
                "ObsDataset.dataProductSubtype",
                "what kind of it",
                "'slitless'");
        add("calib_level", ColumnType.INT, "", "meta.code;obs.calib", "ObsDataset.calibLevel", "2: calibrated", "2");
        add(
                "obs_collection",
                ColumnType.TEXT,
                "",
                "meta.id",
                "DataID.collection",
                "name of the catalogue",
                Names.literal(collection));
        add(
                "obs_id",
                ColumnType.TEXT,
                "",
                "meta.id",
                "DataID.observationID",
                "image, target and order",
                "concat_ws(' ', t.exposure, t.target, t.spectral_order)");
        add(
                "obs_title",
                ColumnType.TEXT,
                "",
                "meta.title;obs",
                "DataID.title",
                "target and exposure",
                "concat_ws(' ', t.target, t.exposure)");
        add(
                "obs_publisher_did",
                ColumnType.TEXT,
                "",
                "meta.ref.ivoid",
                "Curation.publisherDID",
                "identifier of the spectrum",
                did);
        add(
                "access_url",
                ColumnType.TEXT,
                "",
                "meta.ref.url",
                "Access.reference",
                "links to the spectrum",
                Names.literal(base + "/datalink?ID=") + " || url_encode(" + did + ")");
        add(
                "access_format",
                ColumnType.TEXT,
                "",
                "meta.code.mime",
                "Access.format",
                "what is at the address",
                Names.literal(DataLink.MIME));
        add(
                "access_estsize",
                ColumnType.LONG,
                "kbyte",
                "phys.size;meta.file",
                "Access.size",
                "size of the spectrum",
                "CAST(1 + len(t.spectrum.wavelength) * 48 / 1024 AS BIGINT)");
        add("target_name", ColumnType.TEXT, "", "meta.id;src", "Target.name", "the star", "t.target");
        add(
                "s_ra",
                ColumnType.DOUBLE,
                "deg",
                "pos.eq.ra",
                "Char.SpatialAxis.Coverage.Location.Coord.Position2D.Value2.C1",
                "right ascension, ICRS",
                "t.ra");
        add(
                "s_dec",
                ColumnType.DOUBLE,
                "deg",
                "pos.eq.dec",
                "Char.SpatialAxis.Coverage.Location.Coord.Position2D.Value2.C2",
                "declination, ICRS",
                "t.dec");
        add(
                "s_fov",
                ColumnType.DOUBLE,
                "deg",
                "phys.angSize;instr.fov",
                "Char.SpatialAxis.Coverage.Bounds.Extent.diameter",
                "diameter of what it sees",
                "CAST(" + FIELD_DEG + " AS DOUBLE)");
        columns.add(new ColumnSpec(
                "s_region",
                ColumnType.REGION,
                "",
                "pos.outline;obs.field",
                "obscore:Char.SpatialAxis.Coverage.Support.Area",
                "circle around the target",
                "'CIRCLE ICRS ' || t.ra || ' ' || t.dec || ' " + FIELD_DEG / 2 + "'",
                new ColumnSpec.CircleColumns("s_ra", "s_dec", "s_radius")));
        add(
                "s_resolution",
                ColumnType.DOUBLE,
                "arcsec",
                "pos.angResolution",
                "Char.SpatialAxis.Resolution.Refval.value",
                "not kept",
                nothing);
        add(
                "s_xel1",
                ColumnType.LONG,
                "",
                "meta.number",
                "Char.SpatialAxis.numBins1",
                "pixels on the sky",
                "CAST(1 AS BIGINT)");
        add(
                "s_xel2",
                ColumnType.LONG,
                "",
                "meta.number",
                "Char.SpatialAxis.numBins2",
                "pixels on the sky",
                "CAST(1 AS BIGINT)");
        add(
                "t_min",
                ColumnType.DOUBLE,
                "d",
                "time.start;obs.exposure",
                "Char.TimeAxis.Coverage.Bounds.Limits.StartTime",
                "begin of the exposure, MJD, UTC",
                "t.mjd - " + half);
        add(
                "t_max",
                ColumnType.DOUBLE,
                "d",
                "time.end;obs.exposure",
                "Char.TimeAxis.Coverage.Bounds.Limits.StopTime",
                "its end, MJD, UTC",
                "t.mjd + " + half);
        add(
                "t_exptime",
                ColumnType.DOUBLE,
                "s",
                "time.duration;obs.exposure",
                "Char.TimeAxis.Coverage.Support.Extent",
                "exposure time",
                finite("exposure_time"));
        add(
                "t_resolution",
                ColumnType.DOUBLE,
                "s",
                "time.resolution",
                "Char.TimeAxis.Resolution.Refval.value",
                "exposure time",
                finite("exposure_time"));
        add(
                "t_xel",
                ColumnType.LONG,
                "",
                "meta.number",
                "Char.TimeAxis.numBins",
                "points in time",
                "CAST(1 AS BIGINT)");
        add(
                "em_min",
                ColumnType.DOUBLE,
                "m",
                "em.wl;stat.min",
                "Char.SpectralAxis.Coverage.Bounds.Limits.LoLimit",
                "shortest wavelength, vacuum",
                shortest);
        add(
                "em_max",
                ColumnType.DOUBLE,
                "m",
                "em.wl;stat.max",
                "Char.SpectralAxis.Coverage.Bounds.Limits.HiLimit",
                "longest wavelength, vacuum",
                longest);
        add(
                "em_res_power",
                ColumnType.DOUBLE,
                "",
                "spect.resolution",
                "Char.SpectralAxis.Resolution.ResolPower.refVal",
                "wavelength over FWHM, mid-spectrum",
                "((" + shortest + " + " + longest + ") / 2e-9 / nullif(" + finite("resolution") + ", 0))");
        add(
                "em_xel",
                ColumnType.LONG,
                "",
                "meta.number",
                "Char.SpectralAxis.numBins",
                "points of the spectrum",
                "CAST(len(t.spectrum.wavelength) AS BIGINT)");
        add(
                "o_ucd",
                ColumnType.TEXT,
                "",
                "meta.ucd",
                "Char.ObservableAxis.ucd",
                "what is measured",
                "'phot.flux.density;em.wl'");
        add(
                "pol_states",
                ColumnType.TEXT,
                "",
                "meta.code;phys.polarization",
                "Char.PolarizationAxis.stateList",
                "none",
                "CAST(NULL AS VARCHAR)");
        add(
                "pol_xel",
                ColumnType.LONG,
                "",
                "meta.number",
                "Char.PolarizationAxis.numBins",
                "none",
                "CAST(NULL AS BIGINT)");
        add(
                "facility_name",
                ColumnType.TEXT,
                "",
                "meta.id;instr.tel",
                "Provenance.ObsConfig.Facility.name",
                "not kept",
                "CAST(NULL AS VARCHAR)");
        add(
                "instrument_name",
                ColumnType.TEXT,
                "",
                "meta.id;instr",
                "Provenance.ObsConfig.Instrument.name",
                "camera",
                "t.instrument");
        columns.add(ColumnSpec.of(
                "s_radius",
                ColumnType.DOUBLE,
                "deg",
                "phys.angSize",
                "radius of s_region",
                "CAST(" + FIELD_DEG / 2 + " AS DOUBLE)"));
        return new TableSpec(
                "ivoa",
                "obscore",
                "the spectra as ObsCore 1.1 describes observations",
                "ivo://ivoa.net/std/obscore#table-1.1",
                columns,
                spectra.rows(),
                sky());
    }

    private static TableSpec.@Nullable SkyColumns sky() {
        return new TableSpec.SkyColumns("s_ra", "s_dec");
    }
}
