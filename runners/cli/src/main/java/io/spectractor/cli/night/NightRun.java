package io.spectractor.cli.night;

import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import io.spectractor.core.night.FittedColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the report of joint fits that were written before. */
public final class NightRun {
    private NightRun() {}

    /**
     * Writes the report.
     *
     * @param fits folders with a joint.json, or such files
     * @param merra files of MERRA-2, may be empty
     * @param single folders with fits of single spectra and of their spectrograms, may be empty
     * @param cuts file of quality cuts, or null
     * @param folder of the report, made if it is not there
     * @return the page
     * @throws UsageException if a fit is missing, not converged or no fit; names it
     * @throws IOException if the report cannot be written
     */
    public static Path report(List<Path> fits, List<Path> merra, List<Path> single, @Nullable Path cuts, Path folder)
            throws IOException {
        List<JointRecord> records = new ArrayList<>();
        Map<String, FittedColumns> columns = new HashMap<>();
        for (Path fit : fits) {
            Path file = Files.isDirectory(fit) ? fit.resolve("joint.json") : fit;
            records.add(record(file));
            columns.putAll(ColumnsFile.read(file.resolveSibling(ColumnsFile.NAME)));
        }
        QualityCuts wanted = QualityCuts.read(cuts);
        Merra2Table known = Merra2Table.read(merra);
        MethodComparison methods = MethodComparison.read(single);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UsageException("the folder " + folder + " cannot be made: " + e, e);
        }
        return new NightReport(records, known, methods, wanted, columns).write(folder);
    }

    private static JointRecord record(Path file) {
        JointRecord record;
        try {
            record = Json.read(Files.readString(file), JointRecord.class);
        } catch (IOException e) {
            throw new UsageException(
                    file + " is not a result of a joint fit (" + e.getMessage()
                            + "); make one with 'spectractor fit --joint'",
                    e);
        }
        if (!record.converged() || record.spectra().isEmpty()) {
            throw new UsageException(file + ": the fit did not converge, so there is nothing to report");
        }
        return record;
    }
}
