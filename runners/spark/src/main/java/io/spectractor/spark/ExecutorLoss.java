package io.spectractor.spark;

import io.spectractor.batch.resources.OomKillDetector;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What took an executor down, in one line: what its samples and the kernel tell, otherwise what the cluster says of it. */
final class ExecutorLoss {
    /** YARN's own limit, as Spark words it. */
    private static final Pattern BEYOND_LIMIT =
            Pattern.compile("exceeding (physical|virtual) memory limits\\. (.+? used)\\.");

    private static final Pattern KILLED = Pattern.compile("(?i)exit(ed with)? (code|status):? 137\\b|\\bOOMKilled\\b");

    private final Path runFolder;

    ExecutorLoss(Path runFolder) {
        this.runFolder = runFolder;
    }

    /**
     * The cause.
     *
     * @param executor its id
     * @param host where it was
     * @param reason what Spark says, may have several lines
     * @param image that it had in work
     */
    String describe(String executor, String host, String reason, String image) {
        String role = "executor-" + executor;
        String who = "executor " + executor + " on " + host + " ";
        String doing = OomKillDetector.lastSeen(runFolder, role)
                .filter(text -> text.contains(image))
                .orElse("working on " + image);
        Matcher beyond = BEYOND_LIMIT.matcher(reason);
        if (beyond.find()) {
            return who + "was killed for memory, by YARN, at " + beyond.group(2).replaceFirst(" physical.*", "")
                    + " while " + doing + "; spark.executor.memoryOverhead gives it more";
        }
        Optional<String> kernel = OomKillDetector.of(runFolder, role);
        if (kernel.isPresent()) {
            return who + kernel.get();
        }
        if (KILLED.matcher(reason).find()) {
            return who + "was killed (signal 9), perhaps for memory, while " + doing;
        }
        return who + "was lost while " + doing + ": "
                + reason.lines().findFirst().orElse("").replaceFirst("^ExecutorLostFailure \\(.*?\\) Reason: ", "");
    }
}
