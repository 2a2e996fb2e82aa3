package io.spectractor.catalogue;

import io.spectractor.hats.HatsCatalogue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "show", mixinStandardHelpOptions = true, description = "A table's columns and where it comes from.")
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private NamedTable table = new NamedTable();

    @Override
    public Integer call() {
        HatsCatalogue opened = table.open();
        var out = table.out();
        opened.properties().forEach((key, value) -> out.printf("%-24s %s%n", key, value));
        out.println();
        TableFiles.described(opened.schema(), "").forEach(out::println);
        return 0;
    }
}
