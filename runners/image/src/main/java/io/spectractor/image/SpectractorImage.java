package io.spectractor.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** The layers of the image, and how it is started. */
final class SpectractorImage {
    private static final String SPARK = "/opt/spark";
    private static final FilePermissions READ = FilePermissions.fromOctalString("644");
    private static final FilePermissions RUN = FilePermissions.fromOctalString("755");
    private static final String JAVA_HOME = "/usr/lib/jvm/java-17-openjdk-amd64";

    private final Instant time;
    private final Contents contents;

    /**
     * What goes into it.
     *
     * @param sparkJars jars of a Spark installation, and of the clients that it finds beside them
     * @param program the program in one jar
     * @param scripts folder with entrypoint.sh, spark-submit and spectractor
     * @param moduleOptions what Java must open to Spark, an option per element
     */
    record Contents(List<Path> sparkJars, Path program, Path scripts, List<String> moduleOptions) {}

    SpectractorImage(Contents contents, Instant time) {
        this.contents = contents;
        this.time = time;
    }

    /**
     * Builds the image on a base, and hands it to where it belongs.
     *
     * @param base image as of {@code docker save}
     * @param work folder for files in between
     * @param to a file or a registry
     */
    JibContainer build(Path base, Path work, Containerizer to) throws IOException {
        Path options = work.resolve("module-options");
        Files.write(options, contents.moduleOptions());
        try {
            JibContainerBuilder image = Jib.from(TarImage.at(base))
                    .setFormat(ImageFormat.OCI)
                    .setPlatforms(Set.of(new Platform("amd64", "linux")))
                    .setCreationTime(time)
                    .addFileEntriesLayer(sparkLayer(options))
                    .addFileEntriesLayer(scriptLayer())
                    .addFileEntriesLayer(programLayer())
                    .setEnvironment(environment())
                    .setUser("185")
                    .setWorkingDirectory(AbsoluteUnixPath.get(SPARK + "/work-dir"))
                    .setEntrypoint("/opt/entrypoint.sh");
            return image.containerize(to.setBaseImageLayersCache(work.resolve("base-layers"))
                    .setApplicationLayersCache(work.resolve("layers"))
                    .setAllowInsecureRegistries(false)
                    .setToolName("spectractor"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageException("interrupted", e);
        } catch (ExecutionException e) {
            throw new ImageException("the image cannot be made: " + e.getCause().getMessage(), e);
        } catch (RegistryException | CacheDirectoryCreationException e) {
            throw new ImageException("the image cannot be made: " + e.getMessage(), e);
        }
    }

    /** In one order: that of a map without would change the digest of the image. */
    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", "/usr/local/bin:/usr/bin:/opt/spark/bin:" + JAVA_HOME + "/bin");
        environment.put("JAVA_HOME", JAVA_HOME);
        environment.put("SPARK_HOME", SPARK);
        environment.put("SPARK_SCALA_VERSION", "2.13");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HOME", SPARK + "/work-dir");
        return environment;
    }

    private FileEntriesLayer sparkLayer(Path options) {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("Spark");
        add(layer, options, SPARK + "/module-options", READ);
        contents.sparkJars().stream()
                .sorted(Comparator.comparing(jar -> String.valueOf(jar.getFileName())))
                .forEach(jar -> add(layer, jar, SPARK + "/jars/" + jar.getFileName(), READ));
        return layer.build();
    }

    private FileEntriesLayer scriptLayer() {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("entry point");
        add(layer, contents.scripts().resolve("entrypoint.sh"), "/opt/entrypoint.sh", RUN);
        add(layer, contents.scripts().resolve("spark-submit"), SPARK + "/bin/spark-submit", RUN);
        add(layer, contents.scripts().resolve("spectractor"), "/usr/local/bin/spectractor", RUN);
        return layer.build();
    }

    private FileEntriesLayer programLayer() {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("Spectractor");
        add(layer, contents.program(), "/opt/spectractor/spectractor.jar", READ);
        return layer.build();
    }

    private void add(FileEntriesLayer.Builder layer, Path file, String place, FilePermissions permissions) {
        layer.addEntry(file, AbsoluteUnixPath.get(place), permissions, time);
    }
}
