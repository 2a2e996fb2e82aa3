package io.spectractor.serve.vo;

import io.spectractor.serve.data.QueryRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parameters of a request, whose names have no case, according to DALI. */
public final class Parameters {
    private final Map<String, List<String>> values = new TreeMap<>();

    public Parameters(Map<String, List<String>> given) {
        given.forEach((name, list) -> values.computeIfAbsent(name.toUpperCase(Locale.ROOT), n -> new ArrayList<>())
                .addAll(list));
    }

    /** These and others, which win. */
    Parameters with(Parameters others) {
        Map<String, List<String>> all = new TreeMap<>(values);
        all.putAll(others.values);
        return new Parameters(all);
    }

    /** Those of other names. */
    Parameters without(Set<String> names) {
        Map<String, List<String>> rest = new TreeMap<>(values);
        rest.keySet().removeAll(names);
        return new Parameters(rest);
    }

    /** All values of a parameter. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The value of a parameter, null if it has none. */
    public @Nullable String get(String name) {
        List<String> all = all(name);
        return all.isEmpty() || all.get(0).isBlank() ? null : all.get(0).strip();
    }

    /** Names and values that are set. */
    Map<String, List<String>> map() {
        return values;
    }

    /**
     * The value of a parameter.
     *
     * @throws QueryRejectedException if it has none
     */
    public String required(String name) {
        String value = get(name);
        if (value == null) {
            throw new QueryRejectedException(name + " is missing");
        }
        return value;
    }

    /**
     * A number.
     *
     * @throws QueryRejectedException if it is missing, or no finite number
     */
    public double number(String name) {
        String text = required(name);
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new QueryRejectedException(name + "=" + text + " is not a number", e);
        }
        throw new QueryRejectedException(name + "=" + text + " is not a number");
    }

    /**
     * How many rows are wanted.
     *
     * @param usual where nothing is said
     * @param most at most
     */
    public long maxrec(long usual, long most) {
        String text = get("MAXREC");
        if (text == null) {
            return usual;
        }
        try {
            long rows = Long.parseLong(text);
            if (rows >= 0) {
                return Math.min(rows, most);
            }
        } catch (NumberFormatException e) {
            throw new QueryRejectedException("MAXREC=" + text + " is not a whole number", e);
        }
        throw new QueryRejectedException("MAXREC=" + text + " is less than 0");
    }
}
