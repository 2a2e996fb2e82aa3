package io.wronghouse.cli;

import io.wronghouse.benchmark.BenchmarkFault;

/** A module that looks at one it must not know. */
public final class CliFault {
    /** Reaches too far. */
    public static int reach() {
        return BenchmarkFault.reach();
    }

    private CliFault() {}
}
