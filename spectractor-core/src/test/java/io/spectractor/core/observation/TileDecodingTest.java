package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.core.outcome.ExtractionException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Random;
import nom.tam.fits.compression.algorithm.rice.RiceCompressOption;
import nom.tam.fits.compression.algorithm.rice.RiceCompressor.IntRiceCompressor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tile-compressed files made byte by byte: what is right follows from the integers that were put in. */
class TileDecodingTest {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 200;

    /** A table of one column of tiles, each a cell of bytes, and of further cards. */
    private static byte[] packed(int bitpix, int tileHeight, byte[][] tiles, String column, String... cards) {
        ByteArrayOutputStream heap = new ByteArrayOutputStream();
        ByteBuffer rows = ByteBuffer.allocate(8 * tiles.length);
        for (byte[] tile : tiles) {
            rows.putInt(tile.length).putInt(heap.size());
            heap.writeBytes(tile);
        }
        TestFits table = TestFits.empty()
                .card("XTENSION", "'BINTABLE'")
                .card("BITPIX", 8)
                .card("NAXIS", 2)
                .card("NAXIS1", 8)
                .card("NAXIS2", tiles.length)
                .card("PCOUNT", heap.size())
                .card("GCOUNT", 1)
                .card("TFIELDS", 1)
                .card("TTYPE1", "'" + column + "'")
                .card("TFORM1", column.startsWith("UNC") ? "'1PE'" : "'1PB'")
                .card("ZIMAGE", "T")
                .card("ZBITPIX", bitpix)
                .card("ZNAXIS", 2)
                .card("ZNAXIS1", WIDTH)
                .card("ZNAXIS2", HEIGHT)
                .card("ZTILE1", WIDTH)
                .card("ZTILE2", tileHeight);
        for (String card : cards) {
            table.raw(card);
        }
        byte[] data = TestFits.concat(rows.array(), heap.toByteArray());
        return TestFits.concat(TestFits.image(8).bytes(), table.data(data).bytes());
    }

    private static float[] read(byte[] file) {
        return FitsImage.read(FitsSource.of("a.fits", file)).pixels();
    }

    private static int[] integers() {
        Random random = new Random(3);
        return random.ints(WIDTH * HEIGHT, -30000, 30000).toArray();
    }

    private static byte[] bytes(int[] values, int size) {
        ByteBuffer buffer = ByteBuffer.allocate(size * values.length);
        for (int value : values) {
            if (size == 2) {
                buffer.putShort((short) value);
            } else if (size == 4) {
                buffer.putInt(value);
            } else {
                buffer.putLong(value);
            }
        }
        return buffer.array();
    }

    private static float[] floats(int[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values[i];
        }
        return floats;
    }

    private static byte[] shuffled(byte[] bytes, int size) {
        byte[] out = new byte[bytes.length];
        int n = bytes.length / size;
        for (int i = 0; i < bytes.length; i++) {
            out[i % size * n + i / size] = bytes[i];
        }
        return out;
    }

