package io.spectractor.calib;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The tables of a calibration by their names, wherever they came from. Immutable.
 *
 * <p>This is what a delivery carries; {@link TableCalibration} makes sense of it.
 */
public final class CalibrationContent {
    private static final String MAGIC = "spectractor-calibration-1";

    private final String version;
    private final SortedMap<String, Supplier<Table>> tables;
    private final SortedMap<String, Supplier<byte[]>> csv;
    private final String sha256;
    private final boolean trusted;

    /**
     * Tables as commented CSV.
     *
     * @param version version of the data
     * @param csv text of each table by its name, e.g. {@code filter/RG715.csv}; copied
     * @throws CalibrationException if a table is malformed
     */
    public CalibrationContent(String version, Map<String, byte[]> csv) {
        this.version = version;
        this.csv = new TreeMap<>();
        this.tables = new TreeMap<>();
        csv.forEach((name, bytes) -> {
            byte[] own = bytes.clone();
            this.csv.put(name, () -> own);
            Table table = TableReader.read(name, bytes);
            this.tables.put(name, () -> table);
        });
        this.sha256 = digest();
        this.trusted = false;
    }

    private CalibrationContent(
            String version, Collection<String> names, Function<String, byte[]> reader, String sha256) {
        this.version = version;
        this.csv = new TreeMap<>();
        this.tables = new TreeMap<>();
        for (String name : names) {
            csv.put(name, () -> reader.apply(name));
            tables.put(name, Memoized.of(() -> TableReader.read(name, reader.apply(name))));
        }
        this.sha256 = sha256;
        this.trusted = true;
    }

    /**
     * Tables of this build, whose digest a test has compared with them; each is read when it is first asked for.
     *
     * @param reader text of a table by its name; safe for threads
     * @param sha256 their digest
     */
    static CalibrationContent trusted(
            String version, Collection<String> names, Function<String, byte[]> reader, String sha256) {
        return new CalibrationContent(version, names, reader, sha256);
    }

    private CalibrationContent(String version, Collection<Table> tables) {
        this.version = version;
        this.csv = Collections.emptySortedMap();
        this.tables = new TreeMap<>();
        for (Table table : tables) {
            if (this.tables.put(table.name(), () -> table) != null) {
                throw new CalibrationException(table.name(), 0, "occurs twice");
            }
        }
        this.sha256 = digest();
        this.trusted = false;
    }

    /**
     * Content of these tables.
     *
     * @throws CalibrationException if two have the same name
     */
    public static CalibrationContent of(String version, Collection<Table> tables) {
        return new CalibrationContent(version, tables);
    }

    /** Version of the data. */
    public String version() {
        return version;
    }

    /**
     * SHA-256 over the canonical form of the tables in the order of their names, 64 hexadecimal digits; the version is
     * not in it. It covers names, headers and values, not how they are written: tables as text, as HDF5 and inside the
     * jar have one hash. {@code calib-data/README.md} describes the form.
     */
    public String sha256() {
        return sha256;
    }

    /** Names of the tables. */
    public SortedSet<String> names() {
        return new TreeSet<>(tables.keySet());
    }

    /** All tables, in the order of their names. */
    public Collection<Table> tables() {
        return tables.values().stream().map(Supplier::get).toList();
    }

    /** Whether the tables are known to be right, so that each may be looked at when it is needed. */
    boolean trusted() {
        return trusted;
    }

    /**
     * A table as commented CSV.
     *
     * @throws CalibrationException if there is no such table
     */
    public byte[] bytes(String name) {
        Supplier<byte[]> text = csv.get(name);
        return text == null
                ? TableWriter.csv(table(name)).getBytes(StandardCharsets.UTF_8)
                : text.get().clone();
    }

    /**
     * A table.
     *
     * @throws CalibrationException if there is no such table
     */
    public Table table(String name) {
        Supplier<Table> table = tables.get(name);
        if (table == null) {
            throw new CalibrationException(name, 0, "missing from calibration data " + version);
        }
        return table.get();
    }

    /** Version and tables as bytes that can be sent anywhere; see {@link #fromBytes}. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            CanonicalForm.text(out, MAGIC);
            CanonicalForm.text(out, version);
            CanonicalForm.text(out, sha256);
            out.writeInt(tables.size());
            for (Table table : tables()) {
                CanonicalForm.write(out, table);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws CalibrationException if the bytes are something else, or damaged
     */
    public static CalibrationContent fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (!CanonicalForm.text(in).equals(MAGIC)) {
                throw new IOException("not calibration data");
            }
            String version = CanonicalForm.text(in);
            String expected = CanonicalForm.text(in);
            Map<String, Table> tables = new TreeMap<>();
            for (int i = CanonicalForm.count(in); i > 0; i--) {
                Table table = CanonicalForm.read(in);
                tables.put(table.name(), table);
            }
            CalibrationContent content = new CalibrationContent(version, tables.values());
            if (!content.sha256.equals(expected)) {
                throw new IOException("SHA-256 is " + content.sha256 + ", not " + expected);
            }
            return content;
        } catch (IOException e) {
            throw new CalibrationException("calibration data as sent are damaged: " + e.getMessage(), e);
        }
    }

    private String digest() {
        Sha256 sha = new Sha256();
        tables().forEach(table -> sha.update(CanonicalForm.of(table)));
        return sha.hex();
    }
}
