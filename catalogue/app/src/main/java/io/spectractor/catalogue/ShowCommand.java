package io.spectractor.catalogue;

import io.spectractor.hats.HatsCatalogue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "show", mixinStandardHelpOptions = true, description = "A table's columns and where it comes from.")
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private FolderOption folder = new FolderOption();

    @Parameters(paramLabel = "NAME")
    private String name = "";

    @Spec
    @SuppressWarnings("NullAway")
    private CommandSpec spec;

    @Override
    public Integer call() {
        HatsCatalogue table = folder.open().table(name);
        var out = spec.commandLine().getOut();
        table.properties().forEach((key, value) -> out.printf("%-24s %s%n", key, value));
        out.println();
        TableFiles.described(table.schema(), "").forEach(out::println);
        return 0;
    }
}
