package io.spectractor.core.observation;

import io.spectractor.core.outcome.ExtractionException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A tile-compressed image (Rice, gzip, ...; FITS 4.0, §10), as fpack writes it into the first extension.
 *
 * <p>Unpacked here and not by nom-tam-fits, whose release 1.21.2 (the newest) gives other numbers than were packed for
 * gzipped tiles above 64 kB, for ZBLANK as a keyword, for real numbers that are not dithered, and for real numbers that
 * are not quantised.
 */
final class CompressedFrame {
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

    /** Densest packing: PLIO_1 has runs of 4095 pixels in two bytes. */
    private static final int MOST_PIXELS_PER_BYTE = 2048;

    private static final Dequantizer PLAIN = new Dequantizer(Dequantizer.Method.NO_DITHER, 0);

    private final String name;
    private final FitsHdu hdu;
    private final FitsHeader image;
    private final int bitpix;
    private final int width;
    private final int height;
    private final int tileWidth;
    private final int tileHeight;
    private final TileTable table;
    private final TileCodec codec;
    private final Dequantizer dequantizer;

    private CompressedFrame(String name, byte[] content, FitsHdu hdu, FitsHeader image, int width, int height) {
        this.name = name;
        this.hdu = hdu;
        this.image = image;
        this.width = width;
        this.height = height;
        Long type = image.integer("BITPIX");
        this.bitpix = type == null ? 0 : type.intValue();
        // FITS 4.0, §10.1.1: tiles are rows where the header doesn't say
        this.tileWidth = tileLength("ZTILE1", width, width);
        this.tileHeight = tileLength("ZTILE2", 1, height);
        this.table = new TileTable(name, content, hdu);
        this.codec = TileCodec.of(
                hdu.header(), Objects.requireNonNullElse(hdu.header().text("ZCMPTYPE"), "absent"), bitpix);
        this.dequantizer = Dequantizer.of(name, hdu.header());
    }

    private int tileLength(String keyword, int usual, int axis) {
        Long length = hdu.header().integer(keyword);
        if (length == null) {
            return usual;
        }
        if (length < 1) {
            throw UnprocessableFile.because(name, keyword + " = " + length + " in " + hdu.label() + " is impossible");
        }
        return (int) Math.min(length, axis);
    }

    /** The header of the image before its compression: structural cards translated, the others verbatim. */
    static FitsHeader imageHeader(FitsHeader header) {
        List<String> cards = header.cardsRenamed(
                IMAGE_KEYWORDS,
                keyword -> TABLE_KEYWORD.matcher(keyword).matches()
                        || COMPRESSION_KEYWORD.matcher(keyword).matches()
                        || NOT_OF_THE_IMAGE.matcher(keyword).matches());
        return FitsHeader.of(cards);
    }

    /**
     * The pixels, unpacked: physical values, NaN where the file says blank.
     *
     * @param image the header of the image
     * @param width its columns
     * @param height its rows
     * @param arrays that the pixels are put into one of
     * @throws ExtractionException UNPROCESSABLE if they cannot be unpacked
     */
    static float[] unpack(
            String name, byte[] content, FitsHdu hdu, FitsHeader image, int width, int height, PixelArrays arrays) {
        DataSum.check(name, content, hdu);
        long pixels = (long) width * height;
        if (pixels > MOST_PIXELS_PER_BYTE * (long) hdu.dataLength()) {
            throw UnprocessableFile.because(
                    name,
                    "damaged: " + hdu.label() + " claims " + pixels + " pixels in " + hdu.dataLength()
                            + " bytes, denser than any compression packs a frame; fetch the file again");
        }
        return new CompressedFrame(name, content, hdu, image, width, height).pixels(arrays);
    }

    private float[] pixels(PixelArrays arrays) {
        if (!codec.isKnown()) {
            throw UnprocessableFile.because(
                    name,
                    "ZCMPTYPE = '" + UnprocessableFile.quote(codec.method()) + "' in " + hdu.label()
                            + " is not a compression that the FITS standard has; unpack it with the program that packed it");
        }
        float[] pixels = arrays.floats(width * height);
        int across = (width + tileWidth - 1) / tileWidth;
        int tiles = across * ((height + tileHeight - 1) / tileHeight);
        if (table.rows() < tiles) {
            throw UnprocessableFile.because(
                    name, "the compressed image in " + hdu.label() + " has " + table.rows() + " tiles of " + tiles);
        }
        for (int tile = 0; tile < tiles; tile++) {
            int x0 = tile % across * tileWidth;
            int y0 = tile / across * tileHeight;
            int w = Math.min(tileWidth, width - x0);
            int h = Math.min(tileHeight, height - y0);
            float[] values = tile(tile, w * h);
            for (int y = 0; y < h; y++) {
                System.arraycopy(values, y * w, pixels, (y0 + y) * width + x0, w);
            }
        }
        return pixels;
    }

