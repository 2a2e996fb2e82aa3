package io.spectractor.core.instrument;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to find a number in a header. A list of them is tried in order; the first that gives a value counts.
 *
 * <p>Value = {@code times} × (card in the quantity's unit) + {@code plus}, if the card in that unit lies in its valid
 * range.
 *
 * @param source where the number comes from
 * @param cards keywords; the mean of their values counts where there are several
 * @param unit unit of the cards
 * @param lowest smallest valid value of a card, in the quantity's unit
 * @param highest greatest valid value
 * @param times factor
 * @param plus summand, in the quantity's unit
 * @param conditions all have to fit for the rule to count
 * @param from first date it holds for, as ISO 8601 text, or empty
 * @param until date it ends at, exclusive, or empty
 * @param differsFrom a card whose value the number must not equal: what a silent sensor writes everywhere; or null
 */
public record NumberRule(
        Source source,
        List<String> cards,
        String unit,
        double lowest,
        double highest,
        double times,
        double plus,
        List<CardPattern> conditions,
        String from,
        String until,
        @Nullable String differsFrom) {

    /** Where a number comes from. */
    public enum Source {
        /** From cards. */
        CARD,
        /** A constant, {@link NumberRule#plus}, for want of a card. */
        ASSUMED,
        /** A constant that is no assumption. */
        CONSTANT,
        /** An airmass of the altitude above the horizon that a card holds, 1 / sin. */
        FROM_ALTITUDE,
        /** Of position, time and site. */
        COMPUTED
    }

    public NumberRule {
        cards = List.copyOf(cards);
        conditions = List.copyOf(conditions);
    }

    /** Whether it holds at a date; without one every rule does that has no first date. */
    public boolean holdsAt(@Nullable String date) {
        if (date == null) {
            return from.isEmpty();
        }
        return (from.isEmpty() || date.compareTo(from) >= 0) && (until.isEmpty() || date.compareTo(until) < 0);
    }

    /** Whether a value of a card, in the quantity's unit, can be true. */
    public boolean isValid(double value) {
        return value >= lowest && value <= highest;
    }
}
