package io.spectractor.bench.compare;

import io.spectractor.batch.run.JournalEvent;
import io.spectractor.batch.run.Machine;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.run.WorkerStart;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Kills one worker process of a run, the hard way, once a third of the images is done. */
final class WorkerKiller implements Execution.Watcher {
    private final RunFolder folder;
    private final int images;
    private boolean over;
    private String told = "no worker process was found to kill";

    WorkerKiller(RunFolder folder, int images) {
        this.folder = folder;
        this.images = images;
    }

    @Override
    public void look() throws IOException {
        if (over || !folder.exists()) {
            return;
        }
        long done = folder.journal().stream()
                .filter(e -> e.event() == JournalEvent.Type.IMAGE_FINISHED)
                .count();
        if (done * 3 < images) {
            return;
        }
        over = true;
        victim().ifPresent(process -> {
            process.destroyForcibly();
            told = "kill -9 of worker process " + process.pid() + " after " + done + " of " + images + " images";
        });
    }

    /** A process of this machine that wrote itself into the run, the one that joined last; not one that leads others. */
    private Optional<ProcessHandle> victim() throws IOException {
        List<WorkerStart> workers = WorkerStart.read(folder);
        return workers.stream()
                .filter(w -> w.host().equals(Machine.host()))
                .sorted(java.util.Comparator.comparing(WorkerStart::readyAt).reversed())
                .map(w -> ProcessHandle.of(w.pid()))
                .flatMap(Optional::stream)
                .filter(p -> isOurs(p) && p.children().findAny().isEmpty())
                .findFirst();
    }

    /** Numbers of processes are used again: only what this program started is killed. */
    private static boolean isOurs(ProcessHandle process) {
        Optional<ProcessHandle> parent = process.parent();
        while (parent.isPresent()) {
            if (parent.get().pid() == ProcessHandle.current().pid()) {
                return true;
            }
            parent = parent.get().parent();
        }
        return false;
    }

    /** What was done. */
    String told() {
        return told;
    }
}
