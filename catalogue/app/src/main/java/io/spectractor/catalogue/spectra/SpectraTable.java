package io.spectractor.catalogue.spectra;

import io.spectractor.catalogue.spectra.SpectrumRow.SpectrumLists;
import io.spectractor.hats.HatsLayout;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Rows as a table: the columns, then the spectrum and its photometry as structs of lists. */
final class SpectraTable {
    static final String SPECTRUM = "spectrum";
    static final String PHOTOMETRY = "photometry";

    private SpectraTable() {}

    static Table of(List<SpectrumRow> rows) {
        TableBuilder table = new TableBuilder();
        table.addPixels(
                numbers(rows, row -> row.number(SpectraColumn.RA)),
                numbers(rows, row -> row.number(SpectraColumn.DEC)));
        for (SpectraColumn column : SpectraColumn.values()) {
            switch (column.kind()) {
                case NUMBER -> table.add(column.column(), numbers(rows, row -> row.number(column)));
                case WHOLE ->
                    table.add(
                            column.column(),
                            rows.stream()
                                    .mapToInt(row -> (int) row.number(column))
                                    .toArray());
                case TEXT ->
                    table.add(
                            column.column(),
                            rows.stream()
                                    .map(row -> row.cells().containsKey(column) ? row.text(column) : null)
                                    .toArray(String[]::new));
            }
        }
        table.addStruct(
                SPECTRUM,
                new TableBuilder()
                        .addLists("wavelength", lists(rows, SpectrumLists::wavelength))
                        .addLists("flux", lists(rows, SpectrumLists::flux))
                        .addLists("flux_err", lists(rows, SpectrumLists::fluxErr))
                        .addLists("flux_toa", lists(rows, SpectrumLists::fluxToa))
                        .addLists("flux_toa_err", lists(rows, SpectrumLists::fluxToaErr))
                        .addLists("instrument", lists(rows, SpectrumLists::instrument)));
        table.addStruct(
                PHOTOMETRY,
                new TableBuilder()
                        .addLists(
                                "band",
                                rows.stream()
                                        .map(row -> row.photometry().bands().toArray(String[]::new))
                                        .toArray(String[][]::new))
                        .addLists("flux", bands(rows, Photometry::flux))
                        .addLists("flux_err", bands(rows, Photometry::fluxErr))
                        .addLists("flux_below", bands(rows, Photometry::fluxBelow))
                        .addLists("flux_below_err", bands(rows, Photometry::fluxBelowErr))
                        .addLists("coverage", bands(rows, Photometry::coverage)));
        return table.build();
    }

    /** Path of a list inside a struct, as Parquet names it. */
    static String[] list(String struct, String field) {
        return new String[] {struct, field, "list", "element"};
    }

    private static double[] numbers(List<SpectrumRow> rows, ToDoubleFunction<SpectrumRow> value) {
        return rows.stream().mapToDouble(value).toArray();
    }

    private static double[][] lists(List<SpectrumRow> rows, Function<SpectrumLists, double[]> list) {
        return rows.stream().map(row -> list.apply(row.lists())).toArray(double[][]::new);
    }

    private static double[][] bands(List<SpectrumRow> rows, Function<Photometry, double[]> list) {
        return rows.stream().map(row -> list.apply(row.photometry())).toArray(double[][]::new);
    }

    static io.spectractor.hats.Partition partition(SpectrumRow row) {
        long pixel = io.spectractor.sky.Healpix.pixel(
                SpectraUpdate.ORDER, row.number(SpectraColumn.RA), row.number(SpectraColumn.DEC));
        return new io.spectractor.hats.Partition(SpectraUpdate.ORDER, pixel);
    }

    static final String PIXEL = HatsLayout.PIXEL;
}
