package io.spectractor.remote;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says to a scheduler. Kept in the run folder ({@code scheduler.json}), so that a resumed run is
 * distributed the same way.
 *
 * @param scheduler its name
 * @param workers images in progress at a time, or null for the scheduler's own choice
 * @param values options that only this scheduler has, by their names without dashes; no defaults among them
 */
public record SchedulerOptions(String scheduler, @Nullable Integer workers, SortedMap<String, String> values) {
    public SchedulerOptions {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** The value of an option, if it was given. */
    public Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    /** The same, with what a later command says in place of what an earlier one said. */
    public SchedulerOptions with(@Nullable Integer newWorkers, Map<String, String> newValues) {
        TreeMap<String, String> all = new TreeMap<>(values);
        all.putAll(newValues);
        return new SchedulerOptions(scheduler, newWorkers == null ? workers : newWorkers, all);
    }
}
