package io.spectractor.serve;

import io.spectractor.hats.CatalogueException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** {@code ./spectractor serve}: a catalogue and runs over HTTP. */
public final class Main {
    private Main() {}

    /** Serves until it is stopped; exit code 2 if the user has to correct something. */
    public static void main(String[] args) {
        System.exit(run(args, writer(System.out), writer(System.err)));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    static int run(String[] args, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new ServeCommand());
        line.setOut(out);
        line.setErr(err);
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof CatalogueException || e instanceof IllegalArgumentException) {
                command.getErr().println("spectractor: " + e.getMessage());
                return 2;
            }
            throw e;
        });
        return line.execute(args);
    }
}
