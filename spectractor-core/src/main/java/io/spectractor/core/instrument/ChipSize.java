package io.spectractor.core.instrument;

/**
 * How large the whole chip is, of which a frame may show a window.
 *
 * @param columns unbinned px
 * @param rows unbinned px
 */
public record ChipSize(int columns, int rows) {
    /**
     * @throws IllegalArgumentException if there is no such chip
     */
    public ChipSize {
        if (columns < 1 || rows < 1 || (long) columns * rows > 1L << 25) {
            throw new IllegalArgumentException("a chip of " + columns + " x " + rows + " pixels");
        }
    }
}
