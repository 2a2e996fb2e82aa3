package io.spectractor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.launcher.JavaModuleOptions;

/** The image, built and unpacked, and processes in it. Wants root, and network for Debian's packages that were not fetched yet. */
final class ImageFiles {
    private static final long PATIENCE_S = 280;
    /** Each pod sees the image's files and writes beside them; the rest is what a container is given. */
    private static final String ENTER = """
            set -e
            home=$1 image=$2 name=$3 user=$4
            shift 4
            root=$home/root
            mkdir -p "$root" "$home/new" "$home/work"
            mount -t overlay overlay -o "lowerdir=$image,upperdir=$home/new,workdir=$home/work" "$root"
            mkdir -p "$root/proc" "$root/dev"
            mount -t proc proc "$root/proc"
            mount --bind /dev "$root/dev"
            hostname "$name"
            while [[ $1 != -- ]]; do
                if [[ -d $2 ]]; then mkdir -p "$root$1"; else mkdir -p "$root${1%/*}"; touch "$root$1"; fi
                mount --bind "$2" "$root$1"
                shift 2
            done
            shift
            exec chroot --userspec="$user:0" --groups=185 "$root" /usr/bin/env -i --chdir=/opt/spark/work-dir "$@"
            """;

    private final Path files;

    private ImageFiles(Path files) {
        this.files = files;
    }

    /**
     * A process in the image.
     *
     * @param name of its host
     * @param user number of its user
     * @param mounts folders and files of this machine by their places in the image
     * @param environment beyond that of the image
     * @param arguments of the entry point
     */
    record Start(
            String name,
            String user,
            Map<String, Path> mounts,
            Map<String, String> environment,
            List<String> arguments) {}

    /** Where the archive is. */
    static Path build(Path folder, String name) {
        Path root = Path.of(System.getProperty("spectractor.root"));
        Path archive = folder.resolve(name + ".tar");
        String modules = List.of(JavaModuleOptions.defaultModuleOptionArray()).stream()
                .filter(option -> !option.contains("jdk.incubator.vector"))
                .collect(Collectors.joining(" "));
        List<String> command = new ArrayList<>(List.of(ClusterPaths.java(), "-Xmx512m", "-XX:+UseSerialGC", "-cp"));
        command.add(ClusterPaths.imageBuilder());
        command.addAll(List.of("io.spectractor.image.ImageBuild", "--out", archive.toString()));
        command.addAll(
                List.of("--files", root.resolve("launchers/kubernetes/image").toString()));
        String jars = java.util.stream.Stream.concat(ClusterPaths.sparkJars().stream(), ClusterPaths.s3aJars().stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("--jars", jars, "--program", ClusterPaths.jar().toString(), "--java-options", modules));
        command.addAll(List.of("--cache", root.resolve("target/debian-packages").toString()));
        command.addAll(List.of("--time", "2026-11-22T00:00:00Z"));
        try (Daemon builder = Daemon.start(folder.resolve(name + ".log"), Map.of(), command)) {
            assertThat(builder.exit(PATIENCE_S)).as(builder.said()).isZero();
        }
        return archive;
    }

    /** Unpacks an OCI archive, layer upon layer. */
    static ImageFiles unpack(Path archive, Path folder) throws IOException {
        Path blobs = Files.createDirectories(folder.resolve("blobs"));
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxr-xr-x"));
        tar(folder, "-C", blobs.toString(), "-xf", archive.toString());
        for (Path layer : OciArchive.layers(blobs)) {
            tar(folder, "-C", files.toString(), "--warning=no-unknown-keyword", "-xpf", layer.toString());
        }
        return new ImageFiles(files);
    }

    private static void tar(Path folder, String... words) {
        List<String> command = new ArrayList<>(List.of("tar"));
        command.addAll(List.of(words));
        try (Daemon tar = Daemon.start(folder.resolve("tar.log"), Map.of(), command)) {
            assertThat(tar.exit(PATIENCE_S)).as(tar.said()).isZero();
        }
    }

    /** Starts the entry point; home becomes the folder of what it writes. */
    Process start(Path home, Path log, Start what) throws IOException {
        return new ProcessBuilder(command(home, what))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** The same as a daemon of a test. */
    Daemon daemon(Path home, Path log, Start what) {
        return Daemon.start(log, Map.of(), command(home, what));
    }

    private List<String> command(Path home, Start what) {
        List<String> command =
                new ArrayList<>(List.of("unshare", "--mount", "--uts", "--pid", "--fork", "--kill-child"));
        command.addAll(
                List.of("bash", "-c", ENTER, "enter", home.toString(), files.toString(), what.name(), what.user()));
        what.mounts().forEach((place, source) -> command.addAll(List.of(place, source.toString())));
        command.add("--");
        Map<String, String> environment =
                new java.util.LinkedHashMap<>(OciArchive.environment(files.resolveSibling("blobs")));
        environment.putAll(what.environment());
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.add("/opt/entrypoint.sh");
        command.addAll(what.arguments());
        return command;
    }
}
