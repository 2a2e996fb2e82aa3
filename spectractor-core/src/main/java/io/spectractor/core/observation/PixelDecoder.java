package io.spectractor.core.observation;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns stored pixels into floats: {@code BZERO + BSCALE * stored}, with {@code BLANK} as NaN (FITS 4.0, §4.4.2.5).
 * Floats hold integers exactly up to 2^24, far beyond any CCD's counts.
 *
 * @param scale BSCALE
 * @param zero BZERO
 * @param blank BLANK, or null; counts for integer pixels only
 */
record PixelDecoder(double scale, double zero, @Nullable Long blank) {
    private static final int CHUNK = 4096;

    static PixelDecoder of(FitsHeader header) {
        Double scale = header.number("BSCALE");
        Double zero = header.number("BZERO");
        return new PixelDecoder(scale == null ? 1 : scale, zero == null ? 0 : zero, header.integer("BLANK"));
    }

    /** The same with another BLANK. */
    PixelDecoder withBlank(@Nullable Long other) {
        return new PixelDecoder(scale, zero, other);
    }

    /** The same with another BZERO. */
    PixelDecoder withZero(double other) {
        return new PixelDecoder(scale, other, blank);
    }

    /** Applies BSCALE and BZERO to real numbers, in place. */
    float[] scaled(float[] pixels) {
        scaleReal(pixels);
        return pixels;
    }

    /** A view of big-endian bytes as pixels of the type that BITPIX names. */
    static Buffer view(byte[] bytes, int offset, int length, int bitpix) {
        ByteBuffer data = ByteBuffer.wrap(bytes, offset, length).slice();
        return switch (bitpix) {
            case 8 -> data;
            case 16 -> data.asShortBuffer();
            case 32 -> data.asIntBuffer();
            case 64 -> data.asLongBuffer();
            case -32 -> data.asFloatBuffer();
            case -64 -> data.asDoubleBuffer();
            default -> throw new IllegalArgumentException("BITPIX = " + bitpix);
        };
    }

    /** Reads {@code n} pixels from the start of the buffer, whatever its type. */
    float[] decode(Buffer stored, int n) {
        return decode(stored, new float[n]);
    }

    /** Reads as many pixels as there is room for. */
    float[] decode(Buffer stored, float[] pixels) {
        int n = pixels.length;
        if (stored instanceof FloatBuffer floats) {
            floats.get(0, pixels);
            scaleReal(pixels);
        } else if (stored instanceof DoubleBuffer doubles) {
            for (int i = 0; i < n; i++) {
                pixels[i] = (float) (zero + scale * doubles.get(i));
            }
        } else if (stored instanceof ShortBuffer shorts) {
            decode(shorts, pixels);
        } else if (stored instanceof IntBuffer ints) {
            for (int i = 0; i < n; i++) {
                pixels[i] = integer(ints.get(i));
            }
        } else if (stored instanceof LongBuffer longs) {
            for (int i = 0; i < n; i++) {
                pixels[i] = integer(longs.get(i));
            }
        } else if (stored instanceof ByteBuffer unsignedBytes) {
            for (int i = 0; i < n; i++) {
                pixels[i] = integer(unsignedBytes.get(i) & 0xff);
            }
        } else {
            throw new IllegalArgumentException("no pixel type: " + stored);
        }
        return pixels;
    }

    /** Most frames: the bytes are put in order many at once. */
    private void decode(ShortBuffer stored, float[] pixels) {
        short[] some = new short[Math.min(pixels.length, CHUNK)];
        for (int begin = 0; begin < pixels.length; begin += some.length) {
            int n = Math.min(some.length, pixels.length - begin);
            stored.get(begin, some, 0, n);
            for (int i = 0; i < n; i++) {
                pixels[begin + i] = (float) (zero + scale * some[i]);
            }
            for (int i = 0; blank != null && i < n; i++) {
                pixels[begin + i] = some[i] == blank ? Float.NaN : pixels[begin + i];
            }
        }
    }

    private float integer(long stored) {
        return blank != null && stored == blank ? Float.NaN : (float) (zero + scale * stored);
    }

    private void scaleReal(float[] pixels) {
        if (scale == 1 && zero == 0) {
            return;
        }
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (zero + scale * pixels[i]);
        }
    }
}
