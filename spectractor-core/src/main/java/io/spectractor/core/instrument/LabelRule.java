package io.spectractor.core.instrument;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way to find a word in a header.
 *
 * @param card keyword; empty for a constant
 * @param constant the constant, or null
 * @param none values that say there is none, with {@code *} for anything
 * @param prefix taken off the front, or empty
 * @param names what is written for what is meant, keys in lower case
 * @param conditions all have to fit for the rule to count
 */
public record LabelRule(
        String card,
        @Nullable String constant,
        List<String> none,
        String prefix,
        Map<String, String> names,
        List<CardPattern> conditions) {
    public LabelRule {
        none = List.copyOf(none);
        names = Map.copyOf(names);
        conditions = List.copyOf(conditions);
    }
}
