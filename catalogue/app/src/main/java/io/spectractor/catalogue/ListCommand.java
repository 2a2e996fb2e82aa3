package io.spectractor.catalogue;

import io.spectractor.hats.HatsCatalogue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "list", mixinStandardHelpOptions = true, description = "The tables, their rows and pixels.")
final class ListCommand implements Callable<Integer> {
    @Mixin
    private FolderOption folder = new FolderOption();

    @Spec
    @SuppressWarnings("NullAway")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        folder.open().tables().forEach((name, path) -> {
            HatsCatalogue table = HatsCatalogue.open(path);
            out.printf(
                    "%-20s %-8s %12d rows  %6d pixels%n",
                    name,
                    table.properties().getOrDefault("dataproduct_type", "?"),
                    table.rows(),
                    table.partitions().size());
        });
        return 0;
    }
}
