package io.spectractor.catalogue;

import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import uk.ac.starlink.table.ColumnInfo;
import uk.ac.starlink.table.RandomStarTable;
import uk.ac.starlink.table.StarTableOutput;

/** Results for people and for other programs: text, CSV, FITS, VOTable, Parquet. */
final class TableFiles {
    private static final Map<String, String> FORMATS =
            Map.of("csv", "csv", "fits", "fits-basic", "vot", "votable", "xml", "votable", "parquet", "parquet");

    private TableFiles() {}

    /** Whether a file's name tells a format that is known; said before any work is done. */
    static String format(Path file) {
        String name = String.valueOf(file.getFileName());
        String format = FORMATS.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT));
        if (format == null) {
            throw new CatalogueException("--to " + file + ": the name must end with .csv, .fits, .vot or .parquet");
        }
        return format;
    }

    /** Writes a table in the format that the file's name tells. The file appears when it is whole. */
    static void write(Table table, Path file) {
        String format = format(file);
        try {
            if (format.equals("parquet")) {
                ParquetTables.write(table, file);
                return;
            }
            Path part = file.resolveSibling(file.getFileName() + ".part");
            new StarTableOutput().writeStarTable(new Rows(table), part.toString(), format);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CatalogueException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Prints the first rows as text in columns. */
    static void print(Table table, int rows, PrintWriter out) {
        Rows view = new Rows(table);
        int n = (int) Math.min(rows, view.getRowCount());
        List<String[]> lines = new ArrayList<>();
        String[] head = new String[view.getColumnCount()];
        for (int c = 0; c < head.length; c++) {
            head[c] = view.getColumnInfo(c).getName();
        }
        lines.add(head);
        for (int r = 0; r < n; r++) {
            String[] line = new String[head.length];
            for (int c = 0; c < head.length; c++) {
                Object cell = view.getCell(r, c);
                line[c] = cell == null ? "" : cell.getClass().isArray() ? lengthOf(cell) : cell.toString();
            }
            lines.add(line);
        }
        int[] width = new int[head.length];
        lines.forEach(line -> {
            for (int c = 0; c < line.length; c++) {
                width[c] = Math.max(width[c], line[c].length());
            }
        });
        for (String[] line : lines) {
            StringBuilder text = new StringBuilder();
            for (int c = 0; c < line.length; c++) {
                text.append(line[c]).append(" ".repeat(width[c] - line[c].length() + 2));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private static String lengthOf(Object array) {
        return "[" + java.lang.reflect.Array.getLength(array) + " values]";
    }

    /** A table as STIL sees it: one column for each primitive, lists as arrays. */
    private static final class Rows extends RandomStarTable {
        private final Table table;
        private final List<String[]> paths = new ArrayList<>();
        private final List<ColumnInfo> columns = new ArrayList<>();

        Rows(Table table) {
            this.table = table;
            table.schema().getColumns().forEach(column -> {
                paths.add(column.getPath());
                boolean list = column.getMaxRepetitionLevel() > 0;
                columns.add(new ColumnInfo(name(column.getPath()), type(column.getPrimitiveType(), list), null));
            });
        }

        private static String name(String[] path) {
            List<String> words = new ArrayList<>(List.of(path));
            words.removeIf(word -> words.size() > 1
                    && (word.equals("list") || word.equals("element") || word.equals("item") || word.equals("array")));
            return String.join("_", words);
        }

        private static Class<?> type(PrimitiveType type, boolean list) {
            boolean text = type.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation;
            return switch (type.getPrimitiveTypeName()) {
                case DOUBLE -> list ? double[].class : Double.class;
                case FLOAT -> list ? double[].class : Float.class;
                case INT64 -> list ? double[].class : Long.class;
                case INT32 -> list ? double[].class : Integer.class;
                case BOOLEAN -> list ? String[].class : Boolean.class;
                case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> list ? String[].class : text ? String.class : byte[].class;
            };
        }

        @Override
        public int getColumnCount() {
            return columns.size();
        }

        @Override
        public ColumnInfo getColumnInfo(int column) {
            return columns.get(column);
        }

        @Override
        public long getRowCount() {
            return table.rows();
        }

        @Override
        public @Nullable Object getCell(long row, int column) {
            Class<?> type = columns.get(column).getContentClass();
            if (type == double[].class) {
                return table.list((int) row, paths.get(column));
            }
            Object value = table.value((int) row, paths.get(column));
            if (type == String[].class) {
                return ((List<?>) java.util.Objects.requireNonNull(value))
                        .stream().map(String::valueOf).toArray(String[]::new);
            }
            return value;
        }
    }

    /** A schema in lines: name and type of each column. */
    static List<String> described(GroupType schema, String before) {
        List<String> lines = new ArrayList<>();
        for (Type field : schema.getFields()) {
            if (field.isPrimitive()) {
                PrimitiveType type = field.asPrimitiveType();
                boolean text = type.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation;
                lines.add(before + field.getName() + "  "
                        + (text ? "text" : type.getPrimitiveTypeName().name().toLowerCase(java.util.Locale.ROOT)));
            } else if (field.getLogicalTypeAnnotation() != null) {
                lines.add(before + field.getName() + "  list");
            } else {
                lines.addAll(described(field.asGroupType(), before + field.getName() + "."));
            }
        }
        return lines;
    }
}