    /** One tile of 120 to 480 kB. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void largeGzippedTilesKeepEveryPixel(int size) {
        int[] values = integers();
        byte[] raw = bytes(values, size);
        assertThat(read(packed(
                        8 * size, HEIGHT, new byte[][] {TestFits.gzip(raw)}, "COMPRESSED_DATA", "ZCMPTYPE= 'GZIP_1'")))
                .isEqualTo(floats(values));
        assertThat(read(packed(
                        8 * size,
                        HEIGHT,
                        new byte[][] {TestFits.gzip(shuffled(raw, size))},
                        "COMPRESSED_DATA",
                        "ZCMPTYPE= 'GZIP_2'")))
                .isEqualTo(floats(values));
        assertThat(read(packed(8 * size, HEIGHT, new byte[][] {raw}, "COMPRESSED_DATA", "ZCMPTYPE= 'NOCOMPRESS'")))
                .isEqualTo(floats(values));
    }

    /** As astropy writes them with quantize_level=0: no ZSCALE, no ZZERO. NaN stays NaN. */
    @ParameterizedTest
    @ValueSource(strings = {"COMPRESSED_DATA", "GZIP_COMPRESSED_DATA", "UNCOMPRESSED_DATA"})
    void realNumbersThatAreNotQuantised(String column) {
        float[] values = floats(integers());
        values[5] = Float.NaN;
        values[6] = 0.1f;
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length);
        for (float value : values) {
            raw.putFloat(value);
        }
        byte[] tile = column.startsWith("UNC") ? raw.array() : TestFits.gzip(raw.array());
        byte[] file = packed(-32, HEIGHT, new byte[][] {tile}, column, "ZCMPTYPE= 'GZIP_1'", "ZQUANTIZ= 'NONE'");
        if (column.startsWith("UNC")) {
            // a cell counts elements, not bytes
            file[5760 + 0] = 0;
            ByteBuffer.wrap(file).putInt(5760, values.length);
        }
        assertThat(read(file)).isEqualTo(values);
    }

    private static byte[] rice(int[] values) {
        ByteBuffer out = ByteBuffer.allocate(8 * values.length + 64);
        new IntRiceCompressor(new RiceCompressOption()).compress(IntBuffer.wrap(values), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Truth by the definition: integer times ZSCALE plus ZZERO, NaN at ZBLANK; each tile a row. */
    @Test
    void quantisedWithoutDitherAndBlanksByKeyword() {
        int[] values = integers();
        for (int i = 0; i < values.length; i += 17) {
            values[i] = -2147483647;
        }
        float[] expected = new float[values.length];
        byte[][] tiles = new byte[HEIGHT][];
        for (int y = 0; y < HEIGHT; y++) {
            tiles[y] = rice(Arrays.copyOfRange(values, y * WIDTH, (y + 1) * WIDTH));
        }
        for (int i = 0; i < values.length; i++) {
            expected[i] = values[i] == -2147483647 ? Float.NaN : (float) (0.25 * values[i] + 3);
        }
        for (String quantised : new String[] {"ZQUANTIZ= 'NO_DITHER'", "COMMENT no ZQUANTIZ"}) {
            assertThat(read(packed(
                            -32,
                            1,
                            tiles,
                            "COMPRESSED_DATA",
                            "ZCMPTYPE= 'RICE_1'",
                            quantised,
                            "ZSCALE  = 0.25",
                            "ZZERO   = 3.",
                            "ZBLANK  = -2147483647")))
                    .isEqualTo(expected);
        }
    }

    /** FITS 4.0, appendix I, in its own arithmetic; row 1 starts with seed ZDITHER0 - 1 of the list. */
    @Test
    void ditheredValuesAreThoseOfTheStandard() {
        double[] random = new double[10000];
        double seed = 1;
        for (int i = 0; i < random.length; i++) {
            double temp = 16807.0 * seed;
            seed = temp - 2147483647.0 * (int) (temp / 2147483647.0);
            random[i] = seed / 2147483647.0;
        }
        int[] stored = {5, Dequantizer.EXACT_ZERO, -7, 100};
        int zDither0 = 9999;
        int row = 4;
        int first = (int) (random[(row + zDither0 - 1) % 10000] * 500);
        float[] one =
                new Dequantizer(Dequantizer.Method.SUBTRACTIVE_DITHER_1, zDither0).restore(stored, row, 0.5, 10, 100L);
        float[] two =
                new Dequantizer(Dequantizer.Method.SUBTRACTIVE_DITHER_2, zDither0).restore(stored, row, 0.5, 10, 100L);
        assertThat(one[0])
                .isCloseTo((float) ((5 - random[first] + 0.5) * 0.5 + 10), org.assertj.core.data.Offset.offset(1e-6f));
        assertThat(one[2])
                .isCloseTo(
                        (float) ((-7 - random[first + 2] + 0.5) * 0.5 + 10),
                        org.assertj.core.data.Offset.offset(1e-6f));
        assertThat(two[1]).isZero();
        assertThat(one[1]).isNotZero();
        assertThat(two[3]).isNaN();
    }

    /** 3 zeros, the value 5 twice, a jump to 70000 by two words, 2 zeros. */
    @Test
    void plioListsHold24Bits() {
        short[] list = {0, 7, -100, 14, 0, 0, 0, 3, 0x2004, 0x4002, 0x1000 | (70000 & 0xfff), 70000 >> 12, 0x4001, 2};
        assertThat(PlioDecoder.decode(list, 8)).containsExactly(0, 0, 0, 5, 5, 70000, 0, 0);
    }

    @Test
    void damageIsRefusedByTile() {
        byte[][] tiles = new byte[HEIGHT][];
        Arrays.fill(tiles, rice(new int[WIDTH]));
        tiles[7] = new byte[] {1, 2, 3};
        assertThatThrownBy(() -> read(packed(32, 1, tiles, "COMPRESSED_DATA", "ZCMPTYPE= 'RICE_1'")))
                .isInstanceOf(ExtractionException.class)
                .hasMessageContaining("tile 8 of the compressed image (RICE_1) in HDU 1 cannot be unpacked");
        assertThatThrownBy(() -> read(packed(32, 1, tiles, "COMPRESSED_DATA", "ZCMPTYPE= 'ZSTD_1'")))
                .isInstanceOf(ExtractionException.class)
                .hasMessageContaining("ZCMPTYPE = 'ZSTD_1'");
    }
}
