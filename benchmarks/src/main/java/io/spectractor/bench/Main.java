package io.spectractor.bench;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.UsageException;
import io.spectractor.calib.CalibrationException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Where the benchmarks start, and the only place where they end. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(execute(new PrintWriter(System.out, true, StandardCharsets.UTF_8), args));
    }

    /** Runs a command; results go to the writer. Returns the exit code. */
    static int execute(PrintWriter out, String... args) {
        CommandLine line = new CommandLine(new BenchCommand());
        line.setOut(out);
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((e, words) -> {
            line.getErr().println("spectractor: " + e.getMessage());
            line.getErr()
                    .println(
                            "'" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help' shows how to use it");
            return ExitCode.USAGE.code();
        });
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof UsageException || e instanceof CalibrationException) {
                line.getErr().println("spectractor: " + e.getMessage());
                return ExitCode.USAGE.code();
            }
            line.getErr().println("spectractor: an internal error, please report it with these lines: " + e);
            e.printStackTrace(line.getErr());
            return ExitCode.BUG.code();
        });
        return line.execute(args);
    }
}
