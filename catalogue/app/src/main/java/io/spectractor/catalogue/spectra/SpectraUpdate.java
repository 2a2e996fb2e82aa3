package io.spectractor.catalogue.spectra;

import io.spectractor.catalogue.spectra.Exposures.Entry;
import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.HatsWriter;
import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.Partition;
import io.spectractor.hats.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Spectra added to the table {@code spectra}: a file for each night and pixel, files of earlier nights taken over as they
 * are. Of several spectra of one exposure the one that was written last shows, in whatever order they are added.
 */
public final class SpectraUpdate {
    /** Order of the pixels: 3.7 degrees, so that the few stars of a survey lie in pixels of their own. */
    static final int ORDER = 4;

    private final @Nullable HatsCatalogue old;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, SpectrumRow> fresh = new LinkedHashMap<>();
    private final Set<String> hidden = new LinkedHashSet<>();
    private int known;
    private int outdated;

    /**
     * @param old the table so far, or null
     * @param rows what is to be added
     */
    public SpectraUpdate(@Nullable HatsCatalogue old, List<SpectrumRow> rows) {
        this.old = old;
        Exposures before = old == null ? Exposures.none() : Exposures.read(old);
        before.entries().forEach(entry -> entries.put(entry.science(), entry));
        Map<String, Entry> showing = new LinkedHashMap<>(before.showing());
        rows.stream()
                .sorted(Comparator.comparing((SpectrumRow row) -> row.text(SpectraColumn.WRITTEN))
                        .thenComparing(row -> row.text(SpectraColumn.SCIENCE_SHA256)))
                .forEach(row -> take(row, showing));
    }

    private void take(SpectrumRow row, Map<String, Entry> showing) {
        String science = row.text(SpectraColumn.SCIENCE_SHA256);
        if (entries.containsKey(science)) {
            known++;
            return;
        }
        String written = row.text(SpectraColumn.WRITTEN);
        long pixel = SpectraTable.partition(row).pixel();
        Entry entry = new Entry(row.identity(), row.text(SpectraColumn.TARGET), science, written, pixel, "");
        Entry rival = showing.get(entry.identity());
        if (rival != null && rival.written().compareTo(written) > 0) {
            outdated++;
            entries.put(science, entry);
            return;
        }
        if (rival != null) {
            outdated++;
            entries.put(rival.science(), rival.in(""));
            if (fresh.remove(rival.science()) == null) {
                hidden.add(rival.science());
            }
        }
        Entry shown = entry.in("new");
        entries.put(science, shown);
        showing.put(entry.identity(), shown);
        fresh.put(science, row);
    }

    /** How many spectra come in. */
    public int added() {
        return fresh.size();
    }

    /** How many were there already. */
    public int known() {
        return known;
    }

    /** How many do not show since a later one of the same exposure is there. */
    public int superseded() {
        return outdated;
    }

    /** Whether the table stays as it is. */
    public boolean isEmpty() {
        return fresh.isEmpty() && outdated == 0;
    }

    /** The stars whose series change. */
    public Set<String> stars() {
        Set<String> stars = new TreeSet<>();
        fresh.values().forEach(row -> stars.add(row.text(SpectraColumn.TARGET)));
        hidden.forEach(science -> stars.add(entry(science).target()));
        stars.remove("");
        return stars;
    }

    /**
     * The pixels that have spectra of stars, in groups: no star has spectra in two of them. Most stars have theirs in one pixel;
     * those that move over a border make a group of two.
     */
    public List<Set<Long>> pixelGroups(Set<String> stars) {
        Map<String, Set<Long>> byStar = new TreeMap<>();
        entries.values().stream()
                .filter(entry -> entry.shows() && stars.contains(entry.target()))
                .forEach(entry -> byStar.computeIfAbsent(entry.target(), t -> new TreeSet<>())
                        .add(entry.pixel()));
        List<Set<Long>> groups = new ArrayList<>();
        for (Set<Long> pixels : byStar.values()) {
            Set<Long> group = new TreeSet<>(pixels);
            groups.removeIf(other -> {
                boolean shared = other.stream().anyMatch(pixels::contains);
                if (shared) {
                    group.addAll(other);
                }
                return shared;
            });
            groups.add(group);
        }
        return groups;
    }

