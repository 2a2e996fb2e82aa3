package io.spectractor.core.instrument;

import java.util.List;

/**
 * The amplifiers that read equal parts of the extracted image, {@code columns} × {@code rows} of them.
 *
 * @param columns amplifiers along x
 * @param rows amplifiers along y
 * @param amplifiers from the lower left, row by row
 */
public record AmplifierGrid(int columns, int rows, List<AmplifierRule> amplifiers) {
    /**
     * Gain and read-out noise of an amplifier.
     *
     * @param name for people
     * @param gainCard card with the gain, or empty
     * @param gain e-/ADU, where there is no card
     * @param noiseCard card with the read-out noise, or empty
     * @param noise electrons, where there is no card
     */
    public record AmplifierRule(String name, String gainCard, double gain, String noiseCard, double noise) {}

    /**
     * @throws IllegalArgumentException if there are not {@code columns * rows} amplifiers
     */
    public AmplifierGrid {
        amplifiers = List.copyOf(amplifiers);
        if (columns < 1 || rows < 1 || amplifiers.size() != columns * rows) {
            throw new IllegalArgumentException(
                    columns + " x " + rows + " amplifiers, but " + amplifiers.size() + " are listed");
        }
    }

    /** The amplifier in a column and a row of the grid. */
    public AmplifierRule at(int column, int row) {
        return amplifiers.get(row * columns + column);
    }
}
