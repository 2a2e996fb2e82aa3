package io.spectractor.core.observation;

import io.spectractor.core.outcome.ExtractionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import nom.tam.fits.Fits;
import nom.tam.image.compression.hdu.CompressedImageHDU;
import nom.tam.util.ArrayFuncs;

/**
 * A tile-compressed image (Rice, gzip, ...; FITS 4.0, §10), as fpack writes it into the first extension.
 *
 * <p>nom-tam-fits unpacks it. It is handed the structural cards only: the observatory's own cards, with their duplicates
 * and long strings, would make it log warnings and depend on its global settings.
 */
final class CompressedFrame {
    private static final int BLOCK = 2880;
    private static final String EMPTY_PRIMARY = card("SIMPLE  =                    T")
            + card("BITPIX  =                    8")
            + card("NAXIS   =                    0")
            + card("EXTEND  =                    T")
            + card("END");

    private static final Pattern TABLE_KEYWORD = Pattern.compile(
            "XTENSION|BITPIX|NAXIS[0-9]*|PCOUNT|GCOUNT|TFIELDS|THEAP|T(TYPE|FORM|UNIT|NULL|SCAL|ZERO|DIM|DISP)[0-9]+");
    private static final Pattern COMPRESSION_KEYWORD = Pattern.compile(
            "ZIMAGE|ZCMPTYPE|ZTILE[0-9]+|ZNAME[0-9]+|ZVAL[0-9]+|ZMASKCMP|ZQUANTIZ|ZDITHER0|ZBLANK|ZSCALE|ZZERO");
    private static final Map<String, String> IMAGE_KEYWORDS = Map.of(
            "ZSIMPLE", "SIMPLE",
            "ZBITPIX", "BITPIX",
            "ZNAXIS", "NAXIS",
            "ZNAXIS1", "NAXIS1",
            "ZNAXIS2", "NAXIS2",
            "ZNAXIS3", "NAXIS3",
            "ZEXTEND", "EXTEND");
    private static final Pattern NOT_OF_THE_IMAGE =
            Pattern.compile("CHECKSUM|DATASUM|ZHECKSUM|ZDATASUM|ZTENSION|ZPCOUNT|ZGCOUNT|EXTNAME|EXTVER|EXTEND");

    private CompressedFrame() {}

    static boolean isIn(FitsHdu hdu) {
        return hdu.header().isTrue("ZIMAGE");
    }

    /** The header of the image before its compression: structural cards translated, the others verbatim. */
    static FitsHeader imageHeader(FitsHdu hdu) {
        List<String> cards = hdu.header()
                .cardsRenamed(
                        IMAGE_KEYWORDS,
                        keyword -> TABLE_KEYWORD.matcher(keyword).matches()
                                || COMPRESSION_KEYWORD.matcher(keyword).matches()
                                || NOT_OF_THE_IMAGE.matcher(keyword).matches());
        return FitsHeader.of(cards);
    }

    /**
     * The stored pixels, unpacked, before BSCALE and BZERO.
     *
     * @param pixels how many there must be
     * @throws ExtractionException UNPROCESSABLE if they cannot be unpacked
     */
    static Buffer unpack(String name, byte[] content, FitsHdu hdu, int pixels) {
        checkDataSum(name, content, hdu);
        String method = Objects.requireNonNullElse(hdu.header().text("ZCMPTYPE"), "no method named");
        Buffer unpacked;
        // nom-tam-fits reports damage by exceptions of many types, among them ArrayIndexOutOfBounds and
        // BufferUnderflow.
        try (Fits fits = new Fits(new ByteArrayInputStream(structureOnly(content, hdu)))) {
            fits.readHDU();
            if (!(fits.readHDU() instanceof CompressedImageHDU compressed)) {
                throw UnprocessableFile.because(name, "no compressed image in " + hdu.label());
            }
            unpacked = flat(compressed.asImageHDU().getData().getKernel());
        } catch (ExtractionException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw UnprocessableFile.because(
                    name,
                    "the compressed image (" + method + ") in " + hdu.label() + " cannot be unpacked (" + rootMessage(e)
                            + "); fetch the file again",
                    e);
        }
        if (unpacked.capacity() < pixels) {
            throw UnprocessableFile.because(
                    name, "the compressed image (" + method + ") in " + hdu.label() + " holds too few pixels");
        }
        return unpacked;
    }

