package io.spectractor.catalogue;

import io.spectractor.hats.CatalogueException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which folder of catalogues a command is about. */
final class FolderOption {
    @Option(
            names = "--catalogue",
            paramLabel = "DIR",
            description = "Folder of catalogues; else SPECTRACTOR_CATALOGUE.")
    private @Nullable Path folder;

    CatalogueFolder open() {
        String fromEnvironment = System.getenv("SPECTRACTOR_CATALOGUE");
        if (folder != null) {
            return CatalogueFolder.open(folder);
        }
        if (fromEnvironment == null || fromEnvironment.isBlank()) {
            throw new CatalogueException("which catalogue? Give --catalogue DIR, or set SPECTRACTOR_CATALOGUE");
        }
        return CatalogueFolder.open(Path.of(fromEnvironment));
    }
}
