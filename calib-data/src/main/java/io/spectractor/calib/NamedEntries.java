package io.spectractor.calib;

import io.spectractor.core.target.TargetCatalogue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Things with a name and perhaps aliases, found without regard to case and blanks, and each made when it is first found. Immutable
 * once filled.
 */
final class NamedEntries<T> {
    private final SortedSet<String> names = new TreeSet<>();
    private final Map<String, Supplier<T>> entries = new TreeMap<>();

    /** Adds an entry; false if a name is taken. */
    boolean add(String name, List<String> aliases, Supplier<T> maker) {
        Supplier<T> entry = Memoized.of(maker);
        names.add(name);
        boolean free = entries.put(TargetCatalogue.normalise(name), entry) == null;
        for (String alias : aliases) {
            Supplier<T> other = entries.put(TargetCatalogue.normalise(alias), entry);
            free &= other == null || other.equals(entry);
        }
        return free;
    }

    SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(names);
    }

    /** Makes all that has not been found yet. */
    void makeAll() {
        entries.values().forEach(entry -> Objects.requireNonNull(entry.get()));
    }

    Optional<T> find(String name) {
        return Optional.ofNullable(entries.get(TargetCatalogue.normalise(name))).map(Supplier::get);
    }
}
