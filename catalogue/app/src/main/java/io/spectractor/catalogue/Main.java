package io.spectractor.catalogue;

import io.spectractor.hats.CatalogueException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./spectractor catalogue}: catalogues on the sky as plain Parquet files in the HATS layout. */
@Command(
        name = "spectractor catalogue",
        mixinStandardHelpOptions = true,
        description =
                "Tables on the sky in a folder of HATS catalogues, which LSDB, DuckDB, Spark and TOPCAT read too.",
        subcommands = {
            CreateCommand.class,
            AddCommand.class,
            ImportCommand.class,
            ListCommand.class,
            ShowCommand.class,
            VerifyCommand.class,
            DropCommand.class,
            ConeCommand.class,
            RegionCommand.class,
            MatchCommand.class,
            JoinCommand.class,
            LightcurveCommand.class,
            ApplyCommand.class,
            DipsCommand.class,
            TopCommand.class
        })
public final class Main {
    private Main() {}

    /** Runs a command; exit code 0 done, 1 a check failed, 2 a problem the user has to correct. */
    public static void main(String[] args) {
        System.exit(run(args, writer(System.out), writer(System.err)));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    static CommandLine line() {
        CommandLine line = new CommandLine(new Main());
        // a declination may be negative
        line.getSubcommands().get("cone").setUnmatchedOptionsArePositionalParams(true);
        return line;
    }

    static int run(String[] args, PrintWriter out, PrintWriter err) {
        CommandLine line = line();
        line.setOut(out);
        line.setErr(err);
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof CatalogueException
                    || e instanceof io.spectractor.calib.CalibrationException
                    || e instanceof IllegalArgumentException) {
                command.getErr().println("spectractor: " + e.getMessage());
                return 2;
            }
            throw e;
        });
        if (args.length == 0) {
            line.usage(out);
            return 2;
        }
        return line.execute(args);
    }
}