    /** Damage shows as exceptions of many types, some of them of the codecs. */
    private float[] tile(int row, int pixels) {
        try {
            float[] values = decoded(row, pixels);
            maskNulls(row, values);
            return values;
        } catch (ExtractionException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw UnprocessableFile.because(
                    name,
                    "tile " + (row + 1) + " of the compressed image (" + codec.method() + ") in " + hdu.label()
                            + " cannot be unpacked (" + reason(e) + "); fetch the file again",
                    e);
        }
    }

    private float[] decoded(int row, int pixels) throws IOException {
        Double scale = table.number("ZSCALE", row);
        Double blankOfRow = table.number("ZBLANK", row);
        Long blank = blankOfRow == null ? image.integer("BLANK") : Long.valueOf(blankOfRow.longValue());
        PixelDecoder stored = PixelDecoder.of(image).withBlank(blank);
        boolean real = bitpix < 0;
        TileTable.Cell cell = table.cell("COMPRESSED_DATA", row);
        if (cell != null) {
            if (scale == null && liftsUnsigned()) {
                return stored.withZero(0).decode(codec.decode(cell, pixels, real), pixels);
            }
            if (scale == null) {
                return stored.decode(codec.decode(cell, pixels, real), pixels);
            }
            int[] quantised = TileCodec.integers(codec.decode(cell, pixels, false), pixels);
            Double zero = table.number("ZZERO", row);
            Dequantizer rounding = real ? dequantizer : PLAIN;
            return stored.scaled(rounding.restore(quantised, row, scale, zero == null ? 0 : zero, blank));
        }
        // What cannot be quantised, or does not get smaller, is kept beside: it is as it was before compression.
        TileTable.Cell gzipped = table.cell("GZIP_COMPRESSED_DATA", row);
        if (gzipped != null) {
            return stored.decode(TileCodec.gzipped(gzipped, pixels, real), pixels);
        }
        TileTable.Cell raw = table.cell("UNCOMPRESSED_DATA", row);
        if (raw == null) {
            throw new IllegalArgumentException("it has no data");
        }
        int rawBitpix = switch (table.heapType("UNCOMPRESSED_DATA")) {
            case 'B' -> 8;
            case 'I' -> 16;
            case 'J' -> 32;
            case 'K' -> 64;
            case 'E' -> -32;
            case 'D' -> -64;
            default -> throw new IllegalArgumentException("UNCOMPRESSED_DATA holds no numbers");
        };
        if (raw.length() != (long) pixels * Math.abs(rawBitpix) / 8) {
            throw new IllegalArgumentException(raw.length() + " bytes for " + pixels + " pixels");
        }
        return stored.decode(PixelDecoder.view(raw.bytes(), raw.offset(), raw.length(), rawBitpix), pixels);
    }

    /**
     * PLIO_1 knows no negative numbers: CFITSIO, which all use, packs unsigned 16-bit pixels as what they stand for and
     * not as what is stored of them.
     */
    private boolean liftsUnsigned() {
        Double zero = image.number("BZERO");
        return codec.method().equals("PLIO_1") && bitpix == 16 && zero != null && zero == 32768;
    }

    /** Lossy methods cannot carry blanks: some writers keep them in a mask beside (FITS 4.0, §10.2.2). */
    private void maskNulls(int row, float[] values) throws IOException {
        TileTable.Cell mask = table.cell("NULL_PIXEL_MASK", row);
        if (mask == null) {
            return;
        }
        String method = Objects.requireNonNullElse(hdu.header().text("ZMASKCMP"), "GZIP_1");
        TileCodec maskCodec = new TileCodec(method, 8, 32, 1, false);
        if (!maskCodec.isKnown()) {
            throw new IllegalArgumentException("ZMASKCMP = " + UnprocessableFile.quote(method));
        }
        int[] nulls = TileCodec.integers(maskCodec.decode(mask, values.length, false), values.length);
        for (int i = 0; i < values.length; i++) {
            if (nulls[i] != 0) {
                values[i] = Float.NaN;
            }
        }
    }

    private static String reason(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : UnprocessableFile.quote(message);
    }
}
