package io.spectractor.core.observation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the chip a frame shows, and how its pixels were binned on the chip.
 *
 * <p>Binning: CCDSUM, XBINNING and YBINNING, or CCDXBIN and CCDYBIN. Place: XSTART and YSTART, CCDSEC, DETSEC, or LTV1
 * and LTV2 with LTM1_1 and LTM2_2, as IRAF writes them into a section of an image; without these a DATASEC that has the
 * size of the frame and lies beyond it.
 *
 * @param binning chip pixels per pixel of the frame, along each axis
 * @param x0 column of the chip where the frame starts, from 0, in pixels of the frame
 * @param y0 row of the chip, likewise
 * @param known whether the header says where the frame lies; not if it looks like the whole chip binned, without a card of that
 */
public record ReadoutWindow(int binning, int x0, int y0, boolean known) {
    private static final int MOST_BINNING = 16;
    private static final Pattern PAIR = Pattern.compile("(\\d+)[\\s,x*]+(\\d+)");
    private static final Pattern SECTION =
            Pattern.compile("\\[\\s*(\\d+)\\s*:\\s*(\\d+)\\s*,\\s*(\\d+)\\s*:\\s*(\\d+)\\s*]");

    /** The whole chip, not binned. */
    public static final ReadoutWindow FULL = new ReadoutWindow(1, 0, 0, true);

    /** A place on the chip, from 0, in chip pixels. */
    private record Origin(long x, long y) {}

    /**
     * What the header says.
     *
     * @param name of the file, for messages
     * @param header of the image
     * @param width columns of the frame
     * @param height rows of the frame
     * @param chipWidth columns of the chip
     * @param chipHeight rows of the chip
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE, naming the cards, if they contradict each
     *     other or the size of the frame, or the binning is not square
     */
    static ReadoutWindow of(String name, FitsHeader header, int width, int height, int chipWidth, int chipHeight) {
        int binning = binning(name, header);
        boolean whole = width * binning >= chipWidth && height * binning >= chipHeight;
        boolean likeBinned = binning == 1
                && !whole
                && chipWidth % width == 0
                && chipHeight % height == 0
                && chipWidth / width == chipHeight / height
                && chipWidth / width <= MOST_BINNING;
        Map<String, Origin> origins = origins(name, header, binning);
        if (origins.isEmpty()) {
            dataSection(name, header, width, height).ifPresent(origin -> origins.put("DATASEC", origin));
        }
        Origin found = null;
        String where = "";
        for (Map.Entry<String, Origin> entry : origins.entrySet()) {
            Origin origin = entry.getValue();
            if (origin.x() == 0 && origin.y() == 0) {
                continue;
            }
            if (found != null && !found.equals(origin)) {
                throw UnprocessableFile.because(
                        name,
                        where + " and " + entry.getKey()
                                + " name different parts of the chip; correct the one that is wrong");
            }
            found = origin;
            where = where.isEmpty() ? entry.getKey() : where;
        }
        if (found == null) {
            return new ReadoutWindow(binning, 0, 0, whole || (!origins.isEmpty() && !likeBinned));
        }
        boolean fits = found.x() >= 0
                && found.y() >= 0
                && found.x() + (long) width * binning <= chipWidth
                && found.y() + (long) height * binning <= chipHeight;
        if (!fits) {
            throw UnprocessableFile.because(
                    name,
                    where + " says that the frame starts at column " + (found.x() + 1) + " and row " + (found.y() + 1)
                            + " of the chip, but " + width + " x " + height + " pixels"
                            + (binning > 1 ? " of " + binning + " x " + binning : "") + " do not fit there into "
                            + chipWidth + " x " + chipHeight + "; correct the card");
        }
        return new ReadoutWindow(
                binning,
                (int) Math.round(found.x() / (double) binning),
                (int) Math.round(found.y() / (double) binning),
                true);
    }

    /** Whether the frame is a part of the chip that does not begin at its first pixel. */
    boolean isShifted() {
        return x0 != 0 || y0 != 0;
    }

    /** The frame's pixels in their place on a chip of this size, NaN around them. */
    void placeOnChip(float[] pixels, int width, int height, float[] chip, int chipWidth) {
        Arrays.fill(chip, Float.NaN);
        for (int y = 0; y < height; y++) {
            System.arraycopy(pixels, y * width, chip, (y0 + y) * chipWidth + x0, width);
        }
    }

    /** The frame's mask bits in their place on a chip of this size, 0 around them. */
    byte[] onChip(byte[] bits, int width, int height, int chipWidth, int chipHeight) {
        byte[] chip = new byte[chipWidth * chipHeight];
        for (int y = 0; y < height; y++) {
            System.arraycopy(bits, y * width, chip, (y0 + y) * chipWidth + x0, width);
        }
        return chip;
    }

