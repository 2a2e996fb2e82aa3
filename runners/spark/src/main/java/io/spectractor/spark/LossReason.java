package io.spectractor.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskEndReason;

/**
 * Why a task ended with its executor, in our words. Spark only passes on what Kubernetes, YARN or a worker said, in texts of many
 * lines.
 */
final class LossReason {
    private static final Pattern EXIT_CODE = Pattern.compile("(?:exit code|[Ee]xit status:?|exited with code) *(\\d+)");
    private static final Pattern YARN_MEMORY =
            Pattern.compile("killed by YARN for exceeding \\w+ memory limits\\. *(.*? used)\\.");
    private static final Pattern STARVED = Pattern.compile("low on resource: memory");
    private static final Pattern ASKED_FOR =
            Pattern.compile("killed by driver|explicit termination request|[Dd]ecommission|[Ss]tale executor");
    private static final int LONGEST = 300;

    private LossReason() {}

    /** On one line. */
    static String of(TaskEndReason reason) {
        if (reason instanceof ExecutorLostFailure lost) {
            String said = lost.reason().isDefined() ? lost.reason().get() : "";
            return "executor " + lost.execId() + " " + words(said);
        }
        return oneLine(reason.toString());
    }

    /** Whether Spark itself let the executor go, as it does when there is nothing left to do for it. */
    static boolean wasAskedFor(String said) {
        return ASKED_FOR.matcher(said).find();
    }

    /** What became of an executor, from what Spark says of it. */
    static String words(String said) {
        Matcher yarn = YARN_MEMORY.matcher(said);
        if (yarn.find()) {
            return "was killed for memory: " + yarn.group(1) + "; raise spark.executor.memoryOverhead";
        }
        if (said.contains("OOMKilled")) {
            return "was killed for memory: its container reached the limit of its pod (OOMKilled, exit code 137);"
                    + " raise spark.executor.memoryOverhead, or have fewer spark.executor.cores";
        }
        if (STARVED.matcher(said).find()) {
            return "was killed for memory: its node had too little, and evicted the pod";
        }
        if (said.contains("was deleted by a user or the framework")) {
            return "was lost: its pod was deleted";
        }
        Matcher code = EXIT_CODE.matcher(said);
        if (code.find()) {
            return switch (code.group(1)) {
                case "137" -> "was killed (exit code 137), which may have been for memory: " + oneLine(said);
                case "52" -> "ran out of heap (exit code 52); raise spark.executor.memory";
                default -> "ended with exit code " + code.group(1) + ": " + oneLine(said);
            };
        }
        return said.isBlank() ? "was lost" : "was lost: " + oneLine(said);
    }

    private static String oneLine(String text) {
        String line =
                text.lines().map(String::strip).filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
