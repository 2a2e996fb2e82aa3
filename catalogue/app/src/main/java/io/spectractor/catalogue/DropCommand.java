package io.spectractor.catalogue;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "drop", mixinStandardHelpOptions = true, description = "Remove a table.")
final class DropCommand implements Callable<Integer> {
    @Mixin
    private NamedTable table = new NamedTable();

    @Override
    public Integer call() {
        table.catalogue().drop(table.name());
        table.out().println("dropped " + table.name());
        return 0;
    }
}
