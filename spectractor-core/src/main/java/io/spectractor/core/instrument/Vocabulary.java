package io.spectractor.core.instrument;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the headers of an instrument say things.
 *
 * @param numbers rules in the order they are tried
 * @param labels the same for words
 * @param required quantities without which a frame is refused
 * @param requiredLabels words without which it is
 */
public record Vocabulary(
        Map<Quantity, List<NumberRule>> numbers,
        Map<Label, List<LabelRule>> labels,
        Set<Quantity> required,
        Set<Label> requiredLabels) {
    public Vocabulary {
        numbers = new EnumMap<>(numbers);
        labels = new EnumMap<>(labels);
        required = required.isEmpty() ? EnumSet.noneOf(Quantity.class) : EnumSet.copyOf(required);
        requiredLabels = requiredLabels.isEmpty() ? EnumSet.noneOf(Label.class) : EnumSet.copyOf(requiredLabels);
    }

    /** The rules of a quantity, none if the headers never say it. */
    public List<NumberRule> of(Quantity quantity) {
        return numbers.getOrDefault(quantity, List.of());
    }

    /** The rules of a word. */
    public List<LabelRule> of(Label label) {
        return labels.getOrDefault(label, List.of());
    }
}
