package io.spectractor.batch.result;

import io.spectractor.batch.ExitCode;
import java.util.Collection;
import java.util.List;

/**
 * How many images have which status.
 *
 * @param total all images of the run
 * @param done with a product, caveats or not
 * @param withCaveats those of them with warnings among their caveats
 * @param reused those of them kept from an earlier run
 * @param failed without a product
 * @param skipped left out on purpose
 * @param notRun not tried
 */
public record Counts(int total, int done, int withCaveats, int reused, int failed, int skipped, int notRun) {

    public static Counts of(Collection<ImageResult> images) {
        List<ImageStatus> statuses = images.stream().map(ImageResult::status).toList();
        return new Counts(
                images.size(),
                (int) statuses.stream().filter(ImageStatus::isDone).count(),
                count(statuses, ImageStatus.DONE_WITH_CAVEATS),
                (int) images.stream().filter(ImageResult::reused).count(),
                count(statuses, ImageStatus.FAILED),
                count(statuses, ImageStatus.SKIPPED),
                count(statuses, ImageStatus.NOT_RUN));
    }

    private static int count(List<ImageStatus> statuses, ImageStatus wanted) {
        return (int) statuses.stream().filter(s -> s == wanted).count();
    }

    /** How a run that came to its end with these counts exits. */
    public ExitCode exitCode() {
        if (failed == 0) {
            return ExitCode.ALL_DONE;
        }
        return done == 0 ? ExitCode.ALL_FAILED : ExitCode.SOME_FAILED;
    }

    /** One line for people. */
    public String line() {
        StringBuilder text = new StringBuilder().append(done).append(" done");
        if (withCaveats > 0 || reused > 0) {
            text.append(" (").append(withCaveats).append(" with caveats, ");
            text.append(reused).append(" kept from before)");
        }
        text.append(", ").append(failed).append(" failed");
        if (skipped > 0) {
            text.append(", ").append(skipped).append(" skipped");
        }
        if (notRun > 0) {
            text.append(", ").append(notRun).append(" not run");
        }
        return text.append(" of ").append(total).append(" images").toString();
    }
}
