package io.spectractor.cli;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Options that one scheduler has; a command that runs images carries one mixin per scheduler. */
abstract class SchedulerMixin {
    @Spec(Spec.Target.SELF)
    private CommandSpec own = CommandSpec.create();

    /** The scheduler whose options these are. */
    abstract String scheduler();

    /**
     * Those that were given, by their names without dashes. Of an option that takes KEY=VALUE each key is an entry, with the
     * name {@code option key}.
     */
    final SortedMap<String, String> given() {
        SortedMap<String, String> given = new TreeMap<>();
        for (OptionSpec option : own.options()) {
            String name = option.longestName().substring(2);
            Object value = option.getValue();
            if (value instanceof Map<?, ?> entries) {
                entries.forEach((key, entry) -> given.put(name + " " + key, String.valueOf(entry)));
            } else if (value != null) {
                given.put(name, value.toString());
            }
        }
        return given;
    }
}
