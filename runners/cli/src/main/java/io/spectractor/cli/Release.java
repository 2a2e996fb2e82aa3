package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.core.config.NearestMatch;
import java.util.List;

/** Which words of an option this release understands. */
final class Release {
    private Release() {}

    /**
     * Checks a word.
     *
     * @param understood what works
     * @param later what other releases have
     * @throws UsageException if it is not understood
     */
    static void require(String option, String word, List<String> understood, List<String> later) {
        if (understood.contains(word)) {
            return;
        }
        String all = String.join(", ", understood);
        if (later.contains(word)) {
            throw new UsageException(option + " " + word + " is not in this release, which has: " + all);
        }
        throw new UsageException(option + " " + word + ": expected one of " + all
                + NearestMatch.of(word, understood)
                        .map(w -> "; did you mean " + w + "?")
                        .orElse(""));
    }
}
