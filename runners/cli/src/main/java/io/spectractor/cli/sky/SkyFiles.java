package io.spectractor.cli.sky;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.core.astrometry.SkyData;
import io.spectractor.core.astrometry.SkyStar;
import io.spectractor.core.astrometry.WcsException;
import io.spectractor.core.astrometry.WcsParser;
import io.spectractor.core.config.AstrometryConfig;
import io.spectractor.core.config.ExtractionConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads the world coordinates and the stars that a configuration names, once for all images. */
public final class SkyFiles {
    private static final int CARD = 80;
    private static final String ENDING = ".wcs";

    private SkyFiles() {}

    /**
     * Reads them.
     *
     * @param folder that relative paths start from
     * @param note is told what was found
     * @throws UsageException naming key, file and cause if something cannot be read or is none
     */
    public static SkyData read(ExtractionConfig config, Path folder, Consumer<String> note) {
        AstrometryConfig settings = config.astrometry();
        SortedMap<String, String> headers = new TreeMap<>();
        if (settings.fromFiles()) {
            headers.putAll(headers(PathResolver.under(folder, PathResolver.path(settings.wcs())), note));
        }
        if (settings.stars().isBlank()) {
            return headers.isEmpty() ? SkyData.none() : new SkyData("", List.of(), headers);
        }
        Path table = PathResolver.under(folder, PathResolver.path(settings.stars()));
        List<SkyStar> stars = StarTables.read(table, note);
        return new SkyData(String.valueOf(table.getFileName()), stars, headers);
    }

    private static SortedMap<String, String> headers(Path place, Consumer<String> note) {
        SortedMap<String, String> headers = new TreeMap<>();
        try {
            if (Files.isDirectory(place)) {
                try (Stream<Path> files = Files.list(place)) {
                    for (Path file : files.sorted().toList()) {
                        String name = String.valueOf(file.getFileName());
                        if (name.toLowerCase(Locale.ROOT).endsWith(ENDING)) {
                            headers.put(name.substring(0, name.length() - ENDING.length()), header(file));
                        }
                    }
                }
                if (headers.isEmpty()) {
                    throw new UsageException("astrometry.wcs: no file of the folder " + place + " ends with .wcs");
                }
                note.accept("world coordinates of " + headers.size() + " images in " + place);
                return headers;
            }
            if (!Files.exists(place)) {
                throw new UsageException("astrometry.wcs: there is no " + place
                        + "; give a .wcs file, a folder with NAME.wcs for each image, header or auto");
            }
            String header = header(place);
            WcsParser.parse(place.toString(), SkyData.cardsOf(header)::get);
            headers.put("", header);
            return headers;
        } catch (WcsException e) {
            throw new UsageException("astrometry.wcs: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UsageException("astrometry.wcs: " + place + " cannot be read: " + e, e);
        }
    }

    /** The cards with a value of the first header of a file: FITS, or one card a line. */
    private static String header(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        int newline = text.indexOf('\n');
        boolean lines = newline >= 0 && newline <= CARD + 1;
        StringBuilder cards = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = lines ? text.indexOf('\n', at) : at + CARD;
            end = end < 0 || end > text.length() ? text.length() : end;
            String card = text.substring(at, end).stripTrailing();
            if (card.equals("END")) {
                break;
            }
            if (card.length() > 10 && card.length() <= CARD && card.startsWith("= ", 8)) {
                cards.append(card).append(" ".repeat(CARD - card.length()));
            }
            at = lines ? end + 1 : end;
        }
        return cards.toString();
    }
}
