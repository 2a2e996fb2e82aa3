package io.spectractor.serve;

import io.spectractor.serve.data.Limits;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A server of a few made-up stars that is asked for what is asked first. The launcher runs it when the program is new and keeps an
 * archive of the classes that were loaded, from which later servers begin.
 */
public final class Rehearsal {
    private static final List<String> ASKED = List.of(
            "/",
            "/style.css",
            "/table?name=catalogue.stars",
            "/explore?table=catalogue.stars&columns=ra&columns=dec&plot=heat&x=ra&y=dec",
            "/explore?table=catalogue.stars&columns=mag&plot=scatter&x=ra&y=mag",
            "/star",
            "/services",
            "/requests",
            "/runs",
            "/tap/tables",
            "/tap/capabilities",
            "/tap/sync?LANG=ADQL&QUERY=SELECT+TOP+5+*+FROM+catalogue.stars+WHERE+1+=+CONTAINS(POINT(ra,+dec),+CIRCLE(10,+20,+15))",
            "/tap/sync?LANG=ADQL&RESPONSEFORMAT=csv&QUERY=SELECT+COUNT(*)+AS+n+FROM+catalogue.stars+GROUP+BY+mag",
            "/scs/stars?RA=10&DEC=20&SR=15");

    private Rehearsal() {}

    /**
     * Rehearses, and ends the process.
     *
     * @param args a folder for the catalogue, which is left behind
     */
    public static void main(String[] args) throws IOException {
        rehearse(Path.of(args[0]), new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        System.exit(0);
    }

    /** @throws IllegalStateException if a request is not answered well */
    static void rehearse(Path folder, PrintWriter out) throws IOException {
        Path catalogue = io.spectractor.catalogue.Rehearsal.imported(folder, out);
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        ServeOptions options = new ServeOptions(
                catalogue,
                List.of(),
                "127.0.0.1",
                0,
                null,
                "",
                null,
                "spectractor.local",
                URI.create("http://127.0.0.1:9/tap"),
                Limits.usual(),
                temporary);
        try (Server server = Server.start(options)) {
            for (String path : ASKED) {
                HttpURLConnection request = (HttpURLConnection)
                        URI.create(server.url() + path).toURL().openConnection();
                int status = request.getResponseCode();
                out.println(status + " " + path);
                if (status != HttpURLConnection.HTTP_OK) {
                    throw new IllegalStateException(path + " is answered with " + status);
                }
                try (var answer = request.getInputStream()) {
                    answer.readAllBytes();
                }
            }
        }
    }
}
