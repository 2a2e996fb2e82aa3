package io.spectractor.serve.page;

import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.TableSpec;
import io.spectractor.serve.page.PageQueries.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.ac.starlink.fits.FitsTableWriter;
import uk.ac.starlink.table.ColumnInfo;
import uk.ac.starlink.table.DefaultValueInfo;
import uk.ac.starlink.table.RowListStarTable;
import uk.ac.starlink.table.formats.CsvTableWriter;
import uk.ac.starlink.votable.VOTableWriter;

/**
 * Spectra of a star, each disperser's by themselves, and their means.
 *
 * @param above whether the flux is that above the atmosphere
 * @param unit of the flux, a VOUnit
 * @param all in the order of time
 */
record StarSpectra(boolean above, String unit, List<One> all) {
    /** Spectra that are co-added at most. */
    private static final int MOST = 1000;
    /** Suffixes of the files that the co-added spectrum is written as, and their media types. */
    static final Map<String, String> FILES =
            Map.of("csv", "text/csv", "fits", "application/fits", "xml", "application/x-votable+xml");

    /**
     * A spectrum.
     *
     * @param group its disperser
     * @param digest of its pixels
     */
    record One(String group, String digest, CoAdd.Spectrum points) {}

    StarSpectra {
        all = List.copyOf(all);
    }

    /**
     * Reads them.
     *
     * @param condition which ones
     * @param below whether the flux at the detector is wanted
     */
    static StarSpectra of(PageQueries queries, String condition, TableSpec table, boolean below) {
        boolean above = !below && table.column("spectrum_flux_toa") != null;
        String flux = above ? "spectrum_flux_toa" : "spectrum_flux";
        String error = table.column(flux + "_err") == null ? flux : flux + "_err";
        boolean grouped = table.column("disperser") != null;
        Answer arrays = queries.ask(
                "SELECT science_sha256, " + (grouped ? "disperser" : "exposure AS all_of_them")
                        + ", spectrum_wavelength, " + flux + ", " + error + " FROM catalogue.spectra WHERE "
                        + condition + " ORDER BY mjd",
                MOST);
        List<One> all = new ArrayList<>();
        for (@Nullable Object[] row : arrays.rows()) {
            if (row[2] instanceof double[] x && row[3] instanceof double[] y && row[4] instanceof double[] e) {
                all.add(new One(
                        grouped ? String.valueOf(row[1]) : "all", String.valueOf(row[0]), new CoAdd.Spectrum(x, y, e)));
            }
        }
        ColumnSpec column = table.column(flux);
        return new StarSpectra(above, column == null ? "" : column.unit(), all);
    }

    /** The mean of each disperser's, by its name. */
    Map<String, CoAdd> means() {
        Map<String, List<CoAdd.Spectrum>> groups = new TreeMap<>();
        all.forEach(one ->
                groups.computeIfAbsent(one.group(), name -> new ArrayList<>()).add(one.points()));
        Map<String, CoAdd> means = new TreeMap<>();
        groups.forEach((name, list) -> means.put(name, CoAdd.of(list)));
        return means;
    }

    /**
     * Writes the means as a table: a row for each wavelength of each disperser.
     *
     * @param star name of the table
     * @param suffix one of {@link #FILES}
     */
    void write(String star, String suffix, OutputStream out) throws IOException {
        RowListStarTable rows = new RowListStarTable(new ColumnInfo[] {
            column("disperser", String.class, "", "disperser of the spectra"),
            column("wavelength", Double.class, "nm", "wavelength, as the spectra have it"),
            column("flux", Double.class, unit, above ? "mean flux above the atmosphere" : "mean flux at the detector"),
            column(
                    "flux_err",
                    Double.class,
                    unit,
                    "its error: the larger of that of the weights and that of the scatter"),
            column("spectra", Integer.class, "", "how many spectra were co-added"),
        });
        rows.setName(star);
        means().forEach((name, mean) -> {
            for (int i = 0; i < mean.wavelength().length; i++) {
                rows.addRow(new Object[] {name, mean.wavelength()[i], mean.flux()[i], mean.error()[i], mean.spectra()});
            }
        });
        switch (suffix) {
            case "csv" -> new CsvTableWriter(true).writeStarTable(rows, out);
            case "fits" -> new FitsTableWriter().writeStarTable(rows, out);
            default -> new VOTableWriter().writeStarTable(rows, out);
        }
    }

    private static ColumnInfo column(String name, Class<?> content, String unit, String meaning) {
        DefaultValueInfo info = new DefaultValueInfo(name, content, meaning);
        info.setUnitString(unit.isEmpty() ? null : unit);
        return new ColumnInfo(info);
    }
}
