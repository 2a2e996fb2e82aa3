package io.spectractor.spark;

import io.spectractor.batch.resources.OomKillDetector;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.ExecutorLostFailure;

/** What took an executor down, in one line: what its samples and the kernel tell, otherwise what the cluster says of it. */
final class ExecutorLoss {
    private final Path runFolder;

    ExecutorLoss(Path runFolder) {
        this.runFolder = runFolder;
    }

    /**
     * The cause.
     *
     * @param task that was lost
     * @param image that it had in work
     */
    String describe(TaskListener.Failed task, String image) {
        if (!(task.reason() instanceof ExecutorLostFailure lost)) {
            return LossReason.of(task.reason());
        }
        String role = "executor-" + task.executor();
        String who = "executor " + task.executor() + " on " + task.host() + " ";
        Optional<String> kernel = OomKillDetector.of(runFolder, role);
        if (kernel.isPresent()) {
            String cause = kernel.get();
            // samples of a folder elsewhere are some seconds old
            return who
                    + (cause.contains(image)
                            ? cause
                            : cause.replaceFirst(" while .*$", "") + " while working on " + image);
        }
        String doing = OomKillDetector.lastSeen(runFolder, role)
                .filter(text -> text.contains(image))
                .orElse("working on " + image);
        return who + LossReason.words(lost.reason().getOrElse(() -> "")) + " (while " + doing + ")";
    }

    /** The cause for an executor that had no image in work. */
    String describeIdle(String executor, String host, String said) {
        String words = OomKillDetector.of(runFolder, "executor-" + executor)
                .map(cause -> cause.replaceFirst(" while .*$", ""))
                .orElseGet(() -> LossReason.words(said));
        return "executor " + executor + " on " + host + " " + words + " (it had no image in work)";
    }
}
