package io.spectractor.cli.night;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.night.AtmosphereQuantity;
import io.spectractor.core.night.NightFit;
import io.spectractor.core.night.NightSpectrum;
import io.spectractor.plot.Figure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the spectra of a night, fits them together, writes and prints what came out. */
public final class JointRun {
    private final CalibrationStore store;
    private final AtmosphereModel atmosphere;
    private final JointOptions options;
    private final PrintStream out;
    private final PrintStream err;

    public JointRun(
            CalibrationStore store,
            AtmosphereModel atmosphere,
            JointOptions options,
            PrintStream out,
            PrintStream err) {
        this.store = store;
        this.atmosphere = atmosphere;
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs.
     *
     * @param files spectra of one night
     * @param folder of the results, made if it is not there
     * @param json whether the result is printed as JSON
     * @return how the command ends
     * @throws IOException if results cannot be written
     */
    public ExitCode run(List<Path> files, Path folder, boolean json) throws IOException {
        options.check();
        NightAssembly night = new NightAssembly(store, atmosphere, options);
        List<RawSpectrum> raw = read(files, night);
        boolean nightly = !raw.isEmpty() && raw.stream().allMatch(s -> s.light() != null);
        night.add(raw);
        night.leftOut().forEach((name, why) -> err.println("LEFT OUT " + name + ": " + why));
        if (night.kept().isEmpty()) {
            err.println("spectractor: none of the spectra can be fitted");
            return ExitCode.ALL_FAILED;
        }
        SortedMap<LocalDate, List<NightSpectrum>> nights = new TreeMap<>();
        for (NightSpectrum s : night.kept()) {
            nights.computeIfAbsent(NightTable.evening(s.mjd()), date -> new ArrayList<>())
                    .add(s);
        }
        if (nights.size() == 1) {
            return one(night, night.kept(), nightly, folder, json);
        }
        Set<ExitCode> codes = EnumSet.noneOf(ExitCode.class);
        for (Map.Entry<LocalDate, List<NightSpectrum>> e : nights.entrySet()) {
            err.println("night of " + e.getKey() + ": " + e.getValue().size() + " spectra");
            // what was left out belongs to no night: it is told in each
            codes.add(
                    one(night, e.getValue(), nightly, folder.resolve(e.getKey().toString()), json));
        }
        return codes.size() == 1 ? codes.iterator().next() : ExitCode.SOME_FAILED;
    }

    /** Fits the spectra of one night. */
    private ExitCode one(NightAssembly night, List<NightSpectrum> spectra, boolean nightly, Path folder, boolean json)
            throws IOException {
        Map<String, String> leftOut = night.leftOut();
        make(folder);
        clear(folder);
        NightFit fit = new NightFit(
                atmosphere, options.settings(nightly), options.ozone(), options.aerosols(), options.water());
        NightFit.Outcome outcome;
        try {
            outcome = fit.fit(spectra, Deadline.none());
        } catch (FitException e) {
            err.println("spectractor: the night cannot be fitted: " + e.getMessage());
            return ExitCode.ALL_FAILED;
        }
        JointRecord record = JointRecord.of(outcome, leftOut, atmosphere.description(), night.site());
        SamplingRun.Outcome sampling = null;
        if (record.converged()) {
            record =
                    record.withInstruments(ThroughputFiles.write(outcome.result(), night.telescope(), nightly, folder));
            ColumnsFile.write(outcome.result(), folder.resolve(ColumnsFile.NAME));
            if (options.sample) {
                sampling = SamplingRun.run(
                        outcome.result(), folder.resolve("chains.h5"), options.steps, options.chains, options.seed);
                record = record.withSamples(sampling.samples());
                Figure.replace(folder.resolve("chains.png"), ChainPlot.png(sampling, record));
            }
        }
        Path text = folder.resolve("joint.json");
        Figure.replace(text, (Json.pretty(record) + "\n").getBytes(StandardCharsets.UTF_8));
        if (json) {
            out.println(Json.line(record));
        } else {
            print(record, text);
        }
        if (!record.converged()) {
            err.println("spectractor: the joint fit did not converge, so there are no parameters; fewer free quantities"
                    + " (--pwv constant, --ozone constant) or leaving out bad spectra may help");
            return ExitCode.ALL_FAILED;
        }
        warn(record);
        boolean agree = sampling == null || sampling.agree();
        if (!agree) {
            err.printf(
                    Locale.ROOT,
                    "spectractor: the chains do not agree yet (split R-hat %.3f after %d steps, wanted %.2f), so the result"
                            + " has no means and errors from them; the same command with --steps %d continues them%n",
                    sampling.worst(),
                    sampling.chains().steps(),
                    SamplingRun.AGREEMENT,
                    3 * sampling.chains().steps());
        }
        return leftOut.isEmpty() && agree ? ExitCode.ALL_DONE : ExitCode.SOME_FAILED;
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UsageException("the folder " + folder + " cannot be made: " + e, e);
        }
    }

