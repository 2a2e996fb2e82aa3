package io.spectractor.cli;

import java.util.SortedMap;

/** Options that one scheduler has; a command that runs images carries one mixin per scheduler. */
interface SchedulerMixin {
    /** The scheduler whose options these are. */
    String scheduler();

    /** Those that were given, by their names without dashes. */
    SortedMap<String, String> given();
}
