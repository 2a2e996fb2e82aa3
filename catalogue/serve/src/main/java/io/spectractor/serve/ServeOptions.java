package io.spectractor.serve;

import io.spectractor.serve.data.Limits;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is served, where, and to whom.
 *
 * @param folder the catalogue
 * @param runs output folders of runs that are shown
 * @param bind address to listen at
 * @param port port to listen at, 0 for any that is free
 * @param token what one has to know to be served, null if nothing
 * @param basePath path that all addresses begin with, empty or {@code /some/path}
 * @param publicUrl the address by which others reach it, null if it is the one it listens at
 * @param authority authority of the identifiers of the spectra
 * @param registry TAP service of the registry that other services are found in
 * @param limits what one who asks may have
 * @param temporary folder for temporary files
 */
record ServeOptions(
        Path folder,
        List<Path> runs,
        String bind,
        int port,
        @Nullable String token,
        String basePath,
        @Nullable URI publicUrl,
        String authority,
        URI registry,
        Limits limits,
        Path temporary) {
    ServeOptions {
        runs = List.copyOf(runs);
    }
}
