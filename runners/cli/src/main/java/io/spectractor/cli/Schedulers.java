package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.core.config.NearestMatch;
import io.spectractor.remote.SchedulerFactory;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The table of schedulers: that of this process, and those of the modules that came along. */
final class Schedulers {
    /** All there are in the project, whether this program has them or not. */
    static final List<String> NAMES = List.of(LocalSchedulerFactory.NAME, "spark", "mpi");

    private Schedulers() {}

    /**
     * The scheduler of this name.
     *
     * @throws UsageException if there is none, or this program came without it
     */
    static SchedulerFactory find(String name, PrintStream err) {
        List<SchedulerFactory> table = new ArrayList<>(List.of(new LocalSchedulerFactory(err)));
        ServiceLoader.load(SchedulerFactory.class, Schedulers.class.getClassLoader())
                .forEach(table::add);
        return table.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow(() -> unknown(name, table));
    }

    /** The arguments of a command without those that a scheduler's own starter put before them. */
    static String[] ownArguments(String... args) {
        // those of a user never begin with a number
        if (args.length == 0 || !args[0].matches("\\d+")) {
            return args;
        }
        return ServiceLoader.load(SchedulerFactory.class, Schedulers.class.getClassLoader()).stream()
                .map(provider -> provider.get().startedWith(List.of(args)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(own -> own.toArray(String[]::new))
                .orElse(args);
    }

    private static UsageException unknown(String name, List<SchedulerFactory> table) {
        List<String> here = table.stream().map(SchedulerFactory::name).toList();
        if (NAMES.contains(name)) {
            return new UsageException("--scheduler " + name + " is not in this program, which has: "
                    + String.join(", ", here) + "; './spectractor run --scheduler " + name + "' brings it along");
        }
        return new UsageException("--scheduler " + name + ": expected one of " + String.join(", ", here)
                + NearestMatch.of(name, here)
                        .map(w -> "; did you mean " + w + "?")
                        .orElse(""));
    }
}