    private static int binning(String name, FitsHeader header) {
        int found = 1;
        String where = "";
        for (String card : new String[] {"CCDSUM", "XBINNING", "CCDXBIN", "BINX"}) {
            int[] pair = pair(name, header, card);
            if (pair == null) {
                continue;
            }
            if (pair[0] != pair[1]) {
                throw UnprocessableFile.because(
                        name,
                        card + " says " + pair[0] + " x " + pair[1]
                                + ": frames whose pixels are not square cannot be extracted");
            }
            if (!where.isEmpty() && found != pair[0]) {
                throw UnprocessableFile.because(
                        name,
                        where + " says a binning of " + found + ", " + card + " of " + pair[0] + "; which is right?");
            }
            found = pair[0];
            where = card;
        }
        return found;
    }

    private static int @Nullable [] pair(String name, FitsHeader header, String card) {
        String text = header.text(card);
        if (text == null) {
            return null;
        }
        int[] pair;
        if (card.equals("CCDSUM")) {
            Matcher parts = PAIR.matcher(text);
            pair = parts.matches()
                            && parts.group(1).length() < 4
                            && parts.group(2).length() < 4
                    ? new int[] {Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))}
                    : new int[] {0, 0};
        } else {
            Double x = header.number(card);
            Double y = header.number(card.replace('X', 'Y'));
            pair = new int[] {x == null ? 0 : x.intValue(), y == null ? (x == null ? 0 : x.intValue()) : y.intValue()};
        }
        if (pair[0] < 1 || pair[1] < 1 || pair[0] > MOST_BINNING || pair[1] > MOST_BINNING) {
            throw UnprocessableFile.because(
                    name, card + " = '" + UnprocessableFile.quote(text) + "' is not a binning (as '2 2')");
        }
        return pair;
    }

    private static Map<String, Origin> origins(String name, FitsHeader header, int binning) {
        Map<String, Origin> origins = new LinkedHashMap<>();
        Double xStart = header.number("XSTART");
        Double yStart = header.number("YSTART");
        if (xStart != null || yStart != null) {
            origins.put("XSTART, YSTART", new Origin(start(xStart), start(yStart)));
        }
        for (String card : new String[] {"CCDSEC", "DETSEC"}) {
            String text = header.text(card);
            if (text != null) {
                Matcher s = SECTION.matcher(text);
                if (!s.matches() || number(s, 1) > number(s, 2) || number(s, 3) > number(s, 4)) {
                    throw UnprocessableFile.because(
                            name,
                            card + " = '" + UnprocessableFile.quote(text)
                                    + "' is not a part of a chip (as '[401:1700,401:1200]') that is read from left to"
                                    + " right and upwards");
                }
                origins.put(card, new Origin(number(s, 1) - 1, number(s, 3) - 1));
            }
        }
        Double shiftX = header.number("LTV1");
        Double shiftY = header.number("LTV2");
        if (shiftX != null || shiftY != null) {
            double scaleX = scale(name, header, "LTM1_1", binning);
            double scaleY = scale(name, header, "LTM2_2", binning);
            origins.put("LTV1, LTV2", new Origin(chip(shiftX, scaleX, binning), chip(shiftY, scaleY, binning)));
        } else {
            scale(name, header, "LTM1_1", binning);
            scale(name, header, "LTM2_2", binning);
        }
        return origins;
    }

    /**
     * DATASEC is the part of the frame that holds sky. Some cameras write the part of the chip into it: that is meant where
     * it lies beyond the frame and has its size.
     */
    private static Optional<Origin> dataSection(String name, FitsHeader header, int width, int height) {
        String text = header.text("DATASEC");
        Matcher s = SECTION.matcher(text == null ? "" : text);
        if (!s.matches() || (number(s, 2) <= width && number(s, 4) <= height)) {
            return Optional.empty();
        }
        if (number(s, 2) - number(s, 1) + 1 != width || number(s, 4) - number(s, 3) + 1 != height) {
            throw UnprocessableFile.because(
                    name,
                    "DATASEC = '" + UnprocessableFile.quote(text) + "' is neither a part of this frame of " + width
                            + " x " + height + " pixels nor a part of the chip of that size; correct the card");
        }
        return Optional.of(new Origin(number(s, 1) - 1, number(s, 3) - 1));
    }

    private static long start(@Nullable Double card) {
        return card == null ? 0 : Math.round(card) - 1;
    }

    private static long number(Matcher section, int group) {
        String text = section.group(group);
        return text.length() > 7 ? Integer.MAX_VALUE : Long.parseLong(text);
    }

    /**
     * IRAF: frame = LTM * chip + LTV, from 1. With LTM = 1 the chip's pixels are the binned ones, else the first pixel of
     * the frame starts where chip + 1/2 is frame + 1/2.
     */
    private static long chip(@Nullable Double shift, double scale, int binning) {
        if (shift == null) {
            return 0;
        }
        return scale == 1 ? Math.round(-shift) * binning : Math.round((0.5 - shift) / scale - 0.5);
    }

    private static double scale(String name, FitsHeader header, String card, int binning) {
        Double scale = header.number(card);
        if (scale == null || Math.abs(scale - 1) < 1e-6) {
            return 1;
        }
        if (Math.abs(scale * binning - 1) > 1e-6) {
            throw UnprocessableFile.because(
                    name,
                    card + " = " + scale + ": the frame was rebinned or flipped after it was read, and the header"
                            + " doesn't say how; take the frame as it was read");
        }
        return scale;
    }
}
