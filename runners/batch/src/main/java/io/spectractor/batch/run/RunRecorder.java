package io.spectractor.batch.run;

import io.spectractor.batch.plan.PlannedImage;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the book of a run while it goes on: journal, results, and the rules by which it stops by itself. */
final class RunRecorder implements ImageListener {
    /** Products in a row that could not be written, after which nobody believes that the next one can. */
    static final int WRITE_FAILURES_IN_A_ROW = 3;

    private final Journal journal;
    private final RunControl control;
    private final ProgressMeter progress;
    private final int maxFailures;
    private final Clock clock;
    private final Map<String, ImageResult> results = new HashMap<>();
    private int failures;
    private int writeFailuresInARow;

    RunRecorder(Journal journal, RunControl control, ProgressMeter progress, int maxFailures, Clock clock) {
        this.journal = journal;
        this.control = control;
        this.progress = progress;
        this.maxFailures = maxFailures;
        this.clock = clock;
    }

    @Override
    public void started(WorkItem item, int attempt, String worker) {
        journal.append(JournalEvent.started(now(), item.name(), attempt, worker));
    }

    @Override
    public void retrying(WorkItem item, String reason) {
        journal.append(JournalEvent.retried(now(), item.name(), reason));
    }

    @Override
    public synchronized void finished(WorkItem item, ImageResult result) {
        journal.append(JournalEvent.finished(now(), result));
        settle(result);
        progress.finished(result);
        if (result.status() != ImageStatus.FAILED) {
            writeFailuresInARow = 0;
            return;
        }
        failures++;
        writeFailuresInARow = isWriteFailure(result.failure()) ? writeFailuresInARow + 1 : writeFailuresInARow;
        if (writeFailuresInARow >= WRITE_FAILURES_IN_A_ROW) {
            stop(RunControl.Cause.CANNOT_WRITE, writeFailuresInARow + " products in a row could not be written");
        }
        if (maxFailures > 0 && failures >= maxFailures) {
            stop(RunControl.Cause.TOO_MANY_FAILURES, failures + " failed (--max-failures " + maxFailures + ")");
        }
    }

    @Override
    public synchronized void stop(RunControl.Cause cause, String message) {
        if (!control.stopRequested()) {
            control.stop(cause, message);
            journal.append(JournalEvent.ofRun(now(), JournalEvent.Type.STOP_REQUESTED, message));
            progress.say("stopping: " + message);
        }
    }

    private static boolean isWriteFailure(@Nullable Failure failure) {
        return failure != null && failure.kind() == FailureKind.RETRYABLE && failure.stage() == Stage.WRITE;
    }

    /** Records what becomes of those images of a plan that nobody has to work on; the others are passed over. */
    synchronized List<ImageResult> settleUntried(List<PlannedImage> images) {
        List<ImageResult> settled = new ArrayList<>();
        for (PlannedImage image : images) {
            if (image instanceof PlannedImage.Skip skip) {
                settled.add(ImageResult.notTried(skip.name(), skip.input(), ImageStatus.SKIPPED, skip.reason()));
            } else if (image instanceof PlannedImage.Refuse refuse) {
                ImageResult result = ImageResult.failed(
                        refuse.name(), refuse.input(), refuse.failure(), 0, 0, StageTimings.none(), null, null);
                settled.add(result);
                progress.failedBeforeStart(result);
            }
        }
        for (ImageResult result : settled) {
            journal.append(JournalEvent.finished(now(), result));
            settle(result);
        }
        return settled;
    }

    /** Takes a result without further ado. */
    private void settle(ImageResult result) {
        results.put(result.name(), result);
    }

    synchronized Optional<ImageResult> result(String name) {
        return Optional.ofNullable(results.get(name));
    }

    private String now() {
        return clock.instant().toString();
    }
}
