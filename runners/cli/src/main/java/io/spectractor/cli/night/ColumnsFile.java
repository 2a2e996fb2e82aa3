package io.spectractor.cli.night;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableGroup;
import io.spectractor.batch.UsageException;
import io.spectractor.calib.PortableHdf;
import io.spectractor.core.night.FittedColumns;
import io.spectractor.core.night.JointResult;
import io.spectractor.core.night.NightSpectrum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The columns of all spectra of a joint fit as HDF5, a group per spectrum: wls (nm), fls, fls_err, model, above (the star above
 * the air through the tabulated telescope), factor (on the tabulated throughput), used (1 or 0); attributes name, target,
 * instrument, mjd, airmass.
 */
final class ColumnsFile {
    static final String NAME = "columns.h5";

    private ColumnsFile() {}

    /** Writes, whole or not at all. */
    static void write(JointResult fit, Path file) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            PortableHdf.write(part, hdf -> spectra(fit, hdf));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void spectra(JointResult fit, WritableGroup hdf) {
        for (int k = 0; k < fit.spectra().size(); k++) {
            NightSpectrum s = fit.spectra().get(k);
            FittedColumns c = FittedColumns.of(fit, k);
            WritableGroup group = hdf.putGroup(String.format(Locale.ROOT, "spectrum_%05d", k));
            group.putAttribute("name", s.name());
            group.putAttribute("target", s.target());
            group.putAttribute("instrument", s.instrument());
            group.putAttribute("mjd", s.mjd());
            group.putAttribute("airmass", s.airmass());
            group.putDataset("wls", c.lambdaNm());
            group.putDataset("fls", c.flux());
            group.putDataset("fls_err", c.sigma());
            group.putDataset("model", c.model());
            group.putDataset("above", c.above());
            group.putDataset("factor", c.factor());
            double[] used = new double[c.used().length];
            for (int i = 0; i < used.length; i++) {
                used[i] = c.used()[i] ? 1 : 0;
            }
            group.putDataset("used", used);
        }
    }

    /**
     * The columns by the names of the spectra.
     *
     * @throws UsageException if the file is not there or no such file
     */
    static Map<String, FittedColumns> read(Path file) {
        Map<String, FittedColumns> out = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            throw new UsageException(file + " is not there, from which the pictures of the columns are made; run"
                    + " 'spectractor fit --joint' again");
        }
        try (HdfFile hdf = new HdfFile(file)) {
            for (Node node : hdf.getChildren().values()) {
                if (node instanceof Group group) {
                    double[] used = data(group, "used");
                    boolean[] counted = new boolean[used.length];
                    for (int i = 0; i < used.length; i++) {
                        counted[i] = used[i] > 0;
                    }
                    out.put(
                            String.valueOf(group.getAttribute("name").getData()),
                            new FittedColumns(
                                    data(group, "wls"),
                                    data(group, "fls"),
                                    data(group, "fls_err"),
                                    data(group, "model"),
                                    data(group, "above"),
                                    data(group, "factor"),
                                    counted));
                }
            }
        } catch (RuntimeException e) {
            // a damaged file leads the library anywhere
            throw new UsageException(file + " cannot be read as columns of a joint fit (" + e + ")", e);
        }
        return out;
    }

    private static double[] data(Group group, String name) {
        if (group.getChild(name) instanceof Dataset dataset) {
            return (double[]) dataset.getData();
        }
        throw new IllegalStateException("no data set " + name);
    }
}
