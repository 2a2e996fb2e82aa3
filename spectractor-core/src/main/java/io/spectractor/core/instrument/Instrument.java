package io.spectractor.core.instrument;

import io.spectractor.core.config.ExtractionConfig;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A telescope, its disperser and its camera: all that the program knows of them. Immutable.
 *
 * @param name short, as users write it
 * @param title for people
 * @param recognition a frame is of this instrument if all patterns of one of these lists fit its header
 * @param frames how its files are laid out, tried in this order
 * @param chip size of the whole chip, or null where windows and binning are not looked for
 * @param amplifiers the parts of the chip
 * @param vocabulary how its headers say things
 * @param dispersers what it says of dispersers, in its order
 * @param config configuration where nobody says anything else; holds {@link #text} too
 * @param text the description on one line, without comments; reading it gives the same instrument
 */
public record Instrument(
        String name,
        String title,
        List<List<CardPattern>> recognition,
        List<FrameLayout> frames,
        @Nullable ChipSize chip,
        AmplifierGrid amplifiers,
        Vocabulary vocabulary,
        List<DescribedDisperser> dispersers,
        ExtractionConfig config,
        String text) {

    public Instrument {
        recognition = recognition.stream().map(List::copyOf).toList();
        frames = List.copyOf(frames);
        dispersers = List.copyOf(dispersers);
    }

    /** The instrument of a configuration: the one it describes, or CTIO's if it describes none. */
    public static Instrument of(ExtractionConfig config) {
        String described = config.instrument().description();
        return described.isBlank()
                ? Instruments.ctio()
                : InstrumentParser.parse("the instrument of the configuration", described);
    }

    /**
     * Reads a description.
     *
     * @param file what messages call it
     * @param yaml the text
     * @throws DescriptionException if it can't be used, naming file and line
     */
    public static Instrument parse(String file, String yaml) {
        return InstrumentParser.parse(file, yaml);
    }

    /** Whether a header is one of this instrument's. */
    public boolean recognises(Function<String, @Nullable String> cards) {
        return recognition.stream()
                .anyMatch(all -> all.stream().allMatch(pattern -> pattern.fits(cards.apply(pattern.card()))));
    }

    /** What it says of a disperser, without regard to case. */
    public Optional<DescribedDisperser> disperser(String label) {
        return dispersers.stream()
                .filter(d -> d.label().equalsIgnoreCase(label.strip()))
                .findFirst();
    }

    /** Cards that tell the instrument, in the order of the description. */
    public List<String> identifyingCards() {
        return recognition.stream()
                .flatMap(List::stream)
                .map(CardPattern::card)
                .distinct()
                .toList();
    }
}
