package io.spectractor.core.observation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import nom.tam.fits.compression.algorithm.hcompress.HDecompress;
import org.jspecify.annotations.Nullable;

/**
 * The compressions of FITS 4.0, §10.4, undone for one tile: bytes in, stored pixels out.
 *
 * <p>HCOMPRESS_1 is undone by nom-tam-fits. The others are not: its release 1.21.2, the newest, cuts gzipped tiles off
 * at 64 kB and keeps 16 bits of PLIO's 24.
 *
 * @param method ZCMPTYPE
 * @param bitpix ZBITPIX
 * @param riceBlock BLOCKSIZE of RICE_1
 * @param ricePixelBytes BYTEPIX of RICE_1
 * @param smooth SMOOTH of HCOMPRESS_1
 */
record TileCodec(String method, int bitpix, int riceBlock, int ricePixelBytes, boolean smooth) {
    private static final int HCOMPRESS_HEADER = 14;

    static TileCodec of(FitsHeader header, String method, int bitpix) {
        int block = 32;
        int pixelBytes = bitpix == 8 ? 1 : bitpix == 16 ? 2 : 4;
        boolean smooth = false;
        for (int i = 1; i <= 99; i++) {
            String parameter = header.text("ZNAME" + i);
            if (parameter == null) {
                break;
            }
            Double value = header.number("ZVAL" + i);
            if (value == null) {
                continue;
            }
            switch (parameter.toUpperCase(Locale.ROOT)) {
                case "BLOCKSIZE" -> block = value.intValue();
                case "BYTEPIX" -> pixelBytes = value.intValue();
                case "SMOOTH" -> smooth = value != 0;
                default -> {
                    // SCALE of HCOMPRESS_1 stands in each tile as well; other parameters concern compressing alone
                }
            }
        }
        return new TileCodec(method, bitpix, block, pixelBytes, smooth);
    }

    boolean isKnown() {
        return switch (method) {
            case "RICE_1", "RICE_ONE", "GZIP_1", "GZIP_2", "PLIO_1", "HCOMPRESS_1", "NOCOMPRESS" -> true;
            default -> false;
        };
    }

    /**
     * Decodes a tile.
     *
     * @param cell its bytes
     * @param pixels how many there must be
     * @param real whether the stored numbers are real ones as they are, and not quantised
     * @return a buffer of the type that the numbers have
     * @throws IOException if the bytes are damaged
     * @throws RuntimeException likewise
     */
    Buffer decode(TileTable.Cell cell, int pixels, boolean real) throws IOException {
        return switch (method) {
            case "GZIP_1" -> typed(gunzip(cell, pixels), pixels, real);
            case "GZIP_2" -> typed(unshuffled(gunzip(cell, pixels), pixels), pixels, real);
            case "NOCOMPRESS" -> typed(copy(cell), pixels, real);
            case "RICE_1", "RICE_ONE" ->
                IntBuffer.wrap(RiceDecoder.decode(
                        cell.bytes(),
                        cell.offset(),
                        cell.length(),
                        ricePixelBytes,
                        riceBlock,
                        integersOnly(pixels, real)));
            case "PLIO_1" -> IntBuffer.wrap(PlioDecoder.decode(cell.words(), integersOnly(pixels, real)));
            case "HCOMPRESS_1" -> IntBuffer.wrap(hcompressed(cell, integersOnly(pixels, real)));
            default -> throw new IllegalArgumentException("unknown method");
        };
    }

    /** Decodes what was gzipped because the method of the image could not take it. */
    static Buffer gzipped(TileTable.Cell cell, int pixels, boolean real) throws IOException {
        return typed(gunzip(cell, pixels), pixels, real);
    }

    private int integersOnly(int pixels, boolean real) {
        if (real) {
            throw new IllegalArgumentException("it packs whole numbers only, and there is no ZSCALE");
        }
        return pixels;
    }

    private int[] hcompressed(TileTable.Cell cell, int pixels) {
        ByteBuffer stream = ByteBuffer.wrap(cell.bytes(), cell.offset(), cell.length())
                .slice()
                .asReadOnlyBuffer();
        if (cell.length() < HCOMPRESS_HEADER) {
            throw new IllegalArgumentException("the stream ends too early");
        }
        long announced = (long) stream.getInt(2) * stream.getInt(6);
        if (stream.getInt(2) < 1 || stream.getInt(6) < 1 || announced != pixels) {
            throw new IllegalArgumentException("the stream holds " + announced + " pixels");
        }
        long[] values = new long[pixels];
        new HDecompress().decompress(stream, smooth, values);
        int[] out = new int[pixels];
        for (int i = 0; i < pixels; i++) {
            out[i] = (int) values[i];
        }
        return out;
    }

    private static byte[] gunzip(TileTable.Cell cell, int pixels) throws IOException {
        ByteArrayInputStream packed = new ByteArrayInputStream(cell.bytes(), cell.offset(), cell.length());
        try (GZIPInputStream in = new GZIPInputStream(packed, 8192)) {
            // one more than the widest pixels need shows a stream that is too long
            return in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, 8L * pixels + 1));
        }
    }

    private static byte[] copy(TileTable.Cell cell) {
        byte[] bytes = new byte[cell.length()];
        System.arraycopy(cell.bytes(), cell.offset(), bytes, 0, bytes.length);
        return bytes;
    }

    /** GZIP_2 stores all first bytes of the pixels, then all second ones, and so on. */
    private static byte[] unshuffled(byte[] bytes, int pixels) {
        int size = size(bytes, pixels);
        byte[] out = new byte[bytes.length];
        for (int b = 0; b < size; b++) {
            for (int i = 0; i < pixels; i++) {
                out[i * size + b] = bytes[b * pixels + i];
            }
        }
        return out;
    }

    private static int size(byte[] bytes, int pixels) {
        int size = bytes.length / pixels;
        if (bytes.length % pixels != 0 || (size != 1 && size != 2 && size != 4 && size != 8)) {
            throw new IllegalArgumentException(bytes.length + " bytes unpacked for " + pixels + " pixels");
        }
        return size;
    }

    /** Bytes as numbers. How wide they are follows from how many there are: writers differ in that. */
    private static Buffer typed(byte[] bytes, int pixels, boolean real) {
        int size = size(bytes, pixels);
        Buffer view = view(bytes, size, real);
        if (view == null) {
            throw new IllegalArgumentException("real numbers of " + size + " bytes");
        }
        return view;
    }

    private static @Nullable Buffer view(byte[] bytes, int size, boolean real) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (real) {
            return size == 4 ? buffer.asFloatBuffer() : size == 8 ? buffer.asDoubleBuffer() : null;
        }
        return switch (size) {
            case 1 -> buffer;
            case 2 -> buffer.asShortBuffer();
            case 4 -> buffer.asIntBuffer();
            default -> buffer.asLongBuffer();
        };
    }

    /** Whole numbers of any width as int, which quantised tiles fit. */
    static int[] integers(Buffer stored, int pixels) {
        int[] out = new int[pixels];
        if (stored instanceof IntBuffer ints) {
            ints.get(0, out);
            return out;
        }
        for (int i = 0; i < pixels; i++) {
            if (stored instanceof ShortBuffer shorts) {
                out[i] = shorts.get(i);
            } else if (stored instanceof ByteBuffer bytes) {
                out[i] = bytes.get(i) & 0xff;
            } else {
                throw new IllegalArgumentException(
                        "quantised numbers of " + stored.getClass().getSimpleName());
            }
        }
        return out;
    }
}
