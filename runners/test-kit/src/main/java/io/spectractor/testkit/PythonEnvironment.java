package io.spectractor.testkit;

import io.spectractor.testkit.ExternalProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** Packages of PyPI in an environment of their own in the user's cache, fetched once; they judge what the program writes. */
public final class PythonEnvironment {
    private static final long INSTALL_S = 600;

    private PythonEnvironment() {}

    /**
     * The interpreter that has these packages.
     *
     * @param packages with their versions, as {@code name==version}
     * @throws TestAbortedException if there is no Python 3.11, or the packages cannot be fetched: the test is skipped
     */
    public static String python(List<String> packages) throws IOException, InterruptedException {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        Path environment = Path.of(
                cache, "spectractor", "python", String.join("-", packages).replace("==", "-"));
        String python = environment.resolve("bin").resolve("python").toString();
        Path whole = environment.resolve("whole");
        if (!Files.exists(whole)) {
            make(environment, python, packages);
            Files.createFile(whole);
        }
        return python;
    }

    private static void make(Path environment, String python, List<String> packages)
            throws IOException, InterruptedException {
        Ended version;
        try {
            version = ExternalProgram.run(60, "python3", "-c", "import sys; print(sys.version_info >= (3, 11))");
        } catch (IOException e) {
            throw new TestAbortedException("skipped: there is no python3", e);
        }
        require(version.out().strip().equals("True"), "Python 3.11 is needed", version);
        Ended made = ExternalProgram.run(INSTALL_S, "python3", "-m", "venv", "--clear", environment.toString());
        require(made.code() == 0, "no virtual environment can be made", made);
        List<String> command = new ArrayList<>(
                List.of(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "1"));
        command.addAll(packages);
        Ended installed = ExternalProgram.run(INSTALL_S, command.toArray(String[]::new));
        require(installed.code() == 0, String.join(", ", packages) + " cannot be fetched from PyPI", installed);
    }

    private static void require(boolean condition, String otherwise, Ended ended) {
        if (!condition) {
            throw new TestAbortedException("skipped: " + otherwise + ": " + ended.all());
        }
    }
}
