package io.spectractor.core.product;

import io.spectractor.core.product.ProductFormatException.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HDU of a file in memory: where it lies and what its header says. */
final class StoredHdu {
    private final String file;
    private final byte[] bytes;
    private final int start;
    private final int dataStart;
    private final List<String> cards;
    private final Map<String, Object> values;
    private int end;

    private StoredHdu(String file, byte[] bytes, int start, int dataStart, List<String> cards) {
        this.file = file;
        this.bytes = bytes;
        this.start = start;
        this.dataStart = dataStart;
        this.cards = cards;
        this.values = values(cards);
    }

    /**
     * Finds the HDUs of a file.
     *
     * @throws ProductFormatException if it is not FITS or not complete
     */
    static List<StoredHdu> split(byte[] bytes, String file) throws ProductFormatException {
        if (bytes.length == 0) {
            throw new ProductFormatException(Problem.NOT_FITS, file, "the file is empty; extract the image again");
        }
        if (!startsWith(bytes, 0, "SIMPLE  =")) {
            throw new ProductFormatException(
                    Problem.NOT_FITS, file, "not a FITS file; give a *_spectrum.fits written by spectractor run");
        }
        List<StoredHdu> hdus = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            if (!hdus.isEmpty() && !startsWith(bytes, at, "XTENSION=")) {
                throw new ProductFormatException(
                        bytes.length - at < 9 ? Problem.TRUNCATED : Problem.MALFORMED,
                        file,
                        "unknown bytes behind HDU " + (hdus.size() - 1) + "; extract the image again");
            }
            StoredHdu hdu = readHeader(bytes, at, file, hdus.size());
            long dataEnd = hdu.dataStart + paddedLength(hdu.dataLength());
            if (dataEnd > bytes.length) {
                throw truncated(file, hdus.size(), "data of HDU " + hdu.name());
            }
            hdu.end = (int) dataEnd;
            hdus.add(hdu);
            at = hdu.end;
        }
        return hdus;
    }

    private static StoredHdu readHeader(byte[] bytes, int start, String file, int number)
            throws ProductFormatException {
        List<String> cards = new ArrayList<>();
        for (int at = start; at + CardText.LENGTH <= bytes.length; at += CardText.LENGTH) {
            String card = new String(bytes, at, CardText.LENGTH, StandardCharsets.US_ASCII);
            if (card.startsWith("END ") && card.substring(3).isBlank()) {
                int headerLength = (int) paddedLength((long) at + CardText.LENGTH - start);
                return new StoredHdu(file, bytes, start, start + headerLength, cards);
            }
            cards.add(card);
        }
        throw truncated(file, number, "header");
    }

    private static ProductFormatException truncated(String file, int number, String what) {
        return new ProductFormatException(
                Problem.TRUNCATED,
                file,
                "truncated in the " + what + " (HDU number " + number + "); extract the image again");
    }

    private static Map<String, Object> values(List<String> cards) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < cards.size(); ) {
            int next = i + 1;
            while (next < cards.size()
                    && cards.get(next).startsWith("CONTINUE")
                    && Card.isContinued(cards.get(next - 1))) {
                next++;
            }
            Card card = Card.parse(cards.subList(i, next));
            if (card.value() != null) {
                values.put(card.keyword(), card.value());
            }
            i = next;
        }
        return values;
    }

    private long dataLength() throws ProductFormatException {
        int axes = size("NAXIS");
        if (axes == 0) {
            return 0;
        }
        try {
            long values = 1;
            for (int i = 1; i <= axes; i++) {
                values = Math.multiplyExact(values, (long) size("NAXIS" + i));
            }
            values = Math.addExact(values, integer("PCOUNT", 0));
            long length = Math.multiplyExact(values, integer("GCOUNT", 1) * Math.abs(integer("BITPIX")) / 8);
            if (length >= 0 && length < Integer.MAX_VALUE - HduAssembler.BLOCK) {
                return length;
            }
        } catch (ArithmeticException e) {
            // the same as too large
        }
        throw malformed("its size is impossible");
    }

    /** EXTNAME; the primary HDU of a file of ours is called PRIMARY. */
    String name() {
        return values.get("EXTNAME") instanceof String name ? name : "";
    }

    /** Offset of the first byte. */
    int start() {
        return start;
    }

    /** Offset behind the last byte. */
    int end() {
        return end;
    }

    /** The header's cards without END. */
    List<String> cards() {
        return List.copyOf(cards);
    }

    /** The data, padding included. */
    ByteBuffer data() {
        return ByteBuffer.wrap(bytes, dataStart, end - dataStart).slice();
    }

    /** Text of a card, or null if there is none. */
    @Nullable
    String text(String keyword) {
        return values.get(keyword) instanceof String text ? text : null;
    }

    /** Number of a card, or NaN if there is none. */
    double real(String keyword) {
        return values.get(keyword) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Whole number of a card. */
    long integer(String keyword) throws ProductFormatException {
        if (values.get(keyword) instanceof Long number) {
            return number;
        }
        throw malformed("the whole number " + keyword + " is missing");
    }

    /** Whole number of a card that fits an int. */
    int whole(String keyword) throws ProductFormatException {
        long number = integer(keyword);
        if (number != (int) number) {
            throw malformed("its " + keyword + ", " + number + ", is impossible");
        }
        return (int) number;
    }

    /** Whole number of a card that counts something. */
    int size(String keyword) throws ProductFormatException {
        int size = whole(keyword);
        if (size < 0) {
            throw malformed("its " + keyword + ", " + size + ", is impossible");
        }
        return size;
    }

    /** Whole number of a card, or a default if there is none. */
    long integer(String keyword, long otherwise) {
        return values.get(keyword) instanceof Long number ? number : otherwise;
    }

    /** Truth value of a card, or a default if there is none. */
    boolean logical(String keyword, boolean otherwise) {
        return values.get(keyword) instanceof Boolean value ? value : otherwise;
    }

    /** An error that names this HDU. */
    ProductFormatException malformed(String wrong) {
        return new ProductFormatException(Problem.MALFORMED, file, "HDU " + name() + ": " + wrong);
    }

    /**
     * Compares DATASUM and CHECKSUM with the bytes. A file that somebody saved again without both is not refused.
     *
     * @throws ProductFormatException if they do not match, or if there is only one of them
     */
    void verify() throws ProductFormatException {
        String stored = text("DATASUM");
        String checksum = text("CHECKSUM");
        if (stored == null && checksum == null) {
            return;
        }
        if (stored == null || checksum == null) {
            throw mismatch("HDU " + name() + " has lost its DATASUM or CHECKSUM");
        }
        long dataSum = FitsChecksum.sum(bytes, dataStart, end - dataStart, 0);
        if (!stored.strip().equals(Long.toString(dataSum))) {
            throw mismatch("the data of HDU " + name() + " do not match its DATASUM");
        }
        long all = FitsChecksum.sum(bytes, start, dataStart - start, dataSum);
        if (all != 0 && all != 0xFFFFFFFFL) {
            throw mismatch("HDU " + name() + " does not match its CHECKSUM");
        }
    }

    private ProductFormatException mismatch(String wrong) {
        return new ProductFormatException(Problem.CHECKSUM_MISMATCH, file, wrong + "; extract the image again");
    }

    private static long paddedLength(long length) {
        return (length + HduAssembler.BLOCK - 1) / HduAssembler.BLOCK * HduAssembler.BLOCK;
    }

    private static boolean startsWith(byte[] bytes, int at, String text) {
        return bytes.length - at >= text.length()
                && new String(bytes, at, text.length(), StandardCharsets.US_ASCII).equals(text);
    }
}
