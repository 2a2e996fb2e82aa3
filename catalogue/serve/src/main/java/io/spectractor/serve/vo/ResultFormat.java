package io.spectractor.serve.vo;

import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.Result;
import io.spectractor.serve.data.ResultRows;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uk.ac.starlink.fits.FitsTableWriter;
import uk.ac.starlink.table.formats.CsvTableWriter;
import uk.ac.starlink.table.formats.TextTableWriter;
import uk.ac.starlink.votable.DataFormat;

/** The formats of a result. */
public enum ResultFormat {
    VOTABLE(
            "application/x-votable+xml",
            "xml",
            "votable",
            "text/xml",
            "application/x-votable+xml;serialization=binary2"),
    TABLEDATA("application/x-votable+xml;serialization=tabledata", "xml", "votable/td"),
    BINARY("application/x-votable+xml;serialization=binary", "xml", "votable/b"),
    CSV("text/csv;header=present", "csv", "csv", "text/csv"),
    TSV("text/tab-separated-values", "tsv", "tsv"),
    FITS("application/fits", "fits", "fits"),
    PARQUET("application/vnd.apache.parquet", "parquet", "parquet", "application/x-parquet"),
    TEXT("text/plain", "txt", "text");

    private final String mime;
    private final String suffix;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is
    private final List<String> aliases;

    ResultFormat(String mime, String suffix, String... aliases) {
        this.mime = mime;
        this.suffix = suffix;
        this.aliases = List.of(aliases);
    }

    /** Its media type. */
    public String mime() {
        return mime;
    }

    /** Suffix of a file of it. */
    public String suffix() {
        return suffix;
    }

    /** Other names that a request may give it. */
    public List<String> aliases() {
        return aliases;
    }

    /**
     * The format of a name.
     *
     * @throws QueryRejectedException if there is none
     */
    public static ResultFormat of(String name) {
        String wanted = name.replace(" ", "").replace("\"", "").toLowerCase(Locale.ROOT);
        for (ResultFormat format : values()) {
            if (format.mime.equals(wanted) || format.aliases.contains(wanted)) {
                return format;
            }
        }
        throw new QueryRejectedException("there is no format '" + name + "'; there are "
                + IntStream.range(0, values().length)
                        .mapToObj(i -> values()[i].aliases.get(0))
                        .collect(Collectors.joining(", ")));
    }

    /** Writes a result to a file. */
    public void write(Engine.Session session, Result result, Path file) throws SQLException, IOException {
        if (this == PARQUET) {
            String columns = IntStream.range(0, result.columns().size())
                    .mapToObj(i -> "c" + i + " AS "
                            + Names.quoted(result.columns().get(i).name()))
                    .collect(Collectors.joining(", "));
            session.statement()
                    .execute("COPY (SELECT " + columns + " FROM " + result.table() + ") TO "
                            + Names.literal(file.toAbsolutePath().toString()) + " (FORMAT parquet)");
            return;
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            ResultRows rows = new ResultRows(session, result);
            switch (this) {
                case CSV -> new CsvTableWriter(true).writeStarTable(rows, out);
                case TSV -> tabs().writeStarTable(rows, out);
                case TEXT -> new TextTableWriter().writeStarTable(rows, out);
                case FITS -> new FitsTableWriter().writeStarTable(rows, out);
                case TABLEDATA -> VoTables.write(rows, DataFormat.TABLEDATA, result.overflow(), out);
                case BINARY -> VoTables.write(rows, DataFormat.BINARY, result.overflow(), out);
                default -> VoTables.write(rows, DataFormat.BINARY2, result.overflow(), out);
            }
        }
    }

    private static CsvTableWriter tabs() {
        CsvTableWriter writer = new CsvTableWriter(true);
        writer.setDelimiter('\t');
        return writer;
    }
}
