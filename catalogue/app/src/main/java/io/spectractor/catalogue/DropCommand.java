package io.spectractor.catalogue;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "drop", mixinStandardHelpOptions = true, description = "Take a table away.")
final class DropCommand implements Callable<Integer> {
    @Mixin
    private FolderOption folder = new FolderOption();

    @Parameters(paramLabel = "NAME")
    private String name = "";

    @Spec
    @SuppressWarnings("NullAway")
    private CommandSpec spec;

    @Override
    public Integer call() {
        folder.open().drop(name);
        spec.commandLine().getOut().println("dropped " + name);
        return 0;
    }
}
