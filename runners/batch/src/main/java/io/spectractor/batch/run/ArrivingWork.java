package io.spectractor.batch.run;

import io.spectractor.batch.Json;
import io.spectractor.batch.plan.PlannedImage;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import java.io.IOException;
import java.util.List;

/** Takes images that come into the plan of a run and hands them on as work; tells where they came from how they ended. */
final class ArrivingWork implements ItemSource, ImageListener {
    private final Arrivals arrivals;
    private final GrowingPlan plan;
    private final RunFolder folder;
    private final RunRecorder book;
    private final ProgressMeter progress;

    ArrivingWork(Arrivals arrivals, GrowingPlan plan, RunFolder folder, RunRecorder book, ProgressMeter progress) {
        this.arrivals = arrivals;
        this.plan = plan;
        this.folder = folder;
        this.book = book;
        this.progress = progress;
    }

    @Override
    public List<WorkItem> next(StopSignal until) {
        while (!until.stopRequested()) {
            List<PlannedImage> come = arrivals.next(until);
            if (come.isEmpty()) {
                break;
            }
            List<PlannedImage> placed = plan.add(come);
            if (!writePlan()) {
                break;
            }
            book.settleUntried(placed).forEach(arrivals::settled);
            List<WorkItem> items = placed.stream()
                    .filter(PlannedImage.Extract.class::isInstance)
                    .map(image -> ((PlannedImage.Extract) image).item())
                    .toList();
            progress.more(items.size());
            if (!items.isEmpty()) {
                return items;
            }
        }
        return List.of();
    }

    /** An image is in the plan before it is begun, so that 'resume' knows of it whatever happens. */
    private boolean writePlan() {
        try {
            folder.write("plan.json", Json.pretty(plan.plan()));
            return true;
        } catch (IOException e) {
            book.stop(RunControl.Cause.CANNOT_WRITE, "the plan of the run cannot be written: " + e.getMessage());
            return false;
        }
    }

    @Override
    public void started(WorkItem item, int attempt, String worker) {
        book.started(item, attempt, worker);
    }

    @Override
    public void retrying(WorkItem item, String reason) {
        book.retrying(item, reason);
    }

    @Override
    public void finished(WorkItem item, ImageResult result) {
        book.finished(item, result);
        arrivals.settled(result);
    }

    @Override
    public void stop(RunControl.Cause cause, String reason) {
        book.stop(cause, reason);
    }
}
