package io.spectractor.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What Jazzer calls with each input. The target is named by the system property {@code spectractor.fuzz.target}. */
public final class FuzzHarness {
    private static final FuzzTarget TARGET = FuzzTarget.valueOf(System.getProperty("spectractor.fuzz.target"));
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private FuzzHarness() {}

    /** Reads one input; whatever it throws is a finding. */
    public static void fuzzerTestOneInput(byte[] bytes) throws Exception {
        long most = TARGET.mostBytes(bytes.length);
        long taken = taken(bytes);
        // the first time classes may have been loaded, and instrumented, on the way
        if (taken > most && taken(bytes) > most) {
            throw new IllegalStateException(taken + " bytes taken to read " + bytes.length);
        }
    }

    private static long taken(byte[] bytes) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        TARGET.accepts(bytes);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
