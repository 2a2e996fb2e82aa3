package io.spectractor.core.astrometry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the sky before any image is read: world coordinates from files, and the stars of the field.
 *
 * @param table name of the table of stars, empty for none
 * @param stars its stars, in its order
 * @param headers headers with world coordinates, cards of 80 characters without line ends: by the image's name without its
 *     ending, or under the empty name for all images
 */
public record SkyData(String table, List<SkyStar> stars, SortedMap<String, String> headers) {
    private static final String MAGIC = "spectractor-sky-1";
    private static final int CARD = 80;

    public SkyData {
        stars = List.copyOf(stars);
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    /** Nothing known. */
    public static SkyData none() {
        return new SkyData("", List.of(), new TreeMap<>());
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return table.isEmpty() && headers.isEmpty();
    }

    /** The cards of the header of an image, or null if there is none: its own, else that of all images. */
    public @Nullable Map<String, String> cards(String image) {
        String header = headers.getOrDefault(stem(image), headers.get(""));
        return header == null ? null : cardsOf(header);
    }

    /** Name of an image without folder and without the endings of FITS files. */
    public static String stem(String image) {
        String name = image.substring(Math.max(image.lastIndexOf('/'), image.lastIndexOf('\\')) + 1);
        return name.replaceFirst("(?i)(\\.(fits|fit|fts))?(\\.(gz|fz|bz2))?$", "");
    }

    /** Values of the cards of a header by keyword, texts without quotes. */
    public static Map<String, String> cardsOf(String header) {
        Map<String, String> cards = new TreeMap<>();
        for (int at = 0; at + CARD <= header.length(); at += CARD) {
            String card = header.substring(at, at + CARD);
            String keyword = card.substring(0, 8).strip();
            if (keyword.equals("END")) {
                break;
            }
            if (card.startsWith("= ", 8)) {
                cards.putIfAbsent(keyword, value(card.substring(10).strip()));
            }
        }
        return cards;
    }

    private static String value(String field) {
        if (field.startsWith("'")) {
            int end = field.indexOf('\'', 1);
            return field.substring(1, end < 0 ? field.length() : end).strip();
        }
        int comment = field.indexOf('/');
        return (comment < 0 ? field : field.substring(0, comment)).strip();
    }

    /** SHA-256 of {@link #toBytes}, lower-case hex. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(toBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** As bytes that can be sent anywhere; see {@link #fromBytes}. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            put(out, MAGIC);
            put(out, table);
            out.writeInt(stars.size());
            for (SkyStar star : stars) {
                out.writeDouble(star.raDeg());
                out.writeDouble(star.decDeg());
                out.writeDouble(star.pmRaMas());
                out.writeDouble(star.pmDecMas());
                out.writeDouble(star.epoch());
                out.writeDouble(star.magnitude());
                out.writeDouble(star.temperatureK());
            }
            out.writeInt(headers.size());
            for (Map.Entry<String, String> header : headers.entrySet()) {
                put(out, header.getKey());
                put(out, header.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads {@link #toBytes}.
     *
     * @throws IllegalArgumentException if the bytes are something else
     */
    public static SkyData fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (!text(in).equals(MAGIC)) {
                throw new IllegalArgumentException("these bytes are not world coordinates and stars");
            }
            String table = text(in);
            List<SkyStar> stars = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                stars.add(new SkyStar(
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble()));
            }
            SortedMap<String, String> headers = new TreeMap<>();
            for (int i = in.readInt(); i > 0; i--) {
                headers.put(text(in), text(in));
            }
            return new SkyData(table, stars, headers);
        } catch (IOException e) {
            throw new IllegalArgumentException("world coordinates and stars as sent are damaged", e);
        }
    }

    private static void put(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(Math.max(0, length));
        if (bytes.length != length) {
            throw new IOException("length " + length + ", there are " + bytes.length);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
