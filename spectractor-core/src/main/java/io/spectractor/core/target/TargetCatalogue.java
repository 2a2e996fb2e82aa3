package io.spectractor.core.target;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Targets by name, whatever the case and the blanks: HD111980, hd 111980 and "HD  111980" are one star. Immutable. */
public final class TargetCatalogue {
    private final SortedSet<String> names;
    private final Map<String, Entry> byName;

    /** A target by its own name. */
    private record Entry(String name, Supplier<Target> target) {}

    /**
     * @param targets the targets
     * @param aliases other names, each with the name of its target
     * @throws IllegalArgumentException if two targets share a name or an alias leads nowhere
     */
    public TargetCatalogue(List<Target> targets, Map<String, String> aliases) {
        this(targets.stream().map(t -> new Entry(t.name(), () -> t)).toList(), aliases.entrySet());
    }

    /**
     * Targets that are made when they are found.
     *
     * @param targets makers of the targets by their names; safe for threads
     * @param aliases other names, each with the name of its target
     * @throws IllegalArgumentException if two targets share a name or an alias leads nowhere
     */
    public TargetCatalogue(Map<String, Supplier<Target>> targets, Map<String, String> aliases) {
        this(
                targets.entrySet().stream()
                        .map(e -> new Entry(e.getKey(), e.getValue()))
                        .toList(),
                aliases.entrySet());
    }

    private TargetCatalogue(List<Entry> targets, Collection<Map.Entry<String, String>> aliases) {
        Map<String, Entry> map = new TreeMap<>();
        SortedSet<String> own = new TreeSet<>();
        for (Entry target : targets) {
            own.add(target.name());
            put(map, target.name(), target);
        }
        for (Map.Entry<String, String> alias : aliases) {
            Entry target = map.get(normalise(alias.getValue()));
            if (target == null) {
                throw new IllegalArgumentException(
                        "alias " + alias.getKey() + " stands for the unknown target " + alias.getValue());
            }
            put(map, alias.getKey(), target);
        }
        this.names = Collections.unmodifiableSortedSet(own);
        this.byName = Collections.unmodifiableMap(map);
    }

    /** Names as the catalogue writes them, without aliases. */
    public SortedSet<String> names() {
        return names;
    }

    /** The target with this name or alias, or nothing. */
    public Optional<Target> find(String name) {
        return Optional.ofNullable(byName.get(normalise(name)))
                .map(entry -> entry.target().get());
    }

    /**
     * The name or alias that an unknown name is one slip away from, as the catalogue writes its target: a character too
     * many, too few or another one, or two that changed places. Nothing if the name is known, or if several targets are as
     * near.
     */
    public Optional<String> nearMiss(String name) {
        String key = normalise(name);
        if (key.length() < 4 || byName.containsKey(key)) {
            return Optional.empty();
        }
        SortedSet<String> near = new TreeSet<>();
        byName.forEach((known, target) -> {
            if (SingleEdit.apart(key, known)) {
                near.add(target.name());
            }
        });
        return near.size() == 1 ? Optional.of(near.first()) : Optional.empty();
    }

    /** A name as it is compared: upper case, without any blanks, and without the star before a name of SIMBAD (* mu. Col). */
    public static String normalise(String name) {
        StringBuilder key = new StringBuilder(name.length());
        name.codePoints()
                .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
                .forEach(key::appendCodePoint);
        return key.toString().toUpperCase(Locale.ROOT).replaceFirst("^\\*(?=.)", "");
    }

    /**
     * What an object that is not in the catalogue probably is, by its name: a planetary nebula if it starts with PNG, a
     * star otherwise.
     */
    public static Target.Kind probableKind(String name) {
        return normalise(name).startsWith("PNG") ? Target.Kind.PLANETARY_NEBULA : Target.Kind.STAR;
    }

    private static void put(Map<String, Entry> map, String name, Entry target) {
        String key = normalise(name);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a target has an empty name");
        }
        Entry other = map.put(key, target);
        if (other != null && !other.equals(target)) {
            throw new IllegalArgumentException("the name " + name + " belongs to two targets");
        }
    }
}
