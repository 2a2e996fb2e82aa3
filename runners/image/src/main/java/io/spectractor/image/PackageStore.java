package io.spectractor.image;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** Packages that were fetched, in a folder; none is taken whose digest is not the pinned one. */
final class PackageStore {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int OK = 200;

    private final Path folder;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    PackageStore(Path folder) {
        this.folder = folder;
    }

    /**
     * The file of a package, fetched if it is not there.
     *
     * @throws ImageException if it cannot be had, or is another one
     */
    Path file(DebianPackage wanted) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(wanted.sha256() + ".deb");
        if (!Files.exists(file)) {
            Path part = Files.createTempFile(folder, "part", ".deb");
            try {
                fetch(wanted.address(), part);
                String found = sha256(part);
                if (!found.equals(wanted.sha256())) {
                    throw new ImageException(wanted.address() + " has the SHA-256 " + found + ", not the pinned one, "
                            + wanted.sha256() + "; nothing was made");
                }
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
        return file;
    }

    private void fetch(URI address, Path to) throws IOException {
        try {
            HttpResponse<Path> answer = client.send(
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofFile(to));
            if (answer.statusCode() != OK) {
                throw new ImageException(address + " answers " + answer.statusCode()
                        + "; Debian keeps only the newest versions: on a machine with Debian 12 run"
                        + " launchers/kubernetes/image/update-packages, which writes the list of packages anew");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageException("interrupted", e);
        } catch (ImageException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageException(address + " cannot be fetched: " + e, e);
        }
    }

    static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (var in = Files.newInputStream(file)) {
                byte[] buffer = new byte[1 << 16];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
