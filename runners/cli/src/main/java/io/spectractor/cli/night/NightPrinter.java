package io.spectractor.cli.night;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Json;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.run.ImageListener;
import io.spectractor.batch.run.RunControl;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prints what became of nights, in the order of their dates, whatever the order in which they are done. Safe for threads.
 */
final class NightPrinter implements ImageListener {
    private final NightPlan plan;
    private final Function<NightPlan.Night, Path> folders;
    private final boolean json;
    private final PrintStream out;
    private final PrintStream err;
    private final RunControl control;
    private final Map<Integer, ImageResult> waiting = new TreeMap<>();
    private final Set<ExitCode> codes = EnumSet.noneOf(ExitCode.class);
    private int next;
    private int settled;

    NightPrinter(
            NightPlan plan,
            Function<NightPlan.Night, Path> folders,
            boolean json,
            PrintStream out,
            PrintStream err,
            RunControl control) {
        this.plan = plan;
        this.folders = folders;
        this.json = json;
        this.out = out;
        this.err = err;
        this.control = control;
    }

    @Override
    public synchronized void started(WorkItem item, int attempt, String worker) {
        err.println(item.name() + ": " + plan.nights().get(item.index()).spectra() + " spectra");
    }

    @Override
    public synchronized void retrying(WorkItem item, String reason) {
        err.println(item.name() + ": " + reason);
    }

    @Override
    public synchronized void finished(WorkItem item, ImageResult result) {
        settled++;
        waiting.put(item.index(), result);
        while (waiting.containsKey(next)) {
            print(next, waiting.remove(next));
            next++;
        }
    }

    @Override
    public void stop(RunControl.Cause cause, String reason) {
        control.stop(cause, reason);
        err.println("spectractor: " + reason);
    }

    /** Prints what still waits for nights that were not begun, and says how the command ends. */
    synchronized ExitCode end() {
        waiting.forEach(this::print);
        waiting.clear();
        int open = plan.nights().size() - settled;
        if (open > 0) {
            err.println("spectractor: " + open + " of " + plan.nights().size()
                    + " nights are not fitted; the same command with --resume goes on");
            return ExitCode.INTERRUPTED;
        }
        return codes.size() == 1 ? codes.iterator().next() : ExitCode.SOME_FAILED;
    }

    private void print(int index, ImageResult result) {
        NightPlan.Night night = plan.nights().get(index);
        if (result.reused()) {
            err.println(result.name() + ": done before, kept");
        }
        codes.add(print(night, result.name(), result.failure()));
    }

    /**
     * Prints what became of a night.
     *
     * @param name what messages call it
     * @param failure what is wrong with it, or null
     */
    ExitCode print(NightPlan.Night night, String name, @Nullable Failure failure) {
        Path text = folders.apply(night).resolve(NightWork.RESULT);
        boolean kept = Files.exists(text);
        ExitCode code = ExitCode.ALL_FAILED;
        if (kept) {
            code = printed(text, failure == null);
        }
        if (failure != null) {
            err.println("spectractor: the joint fit of the " + name + " " + failure.message());
            if (failure.kind() == FailureKind.BUG) {
                err.print(failure.trace());
            }
            return ExitCode.ALL_FAILED;
        }
        return code;
    }

    private ExitCode printed(Path text, boolean good) {
        JointRecord record;
        try {
            record = Json.read(Files.readString(text), JointRecord.class);
        } catch (IOException e) {
            err.println("spectractor: " + text + " cannot be read back: " + e);
            return ExitCode.ALL_FAILED;
        }
        Map<String, String> here = new TreeMap<>(record.leftOut());
        // what belongs to no night has been told before
        here.keySet().removeAll(plan.leftOut().keySet());
        here.forEach((name, why) -> err.println("LEFT OUT " + name + ": " + why));
        if (json) {
            out.println(Json.line(record));
        } else {
            JointText.print(record, text, out);
        }
        if (!good) {
            return ExitCode.ALL_FAILED;
        }
        JointText.warn(record, err);
        return record.leftOut().isEmpty() && JointText.agree(record) ? ExitCode.ALL_DONE : ExitCode.SOME_FAILED;
    }
}
