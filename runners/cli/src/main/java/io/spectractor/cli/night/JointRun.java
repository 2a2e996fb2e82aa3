package io.spectractor.cli.night;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Hashes;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.run.RunControl;
import io.spectractor.batch.run.Scheduler;
import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fits the spectra of each night together; the nights are distributed by a scheduler, and what came out is printed. */
public final class JointRun {
    private final CalibrationStore store;
    private final AtmosphereModel atmosphere;
    private final @Nullable String grid;
    private final JointOptions options;
    private final PrintStream out;
    private final PrintStream err;

    /** Makes the scheduler of some nights. */
    @FunctionalInterface
    public interface Distribution {
        /**
         * The scheduler; one whose workers are elsewhere tells them to do {@link JointTask}.
         *
         * @param nights the work
         * @throws IOException if the folder of its records cannot be made
         */
        Scheduler scheduler(List<WorkItem> nights) throws IOException;
    }

    /**
     * A run.
     *
     * @param atmosphere the model
     * @param grid where that comes from: name of an imported grid, absolute path of one, or null for our formulas
     * @param out results
     * @param err messages
     */
    public JointRun(
            CalibrationStore store,
            AtmosphereModel atmosphere,
            @Nullable String grid,
            JointOptions options,
            PrintStream out,
            PrintStream err) {
        this.store = store;
        this.atmosphere = atmosphere;
        this.grid = grid;
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs.
     *
     * @param files spectra of one or more nights
     * @param folder of the results, made if it is not there; several nights have a folder each in it
     * @param json whether the results are printed as JSON
     * @param distribution of several nights
     * @param onRun told of the control before several nights are begun, to pass signals on
     * @return how the command ends
     * @throws UsageException if options make no sense, or one night's folder cannot be made
     * @throws IOException if results of one night cannot be written
     */
    public ExitCode run(
            List<Path> files, Path folder, boolean json, Distribution distribution, Consumer<RunControl> onRun)
            throws IOException {
        options.check();
        NightPlan plan = NightPlan.of(files, new NightAssembly(store, atmosphere, options));
        plan.leftOut().forEach((name, why) -> err.println("LEFT OUT " + name + ": " + why));
        if (plan.nights().isEmpty()) {
            err.println("spectractor: none of the spectra can be fitted");
            return ExitCode.ALL_FAILED;
        }
        boolean single = plan.nights().size() == 1;
        Function<NightPlan.Night, Path> folders =
                night -> single ? folder : folder.resolve(night.evening().toString());
        RunControl control = new RunControl();
        NightPrinter printer = new NightPrinter(plan, folders, json, out, err, control);
        if (single) {
            return one(plan, folder, printer);
        }
        onRun.accept(control);
        return several(plan, folders, printer, control, distribution);
    }

    /** What is fitted together. */
    private String called() {
        return options.season ? "season" : "night";
    }

    private NightOrder order(NightPlan plan, NightPlan.Night night) throws IOException {
        String data = store.sha256() + " " + atmosphere.description();
        Path file = grid == null ? null : Path.of(grid);
        if (file != null && Files.isRegularFile(file)) {
            data += " " + Hashes.sha256(file);
        }
        return plan.order(night, data, options, grid);
    }

    private ExitCode one(NightPlan plan, Path folder, NightPrinter printer) throws IOException {
        NightPlan.Night night = plan.nights().get(0);
        NightOrder order = order(plan, night);
        if (options.resume && NightWork.isDone(order, folder)) {
            err.println(called() + " of " + night.evening() + ": done before, kept");
            return printer.print(night, called(), null);
        }
        String problem = new NightWork(store).fit(order, folder);
        return printer.print(
                night,
                called(),
                problem == null ? null : new Failure(Stage.MODEL, FailureKind.NO_SPECTRUM, problem, ""));
    }

    private ExitCode several(
            NightPlan plan,
            Function<NightPlan.Night, Path> folders,
            NightPrinter printer,
            RunControl control,
            Distribution distribution)
            throws IOException {
        List<WorkItem> items = new ArrayList<>();
        for (int i = 0; i < plan.nights().size(); i++) {
            NightPlan.Night night = plan.nights().get(i);
            String evening = night.evening().toString();
            Path folder = folders.apply(night);
            NightOrder order = order(plan, night);
            WorkItem item = new WorkItem(
                    i,
                    folder.resolve(NightOrder.NAME).toString(),
                    evening,
                    ExposureRequest.of(called() + " of " + evening));
            if (options.resume && NightWork.isDone(order, folder)) {
                printer.finished(item, NightWork.done(item, 0, true, 0));
                continue;
            }
            try {
                order.write(folder);
                items.add(item);
            } catch (IOException e) {
                String message = "cannot be done: " + folder + " cannot be written: " + e;
                printer.finished(item, NightWork.failed(item, 0, FailureKind.RETRYABLE, message, ""));
            }
        }
        if (!items.isEmpty()) {
            try (Scheduler scheduler = distribution.scheduler(items)) {
                scheduler.execute(items, new NightWork(store), printer, control);
            }
        }
        return printer.end();
    }
}
