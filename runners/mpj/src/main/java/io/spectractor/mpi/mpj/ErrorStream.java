package io.spectractor.mpi.mpj;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The standard error stream without the stack traces that MPJ Express prints whenever a channel closes. What they say is
 * thrown as an exception too; they would bury our one line on a rank that was lost.
 */
final class ErrorStream extends PrintStream {
    private static final List<String> PACKAGES = List.of("xdev.", "mpjdev.", "mpi.");
    private static final StackWalker WALKER = StackWalker.getInstance();

    private ErrorStream(PrintStream out) {
        super(out, true, StandardCharsets.UTF_8);
    }

    /** Puts it in the place of the standard error stream, once. */
    static void install() {
        if (!(System.err instanceof ErrorStream)) {
            System.setErr(new ErrorStream(System.err));
        }
    }

    /** By this a throwable prints the lines of its stack trace. */
    @Override
    public void println(Object line) {
        if (!printedByLibrary()) {
            super.println(line);
        }
    }

    private static boolean printedByLibrary() {
        return WALKER.walk(frames -> frames.skip(1)
                .map(StackWalker.StackFrame::getClassName)
                .dropWhile(name -> name.startsWith("java.") || name.startsWith(ErrorStream.class.getName()))
                .findFirst()
                .filter(name -> PACKAGES.stream().anyMatch(name::startsWith))
                .isPresent());
    }
}
