package io.spectractor.catalogue;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "create", mixinStandardHelpOptions = true, description = "Make an empty folder of catalogues.")
final class CreateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A new folder.")
    private Path folder = Path.of("");

    @Spec
    @SuppressWarnings("NullAway")
    private CommandSpec spec;

    @Override
    public Integer call() {
        CatalogueFolder.create(folder);
        spec.commandLine().getOut().println("made " + folder + ", empty");
        return 0;
    }
}
