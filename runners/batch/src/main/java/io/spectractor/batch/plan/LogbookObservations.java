package io.spectractor.batch.plan;

import io.spectractor.core.observation.Logbook;
import io.spectractor.core.observation.LogbookEntry;

/** The logbook of a campaign as the planner asks it. */
public final class LogbookObservations implements ObservationLog {
    private final Logbook logbook;

    public LogbookObservations(Logbook logbook) {
        this.logbook = logbook;
    }

    @Override
    public Entry entry(String fileName) {
        Logbook.Decision decision = logbook.decide(fileName);
        if (decision instanceof Logbook.Usable usable) {
            return new Entry.Use(usable.request(fileName));
        }
        if (decision instanceof Logbook.Skipped skipped) {
            return skip(skipped, fileName);
        }
        if (decision instanceof Logbook.Invalid invalid) {
            return new Entry.Unknown(invalid.reason());
        }
        return new Entry.Unknown("not in the logbook; add a row for it, or run it without --logbook");
    }

    private static Entry skip(Logbook.Skipped skipped, String fileName) {
        LogbookEntry entry = skipped.entry();
        // it lacks nothing but its position, which the command line may have
        boolean onlyUnplaced = entry.reasonToSkip().isEmpty();
        return new Entry.Skip(skipped.reason(), onlyUnplaced ? entry.request(fileName) : null);
    }
}
