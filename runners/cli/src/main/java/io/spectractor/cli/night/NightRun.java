package io.spectractor.cli.night;

import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes the report of joint fits that were written before. */
public final class NightRun {
    private NightRun() {}

    /**
     * Writes the report.
     *
     * @param fits folders with a joint.json, or such files
     * @param merra files of MERRA-2, may be empty
     * @param folder of the report, made if it is not there
     * @return the page
     * @throws UsageException if a fit is missing, not converged or no fit; names it
     * @throws IOException if the report cannot be written
     */
    public static Path report(List<Path> fits, List<Path> merra, Path folder) throws IOException {
        List<JointRecord> records = new ArrayList<>();
        for (Path fit : fits) {
            records.add(record(Files.isDirectory(fit) ? fit.resolve("joint.json") : fit));
        }
        Merra2Table known = Merra2Table.read(merra);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UsageException("the folder " + folder + " cannot be made: " + e, e);
        }
        return new NightReport(records, known).write(folder);
    }

    private static JointRecord record(Path file) {
        JointRecord record;
        try {
            record = Json.read(Files.readString(file), JointRecord.class);
        } catch (IOException e) {
            throw new UsageException(
                    file + " is no result of a joint fit (" + e.getMessage()
                            + "); make one with 'spectractor fit --joint'",
                    e);
        }
        if (!record.converged() || record.spectra().isEmpty()) {
            throw new UsageException(file + ": the fit did not converge, so there is nothing to report");
        }
        return record;
    }
}
