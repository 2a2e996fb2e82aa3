package io.spectractor.core.observation;

import io.spectractor.core.outcome.ExtractionException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the HDUs of a FITS file lie. Every length is checked against the bytes that are there before anything is
 * allocated, so a header that lies costs a message, not the memory.
 *
 * @param hdus the HDUs in file order, at least the primary
 * @param paddingMissing whether the file ends with its data, without the padding up to a full block
 */
record FitsLayout(List<FitsHdu> hdus, boolean paddingMissing) {
    private static final int BLOCK = 2880;
    private static final int CARD = FitsHeader.CARD;

    /**
     * Walks through the file.
     *
     * @param name file name for messages
     * @param bytes content of the file, uncompressed
     * @throws ExtractionException UNPROCESSABLE, naming the file, the HDU and the cause
     */
    static FitsLayout of(String name, byte[] bytes) {
        checkIsFits(name, bytes);
        List<FitsHdu> hdus = new ArrayList<>();
        boolean paddingMissing = false;
        long position = 0;
        // After the last HDU a file may hold anything (FITS 4.0 §3.5, special records); only XTENSION starts another
        // HDU.
        while (position == 0 || startsWith(bytes, (int) position, "XTENSION")) {
            FitsHdu hdu = hduAt(name, bytes, (int) position, hdus.size());
            hdus.add(hdu);
            long dataEnd = (long) hdu.dataOffset() + hdu.dataLength();
            position = roundUp(dataEnd);
            paddingMissing = position > bytes.length;
            if (position > bytes.length) {
                break;
            }
        }
        return new FitsLayout(List.copyOf(hdus), paddingMissing);
    }

    /** Names (EXTNAME) of the HDUs, empty where one has none. */
    List<String> names() {
        return hdus.stream()
                .map(h -> h.header().text("EXTNAME"))
                .map(n -> n == null ? "" : n)
                .toList();
    }

    /** The HDU of a name, without regard to case. */
    Optional<FitsHdu> named(String name) {
        return hdus.stream()
                .filter(h -> name.equalsIgnoreCase(h.header().text("EXTNAME")))
                .findFirst();
    }

    private static void checkIsFits(String name, byte[] bytes) {
        if (bytes.length == 0) {
            throw UnprocessableFile.because(name, "the file is empty");
        }
        if (!startsWith(bytes, 0, "SIMPLE  =")) {
            throw UnprocessableFile.because(name, "not a FITS file: it " + looksLike(bytes));
        }
    }

