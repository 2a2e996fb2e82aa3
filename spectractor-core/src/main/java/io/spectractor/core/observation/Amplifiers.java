package io.spectractor.core.observation;

import io.spectractor.core.config.InstrumentConfig;
import io.spectractor.core.instrument.AmplifierGrid;
import io.spectractor.core.instrument.AmplifierGrid.AmplifierRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The amplifiers that read equal parts of the image each: {@code columns} along x, {@code rows} along y.
 *
 * @param columns amplifiers along x
 * @param rows amplifiers along y
 * @param list from the lower left, row by row
 */
record Amplifiers(int columns, int rows, List<Amplifier> list) {
    /**
     * One of them.
     *
     * @param gain electrons per unit of the pixels
     * @param readNoise electrons, RMS
     */
    record Amplifier(double gain, double readNoise) {}

    Amplifiers {
        list = List.copyOf(list);
    }

    /** The amplifier in a column and a row of the grid. */
    Amplifier at(int column, int row) {
        return list.get(row * columns + column);
    }

    /**
     * The amplifiers of a frame.
     *
     * @param name of the file, for messages
     * @param grid as described
     * @param cards the header
     * @param config gain and noise that win over header and description
     * @param electrons whether the pixels count electrons already
     */
    static Amplifiers of(
            String name,
            AmplifierGrid grid,
            Function<String, @Nullable String> cards,
            InstrumentConfig config,
            boolean electrons) {
        List<Amplifier> list = new ArrayList<>();
        for (AmplifierRule rule : grid.amplifiers()) {
            double gain = 1;
            if (!electrons) {
                gain = config.gain() > 0 ? config.gain() : value(name, cards, rule.gainCard(), rule.gain());
                if (gain <= 0) {
                    throw UnprocessableFile.because(name, rule.gainCard() + " = " + gain + " is not a gain");
                }
            }
            double noise =
                    config.readNoise() > 0 ? config.readNoise() : value(name, cards, rule.noiseCard(), rule.noise());
            if (noise < 0) {
                throw UnprocessableFile.because(name, rule.noiseCard() + " = " + noise + " is not a read-out noise");
            }
            list.add(new Amplifier(gain, noise));
        }
        return new Amplifiers(grid.columns(), grid.rows(), list);
    }

    private static double value(String name, Function<String, @Nullable String> cards, String card, double otherwise) {
        if (card.isEmpty()) {
            return otherwise;
        }
        String text = cards.apply(card);
        if (text == null) {
            if (otherwise > 0) {
                return otherwise;
            }
            throw UnprocessableFile.because(name, "card " + card + " is missing or blank");
        }
        Double value = NumberFinder.parse(text, "");
        if (value == null) {
            throw UnprocessableFile.because(name, card + " = '" + UnprocessableFile.quote(text) + "' is not a number");
        }
        return value;
    }
}