    /** A flipped bit in a Rice stream unpacks to wrong pixels without complaint: the checksum that fpack adds tells. */
    private static void checkDataSum(String name, byte[] content, FitsHdu hdu) {
        Long expected = hdu.header().integer("DATASUM");
        if (expected == null) {
            return;
        }
        long actual = dataSum(content, hdu.dataOffset(), hdu.dataLength());
        if (actual != expected) {
            throw UnprocessableFile.because(
                    name,
                    "damaged: the data of " + hdu.label() + " sum up to " + actual + ", DATASUM says " + expected
                            + "; fetch the file again");
        }
    }

    /** Ones' complement sum of the data as big-endian 32-bit words (FITS 4.0, appendix J). */
    static long dataSum(byte[] bytes, int offset, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (bytes[offset + i] & 0xffL) << (24 - 8 * (i & 3));
        }
        while (sum >>> 32 != 0) {
            sum = (sum & 0xffffffffL) + (sum >>> 32);
        }
        return sum;
    }

    /** nom-tam-fits gives rows of rows; one flat buffer of the same type holds them here. */
    private static Buffer flat(Object kernel) {
        Object array = ArrayFuncs.flatten(kernel);
        if (array instanceof float[] floats) {
            return FloatBuffer.wrap(floats);
        }
        if (array instanceof short[] shorts) {
            return ShortBuffer.wrap(shorts);
        }
        if (array instanceof int[] ints) {
            return IntBuffer.wrap(ints);
        }
        if (array instanceof double[] doubles) {
            return DoubleBuffer.wrap(doubles);
        }
        if (array instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        return LongBuffer.wrap((long[]) array);
    }

    /** A FITS file with the compressed table alone, its header reduced to what describes the compression. */
    private static byte[] structureOnly(byte[] content, FitsHdu hdu) {
        StringBuilder header = new StringBuilder();
        for (String card : hdu.header().cards()) {
            String keyword = card.substring(0, 8).trim();
            // nom-tam-fits writes ZQUANTIZ = 'NONE' itself, but warns when it reads that
            boolean notQuantised =
                    keyword.equals("ZQUANTIZ") && "NONE".equals(hdu.header().text(keyword));
            if (notQuantised) {
                continue;
            }
            if (TABLE_KEYWORD.matcher(keyword).matches()
                    || COMPRESSION_KEYWORD.matcher(keyword).matches()
                    || IMAGE_KEYWORDS.containsKey(keyword)) {
                header.append(card);
            }
        }
        header.append(card("END"));
        byte[] primary = block(EMPTY_PRIMARY);
        byte[] extension = block(header.toString());
        int dataStart = primary.length + extension.length;
        int padded = (hdu.dataLength() + BLOCK - 1) / BLOCK * BLOCK;
        byte[] file = new byte[dataStart + padded];
        System.arraycopy(primary, 0, file, 0, primary.length);
        System.arraycopy(extension, 0, file, primary.length, extension.length);
        System.arraycopy(content, hdu.dataOffset(), file, dataStart, hdu.dataLength());
        return file;
    }

    private static byte[] block(String cards) {
        int padded = (cards.length() + BLOCK - 1) / BLOCK * BLOCK;
        return FitsHeader.padded(cards, padded).getBytes(StandardCharsets.US_ASCII);
    }

    private static String card(String text) {
        return FitsHeader.padded(text, FitsHeader.CARD);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : UnprocessableFile.quote(message);
    }
}
