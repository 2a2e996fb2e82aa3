package io.spectractor.catalogue;

import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.HatsVerifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Check every file of a folder of catalogues, or of one HATS catalogue. Exit code 1 if something is wrong.")
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Folder of catalogues, or any HATS catalogue.")
    private Path folder = Path.of("");

    @Spec
    @SuppressWarnings("NullAway")
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!Files.isDirectory(folder)) {
            throw new CatalogueException("there is no folder " + folder);
        }
        Map<String, Path> tables =
                Files.isDirectory(folder.resolve(".current")) || Files.exists(folder.resolve(CollectionFile.NAME))
                        ? CatalogueFolder.open(folder).tables()
                        : Map.of(folder.toString(), folder);
        var out = spec.commandLine().getOut();
        int wrong = 0;
        for (Map.Entry<String, Path> table : tables.entrySet()) {
            List<String> problems = HatsVerifier.problems(table.getValue());
            problems.forEach(out::println);
            out.println(table.getKey() + (problems.isEmpty() ? ": whole" : ": " + problems.size() + " problems"));
            wrong += problems.size();
        }
        return wrong == 0 ? 0 : 1;
    }
}
