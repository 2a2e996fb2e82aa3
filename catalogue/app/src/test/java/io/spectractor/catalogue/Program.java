package io.spectractor.catalogue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** Runs a command in this process. */
final class Program {
    private Program() {}

    /** What a command said, and how it ended. */
    record Result(int code, String out, String err) {}

    static Result run(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(
                Arrays.stream(words).map(String::valueOf).toArray(String[]::new),
                new PrintWriter(out, true),
                new PrintWriter(err, true));
        return new Result(code, out.toString(), err.toString());
    }
}
