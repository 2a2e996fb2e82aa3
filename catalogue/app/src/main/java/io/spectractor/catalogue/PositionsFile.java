package io.spectractor.catalogue;

import io.spectractor.catalogue.spectra.StarNames.Position;
import io.spectractor.hats.CatalogueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A table of positions that a user gives: name,ra,dec and perhaps epoch. */
final class PositionsFile {
    private PositionsFile() {}

    /**
     * Reads it.
     *
     * @throws CatalogueException if it is none; the message names file and line
     */
    static Map<String, Position> read(Path file) {
        List<String> lines = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                lines.add(line.startsWith("#") ? "" : line.strip());
            }
        } catch (IOException e) {
            throw new CatalogueException(file + " cannot be read: " + e.getMessage(), e);
        }
        List<String> header = null;
        Map<String, Position> positions = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isEmpty()) {
                continue;
            }
            List<String> cells = Arrays.stream(lines.get(i).split(",", -1))
                    .map(String::strip)
                    .toList();
            if (header == null) {
                header = cells.stream()
                        .map(cell -> cell.toLowerCase(Locale.ROOT))
                        .toList();
                if (!header.containsAll(List.of("name", "ra", "dec"))) {
                    throw new CatalogueException(
                            file + ": the first line must name the columns name,ra,dec; it is '" + lines.get(i) + "'");
                }
                continue;
            }
            positions.put(cell(header, cells, "name"), position(file + ", line " + (i + 1), header, cells));
        }
        return positions;
    }

    /** Whether no coordinate is larger than it can be in radians. */
    static boolean mayBeRadians(Map<String, Position> positions) {
        return !positions.isEmpty()
                && positions.values().stream().allMatch(p -> p.ra() <= 2 * Math.PI && Math.abs(p.dec()) <= Math.PI / 2);
    }

    private static String cell(List<String> header, List<String> cells, String column) {
        int at = header.indexOf(column);
        return at < 0 || at >= cells.size() ? "" : cells.get(at);
    }

    private static Position position(String where, List<String> header, List<String> cells) {
        String epoch = cell(header, cells, "epoch");
        double ra = degrees(where, cell(header, cells, "ra"));
        double dec = degrees(where, cell(header, cells, "dec"));
        if (!(ra >= 0 && ra < 360)) {
            throw new CatalogueException(where + ": right ascension " + ra + " is not within 0 to 360 degrees");
        }
        if (!(Math.abs(dec) <= 90)) {
            throw new CatalogueException(
                    where + ": declination " + dec + " is beyond 90 degrees; are ra and dec swapped?");
        }
        return new Position(ra, dec, epoch.isEmpty() ? 2000 : degrees(where, epoch), "user");
    }

    private static double degrees(String where, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new CatalogueException(
                    where + ": '" + text + "' is not a number; write degrees, not hours and minutes", e);
        }
    }
}
