package io.spectractor.core.observation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import nom.tam.fits.compression.algorithm.rice.RiceCompressOption;
import nom.tam.fits.compression.algorithm.rice.RiceCompressor.IntRiceCompressor;

/**
 * One frame written in many valid ways: number types, BSCALE, BZERO and BLANK, compressions and tile shapes, extensions,
 * paddings and card styles, drawn at random.
 */
final class FrameVariants {
    private static final int BLANK = -32768;

    private final int width;
    private final int height;
    private final float[] pixels;
    private final List<String> cards;

    /**
     * @param pixels whole numbers from 0 to 30000, and NaN
     * @param cards keyword, equals sign and value of the frame's cards
     */
    FrameVariants(int width, int height, float[] pixels, List<String> cards) {
        this.width = width;
        this.height = height;
        this.pixels = pixels.clone();
        this.cards = List.copyOf(cards);
    }

    /** How pixels are stored. */
    private record Storage(int bitpix, double scale, double zero, boolean blank) {
        long stored(float value) {
            return Float.isNaN(value) ? BLANK : Math.round((value - zero) / scale);
        }
    }

    /** The frame as 32-bit real numbers, nothing else. */
    byte[] plain() {
        return file(new Storage(-32, 1, 0, false), new Random(0), 0, "none", 0, 0, false);
    }

    /** The frame in a way that the seed decides; the same seed gives the same bytes. */
    byte[] variant(long seed) {
        Random random = new Random(seed);
        Storage[] storages = {
            new Storage(16, 1, 32768 - 1000, true),
            new Storage(16, 1, 0, true),
            new Storage(32, 1, 0, true),
            new Storage(32, 0.5, 7, true),
            new Storage(64, 1, 0, true),
            new Storage(64, 0.25, -3, true),
            new Storage(-32, 1, 0, false),
            new Storage(-32, 2, -10, false),
            new Storage(-64, 1, 0, false),
            new Storage(-64, 0.5, 100, false)
        };
        Storage storage = storages[random.nextInt(storages.length)];
        String[] methods = storage.bitpix() > 0 && storage.bitpix() < 64
                ? new String[] {"none", "none", "gzip", "GZIP_1", "GZIP_2", "NOCOMPRESS", "RICE_1", "beside"}
                : new String[] {"none", "none", "gzip", "GZIP_1", "GZIP_2", "NOCOMPRESS", "beside"};
        String method = methods[random.nextInt(methods.length)];
        return file(
                storage,
                random,
                random.nextInt(4),
                method,
                1 + random.nextInt(width + 10),
                1 + random.nextInt(height + 10),
                true);
    }

    private byte[] file(
            Storage storage,
            Random random,
            int placement,
            String method,
            int tileWidth,
            int tileHeight,
            boolean styled) {
        boolean tiles = !method.equals("none") && !method.equals("gzip");
        List<String> own = new ArrayList<>(cards);
        if (storage.scale() != 1 || storage.zero() != 0) {
            own.add("BSCALE  = " + storage.scale());
            own.add("BZERO   = " + storage.zero());
        }
        if (storage.blank()) {
            own.add((tiles && random.nextBoolean() ? "ZBLANK" : "BLANK ") + "  = " + BLANK);
        }
        List<String> styledCards = new ArrayList<>();
        if (styled) {
            Collections.shuffle(own, random);
            own.forEach(card -> styledCards.add(restyled(card, random)));
            styledCards.add(random.nextInt(styledCards.size()), "COMMENT free text, 'quoted' / or not");
            styledCards.add(random.nextInt(styledCards.size()), "HIERARCH ESO DET NAME = 'abc' / long keyword");
        } else {
            styledCards.addAll(own);
        }
        byte[] content = tiles
                ? TestFits.concat(TestFits.image(8).bytes(), tiled(storage, method, tileWidth, tileHeight, styledCards))
                : placed(storage, placement, styledCards, random);
        if (styled && random.nextInt(3) == 0) {
            content = TestFits.concat(content, new byte[TestFits.BLOCK]);
        }
        return method.equals("gzip") || (tiles && random.nextInt(4) == 0) ? TestFits.gzip(content) : content;
    }

    /** The same card in another style that the standard allows. */
    private static String restyled(String card, Random random) {
        String keyword = card.substring(0, 8);
        String value = card.substring(10).strip();
        boolean text = value.startsWith("'");
        String field = switch (random.nextInt(3)) {
            case 0 -> text ? value : String.format("%20s", value);
            case 1 -> "   " + value;
            default -> value;
        };
        if (!text && value.contains(".") && random.nextBoolean()) {
            field += random.nextBoolean() ? "E0" : "D+00";
        }
        return keyword + "= " + field + (random.nextBoolean() ? " / a comment" : "");
    }

