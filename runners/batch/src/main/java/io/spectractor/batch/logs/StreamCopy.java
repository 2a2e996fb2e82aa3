package io.spectractor.batch.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A standard stream of this process that also keeps what goes through it, until a log takes it. Safe for threads. What the
 * JVM itself prints when it crashes does not come by here.
 */
public final class StreamCopy extends OutputStream implements LogSource {
    private static final int LONGEST = 256 << 10;
    private static final String LEFT_OUT = "[a part was left out: too much at once]\n";
    private static final Pattern TERMINAL = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]|[^\n]*\r(?!\n)|\r(?=\n)");

    private static @Nullable StreamCopy standardOut;
    private static @Nullable StreamCopy standardError;

    private final @Nullable OutputStream target;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean leftOut;

    StreamCopy(@Nullable OutputStream target) {
        this.target = target;
    }

    /** From now on keeps what this process prints; the second call does nothing. */
    public static synchronized void install() {
        if (standardError == null) {
            standardOut = new StreamCopy(System.out);
            System.setOut(new PrintStream(standardOut, true, charset("sun.stdout.encoding")));
            standardError = new StreamCopy(System.err);
            System.setErr(new PrintStream(standardError, true, charset("sun.stderr.encoding")));
        }
    }

    private static Charset charset(String property) {
        return Charset.forName(
                System.getProperty(property, Charset.defaultCharset().name()));
    }

    /** What was kept of standard output, or null if nothing is. */
    static synchronized @Nullable StreamCopy ofOut() {
        return standardOut;
    }

    /** What was kept of standard error, or null if nothing is. */
    static synchronized @Nullable StreamCopy ofError() {
        return standardError;
    }

    /** For a logger that has its own hold of standard error: what it writes here goes to the log alone. */
    public static OutputStream logOnly() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                StreamCopy copy = ofError();
                if (copy != null) {
                    copy.keep(bytes, offset, length);
                }
            }
        };
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (target != null) {
            target.write(bytes, offset, length);
        }
        keep(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        if (target != null) {
            target.flush();
        }
    }

    private synchronized void keep(byte[] bytes, int offset, int length) {
        if (kept.size() + length > LONGEST) {
            kept.reset();
            leftOut = true;
        }
        int most = Math.min(length, LONGEST);
        kept.write(bytes, offset + length - most, most);
    }

    /** Whole lines, as a terminal would show them in the end: of a line that is written again and again, the last. */
    @Override
    public synchronized byte[] take() {
        byte[] all = kept.toByteArray();
        int end = all.length;
        while (end > 0 && all[end - 1] != '\n') {
            end--;
        }
        int begin = all.length;
        while (begin > end && all[begin - 1] != '\r') {
            begin--;
        }
        kept.reset();
        kept.write(all, begin, all.length - begin);
        if (end == 0) {
            return new byte[0];
        }
        String text = TERMINAL.matcher(new String(all, 0, end, StandardCharsets.UTF_8))
                .replaceAll("");
        String before = leftOut ? LEFT_OUT : "";
        leftOut = false;
        return (before + text).getBytes(StandardCharsets.UTF_8);
    }
}