    /** Removes what an earlier fit left, but for its chains: a fit that fails must leave no result that looks good. */
    private static void clear(Path folder) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(
                folder, "{joint.json,columns.h5,chains.png,throughput_*.txt,throughput_*.csv}")) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
    }

    private List<RawSpectrum> read(List<Path> files, NightAssembly night) {
        record Read(List<RawSpectrum> spectra, @Nullable String problem) {}
        Read[] reads = new Read[files.size()];
        IntStream.range(0, reads.length).parallel().forEach(i -> {
            try {
                reads[i] = new Read(NightFiles.read(files.get(i)), null);
            } catch (IOException e) {
                reads[i] = new Read(List.of(), String.valueOf(e.getMessage()));
            }
        });
        List<RawSpectrum> raw = new ArrayList<>();
        for (int i = 0; i < reads.length; i++) {
            raw.addAll(reads[i].spectra());
            if (reads[i].problem() != null) {
                String name = String.valueOf(files.get(i).getFileName());
                night.leaveOut(name, reads[i].problem().replace(name + ": ", ""));
            }
        }
        return raw;
    }

    private void warn(JointRecord record) {
        record.evidence().stream()
                .filter(e -> e.chosen() && e.refused())
                .forEach(e -> err.println("the data refuse " + e.quantity() + " " + e.variant() + ": "
                        + record.evidence().stream()
                                .filter(o -> o.quantity().equals(e.quantity()) && o.logEvidence() == 0)
                                .map(o -> o.variant() + " is likelier by " + ratio(-e.logEvidence()))
                                .findFirst()
                                .orElse("")));
    }

    private static String ratio(double log) {
        return log > 300 ? "more than 1e130 to 1" : String.format(Locale.ROOT, "%.1e to 1", Math.exp(log));
    }

    private void print(JointRecord record, Path text) {
        out.printf(
                Locale.ROOT,
                "%d spectra together: chi2 %.1f for %d degrees of freedom%s%n",
                record.spectra().size(),
                record.chi2(),
                record.dof(),
                record.converged() ? "" : ", NOT CONVERGED");
        for (JointRecord.Parameter p : record.parameters()) {
            boolean air = p.spectrum() == null || isAir(p.name());
            if (air) {
                out.printf(
                        Locale.ROOT,
                        "  %-12s %10.4f %-14s %-5s %s%n",
                        p.name(),
                        p.value(),
                        p.error() == null ? "held" : String.format(Locale.ROOT, "+- %.4f", p.error()),
                        p.unit(),
                        p.spectrum() == null ? "" : p.spectrum());
            }
        }
        for (JointRecord.Evidence e : record.evidence()) {
            out.printf(
                    Locale.ROOT,
                    "  %-5s %-9s chi2 %10.1f / %d, ln evidence %8.1f%s%s%n",
                    e.quantity(),
                    e.variant(),
                    e.chi2(),
                    e.dof(),
                    e.logEvidence(),
                    e.chosen() ? "  taken" : "",
                    e.refused() ? "  refused" : "");
        }
        for (SamplingRun.Sampled s : record.samples()) {
            if (isAir(s.name())) {
                String value = s.mean() == null || s.sigma() == null
                        ? "no value, the chains do not agree"
                        : String.format(Locale.ROOT, "%.4f +- %.4f", s.mean(), s.sigma());
                out.printf(
                        Locale.ROOT,
                        "  sampled %-24s %s, R-hat %.3f, %.0f independent samples%n",
                        s.name(),
                        value,
                        s.rhat(),
                        s.effective());
            }
        }
        for (JointRecord.Outlier o : record.outliers()) {
            out.println("  outlier " + o.spectrum()
                    + (o.whole() ? "" : String.format(Locale.ROOT, " %.1f to %.1f nm", o.fromNm(), o.toNm())) + ": "
                    + o.reason());
        }
        for (Map.Entry<String, String> e : record.leftOut().entrySet()) {
            out.println("  left out " + e.getKey() + ": " + e.getValue());
        }
        out.println("  " + text);
    }

    private static boolean isAir(String name) {
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            if (name.startsWith(q.label())) {
                return true;
            }
        }
        return name.equals("angstrom");
    }
}
