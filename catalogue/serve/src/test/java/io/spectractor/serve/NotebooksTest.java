package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spectractor.testkit.ExternalProgram;
import io.spectractor.testkit.ExternalProgram.Ended;
import io.spectractor.testkit.PythonEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The notebooks go through from top to bottom, as nbconvert runs them: those in Python on the nights of AuxTel users behind a
 * server, the one in Java on a simulated frame. Jupyter and what the notebooks import come from PyPI, the Java kernel from Maven
 * Central, once, into the user's cache.
 */
@Tag("slow")
class NotebooksTest {
    private static final List<String> PACKAGES = List.of(
            "nbconvert==7.16.6",
            "ipykernel==6.29.5",
            "pyvo==1.9.1",
            "astropy==8.0.2",
            "matplotlib==3.10.8",
            "duckdb==2.0.1",
            "hats==0.11.1",
            "lsdb==0.11.1");
    private static final String KERNEL = "3.0.1";
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    private static final Path NOTEBOOKS =
            Path.of("../../notebooks").toAbsolutePath().normalize();
    private static final long CATALOGUE_S = 120;
    private static final long NOTEBOOK_S = 300;

    private static String folder(String variable) {
        String folder = System.getenv(variable);
        assumeTrue(folder != null, variable + " is not set");
        return String.valueOf(folder);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The jar of the Java kernel. */
    private static String kernel() throws IOException, InterruptedException {
        Path cache = Path.of(
                System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache"),
                "spectractor");
        Path jar = cache.resolve("rapaio-jupyter-kernel-" + KERNEL + ".jar");
        if (!Files.exists(jar)) {
            Ended ended = ExternalProgram.run(
                    CATALOGUE_S,
                    "mvn",
                    "-q",
                    "-B",
                    "-ntp",
                    "dependency:copy",
                    "-Dartifact=io.github.padreati:rapaio-jupyter-kernel:" + KERNEL,
                    "-DoutputDirectory=" + cache);
            assumeTrue(ended.code() == 0, "skipped: the Java kernel cannot be fetched: " + ended.all());
        }
        return jar.toString();
    }

    /**
     * A jar that names the class path. The kernel takes jars alone, and one at a time: with a hundred it is still at it when
     * the first message comes, and never answers.
     */
    private static Path jar(Path file) throws IOException {
        StringBuilder entries = new StringBuilder();
        for (String entry : CLASS_PATH.split(File.pathSeparator, -1)) {
            Path path = Path.of(entry).toAbsolutePath();
            entries.append(path).append(Files.isDirectory(path) ? "/ " : " ");
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(Attributes.Name.CLASS_PATH, entries.toString().strip());
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
        return file;
    }

    private static void catalogue(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 4];
        command[0] = java();
        command[1] = "-cp";
        command[2] = CLASS_PATH;
        command[3] = "io.spectractor.catalogue.Main";
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        Ended ended = ExternalProgram.run(CATALOGUE_S, command);
        assertThat(ended.code()).as(ended.all()).isZero();
    }

    /** Runs one and gives its cells with their results. */
    private static JsonNode executed(String python, String name, Path results, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("env"));
        environment.forEach((key, value) -> command.add(key + "=" + value));
        command.addAll(List.of(
                python,
                "-m",
                "nbconvert",
                "--to",
                "notebook",
                "--execute",
                "--ExecutePreprocessor.timeout=" + NOTEBOOK_S,
                "--output-dir",
                results.toString(),
                NOTEBOOKS.resolve(name).toString()));
        Ended ended = ExternalProgram.run(NOTEBOOK_S, command.toArray(String[]::new));
        assertThat(ended.code()).as(ended.all()).isZero();
        return new ObjectMapper().readTree(results.resolve(name).toFile()).get("cells");
    }

    private static String outputs(JsonNode cells) {
        StringBuilder out = new StringBuilder();
        cells.forEach(cell -> out.append(cell.path("outputs")));
        return out.toString();
    }

    @Test
    void thoseInPythonAskAServerAndReadTheFolder(@TempDir Path temp) throws IOException, InterruptedException {
        Path nights = Path.of(folder("SPECTRACTOR_SHARED"), "real", "auxtel-nights");
        String python = PythonEnvironment.python(PACKAGES);
        Path catalogue = temp.resolve("catalogue");
        catalogue("create", catalogue.toString());
        catalogue(
                "add",
                catalogue.toString(),
                nights.resolve("auxtel_20220914.h5").toString(),
                nights.resolve("auxtel_20220927.h5").toString());
        Path results = Files.createDirectory(temp.resolve("results"));
        try (RunningServer server = new RunningServer(temp, null, "")) {
            Map<String, String> environment =
                    Map.of("SPECTRACTOR_SERVE", server.url(), "SPECTRACTOR_CATALOGUE", catalogue.toString());
            assertThat(outputs(executed(python, "water-by-tap.ipynb", results, environment)))
                    .contains("spectra with water")
                    .contains("image/png");
            assertThat(outputs(executed(python, "hats-with-duckdb.ipynb", results, environment)))
                    .contains("image/png");
        }
    }

    @Test
    void theOneInJavaExtractsAnImage(@TempDir Path temp) throws IOException, InterruptedException {
        Path golden = Path.of(folder("SPECTRACTOR_GOLDEN"), "sim-a-constant-psf");
        String python = PythonEnvironment.python(PACKAGES);
        Path kernel = Files.createDirectories(temp.resolve("jupyter/kernels/java"));
        Files.writeString(
                kernel.resolve("kernel.json"),
                new ObjectMapper()
                        .writeValueAsString(Map.of(
                                "display_name",
                                "Java",
                                "language",
                                "java",
                                "argv",
                                List.of(java(), "-jar", kernel(), "{connection_file}"),
                                "env",
                                Map.of(
                                        "RJK_CLASSPATH",
                                        jar(temp.resolve("all.jar")).toString()))));
        JsonNode one = new ObjectMapper().readTree(golden.resolve("case.json").toFile());
        Map<String, String> environment = Map.of(
                "JUPYTER_PATH", temp.resolve("jupyter").toString(),
                "SPECTRACTOR_IMAGE", golden.resolve(one.get("image").asText()).toString(),
                "SPECTRACTOR_TARGET", one.get("target").asText(),
                "SPECTRACTOR_DISPERSER", one.get("disperser").asText(),
                "SPECTRACTOR_GUESS",
                        one.get("guess_xy_pixels").get(0) + ","
                                + one.get("guess_xy_pixels").get(1));
        assertThat(outputs(executed(
                        python, "one-image.ipynb", Files.createDirectory(temp.resolve("results")), environment)))
                .contains("order 0 at")
                .contains("distance to the detector 55.")
                .contains("image/png");
    }
}