    private static String looksLike(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 256), StandardCharsets.ISO_8859_1);
        String lower = start.stripLeading().toLowerCase(Locale.ROOT);
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html") || lower.startsWith("<?xml")) {
            return "is an HTML or XML page, perhaps a server's error message; fetch the file again";
        }
        if ("SIMPLE  =".startsWith(start)) {
            return "ends after " + bytes.length + " bytes; fetch the file again";
        }
        if (start.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\n' || c == '\r' || c == '\t')) {
            return "is text that starts with \""
                    + start.strip()
                            .lines()
                            .findFirst()
                            .map(UnprocessableFile::quote)
                            .orElse("") + "\"";
        }
        if (start.startsWith("BZh")) {
            return "is compressed with bzip2; unpack it or use gzip";
        }
        if (start.startsWith("\u00fd7zXZ")) {
            return "is compressed with xz; unpack it or use gzip";
        }
        if (start.chars().allMatch(c -> c == 0)) {
            return "starts with zeros";
        }
        return "does not start with SIMPLE";
    }

    private static FitsHdu hduAt(String name, byte[] bytes, int start, int index) {
        List<String> cards = new ArrayList<>();
        int position = start;
        while (true) {
            if (position + CARD > bytes.length) {
                throw UnprocessableFile.because(
                        name,
                        "truncated in the header of " + FitsHdu.label(index) + ": no END card in "
                                + (bytes.length - start) + " bytes; fetch the file again");
            }
            if (!isCard(bytes, position)) {
                throw UnprocessableFile.because(
                        name,
                        "the header of " + FitsHdu.label(index) + " has no END card: after " + cards.size()
                                + " cards come bytes that are no card");
            }
            String card = card(bytes, position);
            position += CARD;
            if (card.startsWith("END     ")) {
                break;
            }
            cards.add(card);
        }
        FitsHeader header = FitsHeader.of(cards);
        long dataOffset = roundUp(position);
        long dataLength = dataLength(name, header, FitsHdu.label(index));
        long found = Math.max(0, bytes.length - dataOffset);
        if (found < dataLength) {
            throw UnprocessableFile.because(
                    name,
                    "truncated in the data of " + FitsHdu.label(index) + ": " + dataLength + " bytes expected, " + found
                            + " found; fetch the file again");
        }
        return new FitsHdu(index, header, (int) Math.min(dataOffset, bytes.length), (int) dataLength);
    }

    /** Bytes of data that a header announces, padding excluded: FITS 4.0, eq. 1 and 2. */
    static long dataLength(String name, FitsHeader header, String label) {
        long bitpix = wholeNumber(name, header, "BITPIX", label);
        if (bitpix != 8 && bitpix != 16 && Math.abs(bitpix) != 32 && Math.abs(bitpix) != 64) {
            throw UnprocessableFile.because(name, "BITPIX = " + bitpix + " in " + label + " is not a FITS pixel type");
        }
        long axes = wholeNumber(name, header, "NAXIS", label);
        if (axes < 0 || axes > 999) {
            throw UnprocessableFile.because(name, "NAXIS = " + axes + " in " + label + " is impossible");
        }
        if (axes == 0) {
            return 0;
        }
        try {
            long pixels = 1;
            for (int axis = 1; axis <= axes; axis++) {
                long length = wholeNumber(name, header, "NAXIS" + axis, label);
                if (length < 0) {
                    throw UnprocessableFile.because(
                            name, "NAXIS" + axis + " = " + length + " in " + label + " is impossible");
                }
                pixels = Math.multiplyExact(pixels, length);
            }
            Long groups = header.integer("GCOUNT");
            Long heap = header.integer("PCOUNT");
            long count = Math.addExact(pixels, heap == null ? 0 : heap);
            long values = Math.multiplyExact(count, groups == null ? 1 : groups);
            if (values < 0) {
                throw UnprocessableFile.because(name, "PCOUNT or GCOUNT in " + label + " is impossible");
            }
            return Math.multiplyExact(values, Math.abs(bitpix) / 8);
        } catch (ArithmeticException e) {
            throw UnprocessableFile.because(
                    name, "the axes of " + label + " announce more data than any file holds", e);
        }
    }

    private static long wholeNumber(String name, FitsHeader header, String keyword, String label) {
        Long value = header.integer(keyword);
        if (value != null) {
            return value;
        }
        String text = header.text(keyword);
        throw UnprocessableFile.because(
                name,
                text == null
                        ? "card " + keyword + " is missing in " + label
                        : keyword + " = " + UnprocessableFile.quote(text) + " in " + label + " is not a whole number");
    }

    private static long roundUp(long length) {
        return (length + BLOCK - 1) / BLOCK * BLOCK;
    }

    private static boolean startsWith(byte[] bytes, int offset, String text) {
        if (offset + text.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[offset + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Pixels read as a card betray themselves by a keyword field that is no text. Tabs and line ends do not belong into
     * a card but are found there.
     */
    private static boolean isCard(byte[] bytes, int offset) {
        for (int i = offset; i < offset + 8; i++) {
            if (!isPrintable(bytes[i]) && !isBlank(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(byte b) {
        return b >= ' ' && b <= '~';
    }

    private static boolean isBlank(byte b) {
        return b == '\t' || b == '\r' || b == '\n';
    }

    /** A card; of the bytes that FITS does not allow in one, tabs become blanks and accents question marks. */
    private static String card(byte[] bytes, int offset) {
        char[] text = new char[CARD];
        for (int i = 0; i < CARD; i++) {
            byte b = bytes[offset + i];
            text[i] = isPrintable(b) ? (char) b : isBlank(b) ? ' ' : '?';
        }
        return new String(text);
    }
}
