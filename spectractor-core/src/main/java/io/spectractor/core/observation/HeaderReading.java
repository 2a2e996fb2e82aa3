package io.spectractor.core.observation;

import io.spectractor.core.instrument.CardPattern;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Label;
import io.spectractor.core.instrument.LabelRule;
import io.spectractor.core.instrument.Quantity;
import io.spectractor.core.observation.HeaderValue.Status;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The header of a frame, read by the vocabulary of its instrument: each quantity with the way it was found. Not safe for
 * threads.
 */
public final class HeaderReading {
    private final Instrument instrument;
    private final Function<String, @Nullable String> cards;
    private final NumberFinder numbers;
    private final Map<Quantity, HeaderValue<Double>> found = new EnumMap<>(Quantity.class);
    private final Map<Label, HeaderValue<String>> words = new EnumMap<>(Label.class);

    /**
     * @param instrument whose frame it is
     * @param cards value of a card by its keyword, null where it is absent, blank or null
     */
    public HeaderReading(Instrument instrument, Function<String, @Nullable String> cards) {
        this.instrument = instrument;
        this.cards = cards;
        this.numbers = new NumberFinder(instrument.vocabulary(), cards, this);
    }

    /** A number, in the unit of its quantity. */
    public HeaderValue<Double> number(Quantity quantity) {
        HeaderValue<Double> before = found.get(quantity);
        if (before == null) {
            // a quantity that is computed of itself is missing
            found.put(quantity, new HeaderValue<>(null, Status.MISSING, "is computed of itself"));
            before = numbers.find(quantity);
            found.put(quantity, before);
        }
        return before;
    }

    /** A word. */
    public HeaderValue<String> label(Label label) {
        HeaderValue<String> before = words.get(label);
        if (before == null) {
            before = find(label);
            words.put(label, before);
        }
        return before;
    }

    /** Value of a card, null where it is absent, blank or null. */
    @Nullable
    String card(String keyword) {
        return cards.apply(keyword);
    }

    /** The instrument whose vocabulary it is. */
    public Instrument instrument() {
        return instrument;
    }

    private HeaderValue<String> find(Label label) {
        String missing = "no card for it";
        for (LabelRule rule : instrument.vocabulary().of(label)) {
            if (!rule.conditions().stream().allMatch(c -> c.fits(cards.apply(c.card())))) {
                continue;
            }
            String constant = rule.constant();
            if (constant != null) {
                return new HeaderValue<>(constant, Status.FOUND, "always so with this instrument");
            }
            String value = cards.apply(rule.card());
            if (value == null) {
                missing = "card " + rule.card() + " is missing or blank";
                continue;
            }
            String shown = "card " + rule.card() + " = '" + UnprocessableFile.quote(value) + "'";
            if (new CardPattern(rule.card(), rule.none()).fits(value)) {
                missing = shown + ", which means none";
                continue;
            }
            String word = value.startsWith(rule.prefix())
                    ? value.substring(rule.prefix().length()).strip()
                    : value;
            String meant = rule.names().getOrDefault(word.toLowerCase(Locale.ROOT), word);
            return new HeaderValue<>(meant, Status.FOUND, shown);
        }
        return new HeaderValue<>(null, Status.MISSING, missing);
    }
}
