package io.spectractor.batch.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.spectractor.batch.result.Counts;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.RunState;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A line of the journal.
 *
 * @param time ISO 8601, UTC
 * @param event what happened
 * @param image file name of the image, null for events of the run
 * @param attempt which try, null where it makes no sense
 * @param worker who did it, null where it makes no sense
 * @param message what else there is to say, null for nothing
 * @param result of a finished image, else null
 * @param state of a run that ended, else null
 * @param counts of a run that ended, else null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record JournalEvent(
        String time,
        Type event,
        @Nullable String image,
        @Nullable Integer attempt,
        @Nullable String worker,
        @Nullable String message,
        @Nullable ImageResult result,
        @Nullable RunState state,
        @Nullable Counts counts) {

    /** What happened. */
    public enum Type {
        RUN_STARTED,
        RUN_RESUMED,
        LEFTOVERS_SWEPT,
        IMAGE_STARTED,
        IMAGE_RETRIED,
        IMAGE_FINISHED,
        STOP_REQUESTED,
        RUN_ENDED
    }

    /** Whether it has what every event has; damaged lines may be JSON all the same. */
    @SuppressWarnings("ConstantConditions")
    boolean isWhole() {
        if (time == null || event == null) {
            return false;
        }
        try {
            Instant.parse(time);
        } catch (DateTimeParseException e) {
            return false;
        }
        return result == null
                || (result.name() != null
                        && result.input() != null
                        && result.status() != null
                        && result.timings() != null);
    }

    static JournalEvent ofRun(String time, Type event, @Nullable String message) {
        return new JournalEvent(time, event, null, null, null, message, null, null, null);
    }

    static JournalEvent ended(String time, RunState state, Counts counts, @Nullable String message) {
        return new JournalEvent(time, Type.RUN_ENDED, null, null, null, message, null, state, counts);
    }

    static JournalEvent started(String time, String image, int attempt, String worker) {
        return new JournalEvent(time, Type.IMAGE_STARTED, image, attempt, worker, null, null, null, null);
    }

    static JournalEvent retried(String time, String image, String reason) {
        return new JournalEvent(time, Type.IMAGE_RETRIED, image, null, null, reason, null, null, null);
    }

    static JournalEvent finished(String time, ImageResult result) {
        return new JournalEvent(
                time, Type.IMAGE_FINISHED, result.name(), result.attempts(), null, null, result, null, null);
    }
}
