package io.spectractor.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the image, or puts it into a registry. {@code ./spectractor image} says where everything is. */
@Command(
        name = "spectractor image",
        description =
                "Builds the image for Kubernetes out of Debian's packages, Spark's jars and the program, without a"
                        + " container engine. The same sources make the same bytes.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ImageBuild implements Callable<Integer> {
    /** Where the image goes. */
    static final class Target {
        @Option(names = "--out", paramLabel = "FILE.tar", description = "Write the image as an OCI archive.")
        @Nullable
        Path file;

        @Option(
                names = "--push",
                paramLabel = "REGISTRY/NAME:TAG",
                description = "Put the image into a registry, with the credentials of ~/.docker/config.json.")
        @Nullable
        String registry;
    }

    @ArgGroup(multiplicity = "1", exclusive = true)
    private Target target = new Target();

    @Option(
            names = "--name",
            paramLabel = "NAME:TAG",
            defaultValue = "spectractor:0.1.0",
            description = "Name of the image in the archive (default: ${DEFAULT-VALUE}).")
    private String name = "";

    @Option(
            names = "--files",
            required = true,
            hidden = true,
            description = "Folder with the scripts and the packages.")
    private Path files = Path.of("");

    @Option(names = "--jars", required = true, hidden = true, split = ":", description = "Spark's jars, and more.")
    private List<Path> jars = List.of();

    @Option(names = "--program", required = true, hidden = true, description = "The program in one jar.")
    private Path program = Path.of("");

    @Option(names = "--java-options", required = true, hidden = true, description = "What Java must open to Spark.")
    private String javaOptions = "";

    @Option(names = "--cache", required = true, hidden = true, description = "Folder for packages that were fetched.")
    private Path cache = Path.of("");

    @Option(names = "--time", required = true, hidden = true, description = "Time of all files.")
    private Instant time = Instant.EPOCH;

    /** The program; exits through picocli's code with 0 or 2. */
    public static void main(String[] words) {
        CommandLine line = new CommandLine(new ImageBuild());
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            command.getErr().println("spectractor image: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        });
        int code = line.execute(words);
        if (code != 0) {
            // jib's threads may still be there
            Runtime.getRuntime().halt(code);
        }
    }

    @Override
    public Integer call() throws IOException {
        Path work = Files.createTempDirectory("spectractor-image");
        try {
            Path layer = work.resolve("layer.tar");
            BaseLayer.write(packages(), time, layer);
            Path base = work.resolve("base.tar");
            BaseImage.write(layer, time, base);
            Files.delete(layer);
            SpectractorImage.Contents contents = new SpectractorImage.Contents(
                    expanded(), program, files, List.of(javaOptions.strip().split("\\s+", -1)));
            JibContainer made = new SpectractorImage(contents, time).build(base, work, destination());
            System.out.println(made.getDigest());
            return 0;
        } finally {
            delete(work);
        }
    }

    private List<Path> packages() throws IOException {
        PackageStore store = new PackageStore(cache);
        List<Path> all = new ArrayList<>();
        for (DebianPackage one : DebianPackage.read(files.resolve("debian-packages"))) {
            all.add(store.file(one));
        }
        return all;
    }

    /** Jars as a class path names them: one by one, or a folder of them. */
    private List<Path> expanded() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path jar : jars) {
            if (jar.endsWith("*")) {
                try (Stream<Path> inside = Files.list(jar.resolveSibling(""))) {
                    inside.filter(file -> file.toString().endsWith(".jar")).forEach(all::add);
                }
            } else {
                all.add(jar);
            }
        }
        return all;
    }

    private Containerizer destination() throws IOException {
        String reference = target.registry == null ? name : target.registry;
        try {
            ImageReference parsed = ImageReference.parse(reference);
            if (target.registry == null) {
                Path file = java.util.Objects.requireNonNull(target.file);
                return Containerizer.to(TarImage.at(file).named(parsed));
            }
            RegistryImage registry = RegistryImage.named(parsed);
            CredentialRetrieverFactory credentials = CredentialRetrieverFactory.forImage(parsed, message -> {});
            registry.addCredentialRetriever(credentials.dockerConfig());
            return Containerizer.to(registry);
        } catch (InvalidImageReferenceException e) {
            throw new ImageException(
                    reference + " is no name of an image, such as registry.example.org/spectractor:0.1.0", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
