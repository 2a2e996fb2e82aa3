package io.spectractor.calib;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import io.spectractor.calib.Table.Column;
import io.spectractor.calib.Table.Numbers;
import io.spectractor.calib.Table.Texts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads what {@link HdfWriter} wrote, and proves that it is unharmed. */
final class HdfReader {
    private static final int MAX_DEPTH = 6;
    private static final int SUPERBLOCK_BYTES = 48;
    private static final int VERSION_AT = 8;
    private static final int END_OF_FILE_AT = 28;
    private static final Set<String> NOT_HEADER = Set.of(HdfLayout.TABLE, HdfLayout.COLUMNS);
    private static final String ADVICE = "; copy or download it again, or write it anew with 'spectractor calib build'";

    private final String source;
    private final List<Table> tables = new ArrayList<>();

    private HdfReader(String source) {
        this.source = source;
    }

    /**
     * Reads a file's bytes.
     *
     * @param source name for messages
     * @throws CalibrationException if they are not a calibration file, truncated or damaged
     */
    static CalibrationContent read(String source, byte[] bytes) {
        if (bytes.length < SUPERBLOCK_BYTES || bytes.length < statedLength(bytes)) {
            throw new CalibrationException(
                    source + ": not a whole HDF5 file, truncated after " + bytes.length + " bytes" + ADVICE);
        }
        try (HdfFile hdf = HdfFile.fromBytes(bytes)) {
            return new HdfReader(source).read(hdf);
        } catch (CalibrationException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // a damaged file leads the library anywhere, also into lengths that no memory holds
            throw new CalibrationException(
                    source + ": not a whole HDF5 file, truncated or damaged" + reason(e) + ADVICE, e);
        }
    }

    private static String reason(Throwable e) {
        return e instanceof HdfException && e.getMessage() != null ? " (" + e.getMessage() + ")" : "";
    }

    /** The end of the file as its superblock (version 2 or 3, as we write it) states it; 0 for others. */
    private static long statedLength(byte[] bytes) {
        int version = bytes[VERSION_AT];
        return version == 2 || version == 3
                ? ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(END_OF_FILE_AT)
                : 0;
    }

    private CalibrationContent read(HdfFile hdf) {
        String format = attribute(hdf, "format");
        if (!format.equals(HdfLayout.FORMAT)) {
            throw new CalibrationException(source + ": format '" + format + "', expected '" + HdfLayout.FORMAT
                    + "'; is it a calibration file of another version of the program?");
        }
        collect(hdf, 0);
        CalibrationContent content = CalibrationContent.of(attribute(hdf, "version"), tables);
        String expected = attribute(hdf, "sha256");
        if (!content.sha256().equals(expected)) {
            throw new CalibrationException(source + ": damaged, the SHA-256 of its content is " + content.sha256()
                    + ", it should be " + expected + ADVICE);
        }
        return content;
    }

    private void collect(Group group, int depth) {
        if (depth > MAX_DEPTH) {
            throw new CalibrationException(source + ": damaged, its groups have no end" + ADVICE);
        }
        if (group.getAttributes().containsKey(HdfLayout.TABLE)) {
            tables.add(table(group));
        }
        for (Node child : group) {
            if (child instanceof Group inner) {
                collect(inner, depth + 1);
            }
        }
    }

    private Table table(Group group) {
        Map<String, String> header = new TreeMap<>();
        for (String key : group.getAttributes().keySet()) {
            if (!NOT_HEADER.contains(key)) {
                header.put(key, unquoted(attribute(group, key)));
            }
        }
        List<Column> columns = new ArrayList<>();
        for (String name : attribute(group, HdfLayout.COLUMNS).split(",", -1)) {
            columns.add(column(group, name));
        }
        return new Table(attribute(group, HdfLayout.TABLE), header, columns, new int[0]);
    }

    private Column column(Group group, String name) {
        if (group.getChild(name) instanceof Dataset dataset) {
            Object data = dataset.getData();
            if (data instanceof double[] numbers) {
                return new Numbers(name, numbers);
            }
            if (data instanceof String[] texts) {
                return new Texts(
                        name, Arrays.stream(texts).map(HdfReader::unquoted).toList());
            }
        }
        throw new CalibrationException(
                source + ": " + group.getPath() + name + " is not a column of float64 or text" + ADVICE);
    }

    private String attribute(Node node, String name) {
        Attribute attribute = node.getAttributes().get(name);
        if (attribute != null && attribute.getData() instanceof String text) {
            return text;
        }
        throw new CalibrationException(source + ": " + node.getPath() + " has no text attribute '" + name
                + "'; is it a file of 'spectractor calib build'?");
    }

    private static String unquoted(String text) {
        return text.equals(HdfLayout.NOTHING) ? "" : text;
    }
}