    private byte[] placed(Storage storage, int placement, List<String> styledCards, Random random) {
        byte[] data = bytes(storage, allOf(), storage.bitpix());
        if (placement == 0) {
            TestFits image = TestFits.image(storage.bitpix(), width, height);
            styledCards.forEach(image::raw);
            return image.data(data).bytes();
        }
        TestFits primary = TestFits.image(8);
        TestFits extension = TestFits.empty()
                .card("XTENSION", "'IMAGE   '")
                .card("BITPIX", storage.bitpix())
                .card("NAXIS", 2)
                .card("NAXIS1", width)
                .card("NAXIS2", height)
                .card("PCOUNT", 0)
                .card("GCOUNT", 1)
                .card("EXTNAME", "'SCI'");
        for (String card : styledCards) {
            boolean structural = card.startsWith("B");
            (placement == 1 && !structural && random.nextBoolean() ? primary : extension).raw(card);
        }
        byte[] quality = TestFits.empty()
                .card("XTENSION", "'IMAGE   '")
                .card("BITPIX", 8)
                .card("NAXIS", 2)
                .card("NAXIS1", 3)
                .card("NAXIS2", 2)
                .card("PCOUNT", 0)
                .card("GCOUNT", 1)
                .card("EXTNAME", "'DQ'")
                .data(new byte[6])
                .bytes();
        byte[] science = extension.data(data).bytes();
        return placement == 3
                ? TestFits.concat(primary.bytes(), quality, science)
                : placement == 2
                        ? TestFits.concat(primary.bytes(), science, quality)
                        : TestFits.concat(primary.bytes(), science);
    }

    private int[] allOf() {
        int[] all = new int[pixels.length];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private byte[] bytes(Storage storage, int[] which, int bitpix) {
        ByteBuffer buffer = ByteBuffer.allocate(which.length * Math.abs(bitpix) / 8);
        for (int i : which) {
            float value = pixels[i];
            switch (bitpix) {
                case 16 -> buffer.putShort((short) storage.stored(value));
                case 32 -> buffer.putInt((int) storage.stored(value));
                case 64 -> buffer.putLong(storage.stored(value));
                case -32 -> buffer.putFloat((float) ((value - storage.zero()) / storage.scale()));
                default -> buffer.putDouble((value - storage.zero()) / storage.scale());
            }
        }
        return buffer.array();
    }

    private byte[] tiled(Storage storage, String method, int tileWidth, int tileHeight, List<String> styledCards) {
        List<byte[]> tiles = new ArrayList<>();
        for (int y0 = 0; y0 < height; y0 += tileHeight) {
            for (int x0 = 0; x0 < width; x0 += tileWidth) {
                tiles.add(packed(storage, method, tile(x0, y0, tileWidth, tileHeight)));
            }
        }
        ByteArrayOutputStream heap = new ByteArrayOutputStream();
        boolean beside = method.equals("beside");
        int rowBytes = beside ? 16 : 8;
        ByteBuffer rows = ByteBuffer.allocate(rowBytes * tiles.size());
        for (byte[] tile : tiles) {
            if (beside) {
                rows.putLong(0);
            }
            rows.putInt(tile.length).putInt(heap.size());
            heap.writeBytes(tile);
        }
        TestFits table = TestFits.empty()
                .card("XTENSION", "'BINTABLE'")
                .card("BITPIX", 8)
                .card("NAXIS", 2)
                .card("NAXIS1", rowBytes)
                .card("NAXIS2", tiles.size())
                .card("PCOUNT", heap.size())
                .card("GCOUNT", 1)
                .card("TFIELDS", beside ? 2 : 1)
                .card("TTYPE1", "'COMPRESSED_DATA'")
                .card("TFORM1", "'1PB'")
                .card("ZIMAGE", "T")
                .card("ZCMPTYPE", beside ? "'GZIP_1'" : "'" + method + "'")
                .card("ZBITPIX", storage.bitpix())
                .card("ZNAXIS", 2)
                .card("ZNAXIS1", width)
                .card("ZNAXIS2", height)
                .card("ZTILE1", tileWidth)
                .card("ZTILE2", tileHeight);
        if (beside) {
            table.card("TTYPE2", "'GZIP_COMPRESSED_DATA'").card("TFORM2", "'1PB'");
        }
        if (method.equals("RICE_1")) {
            table.card("ZNAME1", "'BLOCKSIZE'")
                    .card("ZVAL1", 32)
                    .card("ZNAME2", "'BYTEPIX'")
                    .card("ZVAL2", 4);
        }
        styledCards.forEach(table::raw);
        return table.data(TestFits.concat(rows.array(), heap.toByteArray())).bytes();
    }

    private int[] tile(int x0, int y0, int tileWidth, int tileHeight) {
        int w = Math.min(tileWidth, width - x0);
        int h = Math.min(tileHeight, height - y0);
        int[] which = new int[w * h];
        Arrays.setAll(which, i -> (y0 + i / w) * width + x0 + i % w);
        return which;
    }

    private byte[] packed(Storage storage, String method, int[] which) {
        byte[] raw = bytes(storage, which, storage.bitpix());
        return switch (method) {
            case "NOCOMPRESS" -> raw;
            case "GZIP_2" -> TestFits.gzip(shuffled(raw, Math.abs(storage.bitpix()) / 8));
            case "RICE_1" -> rice(storage, which);
            default -> TestFits.gzip(raw);
        };
    }

    private byte[] rice(Storage storage, int[] which) {
        int[] values = new int[which.length];
        Arrays.setAll(values, i -> (int) storage.stored(pixels[which[i]]));
        ByteBuffer out = ByteBuffer.allocate(8 * values.length + 64);
        new IntRiceCompressor(new RiceCompressOption()).compress(IntBuffer.wrap(values), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] shuffled(byte[] bytes, int size) {
        byte[] out = new byte[bytes.length];
        int n = bytes.length / size;
        for (int i = 0; i < bytes.length; i++) {
            out[i % size * n + i / size] = bytes[i];
        }
        return out;
    }
}
