package io.spectractor.mpi.start;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.run.Machine;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The command line of a rank: the Java, the class path and the character set of this process, the MPI library, and a heap
 * with a bound.
 *
 * @param mainClass where the rank starts
 * @param heapMb largest heap of a rank, MB
 */
public record JavaCommand(String mainClass, long heapMb) {
    /** Where Debian's libmpj-java puts its conf folder. */
    private static final Path MPJ_HOME = Path.of("/usr/share/mpj");

    /** MPJ Express, and the logger that Debian's package forgets to put beside it. */
    private static final List<Path> MPJ_JARS =
            List.of(Path.of("/usr/share/java/mpj.jar"), Path.of("/usr/share/java/log4j-1.2.jar"));

    /** Environment variable with further options for the JVM of a rank. */
    public static final String OPTIONS_VARIABLE = "SPECTRACTOR_RANK_JAVA_OPTS";

    private static final long BASE_MB = 100;

    /** A heap that feeds so many images at a time. */
    public static long heapMbFor(int threads) {
        return BASE_MB + threads * (Machine.BYTES_PER_WORKER >> 20);
    }

    /**
     * The program and its arguments.
     *
     * @throws UsageException if MPJ Express is not installed
     */
    public List<String> arguments() {
        for (Path jar : MPJ_JARS) {
            if (!Files.isReadable(jar)) {
                throw new UsageException("--scheduler mpi needs MPJ Express, and " + jar
                        + " is not there; install it: apt-get install --no-install-recommends libmpj-java");
            }
        }
        List<String> arguments = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMb + "m",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8"));
        String more = System.getenv().getOrDefault(OPTIONS_VARIABLE, "").strip();
        if (!more.isEmpty()) {
            arguments.addAll(Arrays.asList(more.split("\\s+")));
        }
        arguments.addAll(List.of("-cp", classPath(), mainClass));
        return arguments;
    }

    private static String classPath() {
        List<String> parts = new ArrayList<>(List.of(System.getProperty("java.class.path")));
        MPJ_JARS.forEach(jar -> parts.add(jar.toString()));
        return String.join(File.pathSeparator, parts);
    }

    /** What the library wants to find in the environment. */
    public static Map<String, String> environment() {
        return Map.of("MPJ_HOME", MPJ_HOME.toString());
    }
}
