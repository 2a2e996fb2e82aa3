package io.spectractor.serve.vo;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import uk.ac.starlink.table.StarTable;
import uk.ac.starlink.votable.DataFormat;
import uk.ac.starlink.votable.StringElementSizer;
import uk.ac.starlink.votable.VOSerializer;
import uk.ac.starlink.votable.VOSerializerConfig;
import uk.ac.starlink.votable.VOTableVersion;

/** VOTable documents as DALI 1.1 wants them. */
public final class VoTables {
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
            """;

    private VoTables() {}

    /** A result, with a note behind the table if there was more. */
    static void write(StarTable table, DataFormat format, boolean overflow, OutputStream out) throws IOException {
        write(table, format, overflow, "", "", out);
    }

    /**
     * @param before elements of the resource before the table
     * @param after elements after the resource of the results
     */
    static void write(
            StarTable table, DataFormat format, boolean overflow, String before, String after, OutputStream out)
            throws IOException {
        BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        writer.write(HEAD);
        writer.write("<RESOURCE type=\"results\">\n<INFO name=\"QUERY_STATUS\" value=\"OK\"/>\n" + before);
        VOSerializer.makeSerializer(
                        new VOSerializerConfig(format, VOTableVersion.V14, StringElementSizer.ERROR_IF_USED, true),
                        table)
                .writeInlineTableElement(writer);
        if (overflow) {
            writer.write("<INFO name=\"QUERY_STATUS\" value=\"OVERFLOW\">there are more rows</INFO>\n");
        }
        writer.write("</RESOURCE>\n" + after + "</VOTABLE>\n");
        writer.flush();
    }

    /** Writes a document. */
    @FunctionalInterface
    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    /** A document in a new file of a folder; none is left if it cannot be written. */
    static Path file(Path folder, Writer writer) throws IOException {
        Path file = Files.createTempFile(folder, "table", ".xml");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            writer.write(out);
            return file;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** The text of an error. */
    public static String error(String message) {
        return HEAD + "<RESOURCE type=\"results\">\n<INFO name=\"QUERY_STATUS\" value=\"ERROR\">" + Xml.escaped(message)
                + "</INFO>\n</RESOURCE>\n</VOTABLE>\n";
    }

    /** What an error of a cone search says. */
    static String coneError(String message) {
        return HEAD + "<INFO ID=\"Error\" name=\"Error\" value=\"" + Xml.escaped(message) + "\"/>\n</VOTABLE>\n";
    }
}