    private Entry entry(String science) {
        return java.util.Objects.requireNonNull(entries.get(science));
    }

    /** Writes the new state into a folder of its own. */
    public void write(Path folder, Map<String, String> provenance) {
        HatsWriter writer = new HatsWriter(folder, "spectra", "source", "ra", "dec", true);
        MessageType schema = schema();
        Map<Partition, Map<String, List<SpectrumRow>>> nights = new TreeMap<>();
        fresh.values()
                .forEach(row -> nights.computeIfAbsent(SpectraTable.partition(row), p -> new TreeMap<>())
                        .computeIfAbsent(night(row.number(SpectraColumn.MJD)), n -> new ArrayList<>())
                        .add(row));
        keep(writer, schema);
        nights.forEach((partition, byNight) -> byNight.forEach((night, rows) -> {
            rows.sort(Comparator.comparingDouble((SpectrumRow row) -> row.number(SpectraColumn.MJD))
                    .thenComparing(row -> row.text(SpectraColumn.SCIENCE_SHA256)));
            put(writer, partition, night, SpectraTable.of(rows).fitted(schema));
        }));
        writer.finish(schema, provenance);
        new Exposures(List.copyOf(entries.values())).write(folder);
    }

    private void put(HatsWriter writer, Partition partition, String night, Table table) {
        List<String> digests = IntStream.range(0, table.rows())
                .mapToObj(i -> String.valueOf(table.value(i, SpectraColumn.SCIENCE_SHA256.column())))
                .toList();
        String file = night + "-" + digest(digests) + ".parquet";
        writer.write(partition, file, table);
        digests.forEach(science -> entries.put(science, entry(science).in(file)));
    }

    /** Takes files over; those with a spectrum that no longer shows are written again without it. */
    private void keep(HatsWriter writer, MessageType schema) {
        if (old == null) {
            return;
        }
        boolean changed = !old.schema().equals(schema);
        Map<Long, Map<String, List<Entry>>> files = new TreeMap<>();
        Exposures.read(old)
                .showing()
                .values()
                .forEach(entry -> files.computeIfAbsent(entry.pixel(), p -> new TreeMap<>())
                        .computeIfAbsent(entry.file(), f -> new ArrayList<>())
                        .add(entry));
        files.forEach((pixel, byFile) -> {
            Partition partition = new Partition(ORDER, pixel);
            byFile.forEach((name, inside) -> {
                Path file = old.leaf(partition, name);
                boolean whole = inside.stream().noneMatch(entry -> hidden.contains(entry.science()));
                if (whole && !changed) {
                    writer.keep(partition, file, inside.size());
                    return;
                }
                Table table = shown(ParquetTables.read(file, null, null));
                if (table.rows() > 0) {
                    put(writer, partition, name.substring(0, name.indexOf('-')), table.fitted(schema));
                }
            });
        });
    }

    private Table shown(Table table) {
        return table.rows(IntStream.range(0, table.rows())
                .filter(i -> !hidden.contains(String.valueOf(table.value(i, SpectraColumn.SCIENCE_SHA256.column()))))
                .toArray());
    }

    private MessageType schema() {
        MessageType own = SpectraTable.of(List.of()).schema();
        if (old == null || old.schema().equals(own)) {
            return own;
        }
        try {
            return own.union(old.schema());
        } catch (org.apache.parquet.schema.IncompatibleSchemaModificationException e) {
            throw new CatalogueException(
                    old.folder() + " has columns of other types than this version writes (" + e.getMessage()
                            + "); nothing was added. Make a new folder of catalogues and add all products to it",
                    e);
        }
    }

    /** The evening's date, from noon to noon UTC. */
    static String night(double mjd) {
        return LocalDate.ofEpochDay((long) Math.floor(mjd - 0.5) - 40587).format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static String digest(List<String> words) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", words).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
