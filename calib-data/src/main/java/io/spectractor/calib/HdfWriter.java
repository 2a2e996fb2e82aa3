package io.spectractor.calib;

import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import io.spectractor.calib.Table.Column;
import io.spectractor.calib.Table.Numbers;
import io.spectractor.calib.Table.Texts;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.TabulatedCurve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes calibration content as HDF5: a group per table, a dataset per column. */
final class HdfWriter {
    /** Longer columns are compressed: those of atmosphere grids. */
    private static final int COMPRESS_FROM = 10_000;

    private static final Set<String> RESERVED = Set.of(HdfLayout.TABLE, HdfLayout.COLUMNS);

    private final Map<String, WritableGroup> groups = new TreeMap<>();

    private HdfWriter() {}

    /** Writes a new file. */
    static void write(TableCalibration calibration, Path file) throws IOException {
        PortableHdf.write(file, hdf -> new HdfWriter().write(calibration, hdf));
    }

    private void write(TableCalibration calibration, WritableGroup hdf) {
        CalibrationContent content = calibration.content();
        hdf.putAttribute("format", HdfLayout.FORMAT);
        hdf.putAttribute("version", content.version());
        hdf.putAttribute("sha256", content.sha256());
        hdf.putAttribute("tables", content.names().size());
        for (Table table : content.tables()) {
            write(table, group(hdf, HdfLayout.place(table.name())));
        }
        for (String label : calibration.disperserNames()) {
            calibration.disperser(label).ifPresent(disperser -> derived(disperser, hdf));
        }
    }

    /** The group at this path, and those above it. */
    private WritableGroup group(WritableGroup root, String path) {
        WritableGroup known = groups.get(path);
        if (known != null) {
            return known;
        }
        int slash = path.lastIndexOf('/');
        WritableGroup parent = slash < 0 ? root : group(root, path.substring(0, slash));
        WritableGroup group = parent.putGroup(path.substring(slash + 1));
        groups.put(path, group);
        return group;
    }

    private static void write(Table table, WritableGroup group) {
        if (group.getAttributes().containsKey(HdfLayout.TABLE)) {
            throw new CalibrationException(
                    table.name(), 0, "has the place of another table in the file: " + HdfLayout.place(table.name()));
        }
        group.putAttribute(HdfLayout.TABLE, table.name());
        group.putAttribute(HdfLayout.COLUMNS, String.join(",", table.columns()));
        table.header().forEach((key, value) -> {
            if (RESERVED.contains(key)) {
                throw new CalibrationException(table.name(), 0, "a header may not have the key " + key);
            }
            group.putAttribute(key, text(value));
        });
        for (Column column : table.content()) {
            WritableDataset dataset = column instanceof Numbers numbers
                    ? group.putDataset(numbers.name(), numbers.values(), storage(numbers.size()))
                    : group.putDataset(column.name(), texts(((Texts) column).values()));
            if (column instanceof Numbers) {
                dataset.putAttribute("units", HdfLayout.unit(column.name()));
            }
            provenance(dataset, table);
        }
    }

    private static DatasetCreationOptions storage(int rows) {
        return rows < COMPRESS_FROM
                ? DatasetCreationOptions.DEFAULT
                : DatasetCreationOptions.builder()
                        .chunkDimensions(COMPRESS_FROM)
                        .shuffle()
                        .deflate()
                        .build();
    }

    private static void provenance(WritableDataset dataset, Table table) {
        dataset.putAttribute("source", text(String.valueOf(table.header().get("source"))));
        dataset.putAttribute("licence", text(String.valueOf(table.header().get("licence"))));
    }

    /** Order 3 over order 1 where both its factors are known: the product of the two, on the grid of the first. */
    private void derived(Disperser disperser, WritableGroup root) {
        TabulatedCurve second = disperser.ratio2over1();
        TabulatedCurve third = disperser.ratio3over2();
        if (second == null || third == null) {
            return;
        }
        double[] lambdaNm = second.wavelengthsNm();
        double[] ratio = second.values();
        for (int i = 0; i < ratio.length; i++) {
            ratio[i] *= third.at(lambdaNm[i]);
        }
        WritableGroup group = group(root, "dispersers/" + disperser.label() + "/ratio31");
        group.putAttribute("derived_from", "ratio21 times ratio32; not read back");
        group.putDataset("lambda_nm", lambdaNm).putAttribute("units", "nm");
        group.putDataset("ratio", ratio).putAttribute("units", "1");
    }

    private static String[] texts(List<String> values) {
        return values.stream().map(HdfWriter::text).toArray(String[]::new);
    }

    private static String text(String value) {
        if (value.equals(HdfLayout.NOTHING)) {
            throw new CalibrationException("the text '" + value + "' alone stands for nothing and cannot be stored");
        }
        return value.isEmpty() ? HdfLayout.NOTHING : value;
    }
}
