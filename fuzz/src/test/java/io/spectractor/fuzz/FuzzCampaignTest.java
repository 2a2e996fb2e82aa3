package io.spectractor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs Jazzer on every reader, each in a JVM of its own. {@code -Dfuzz.runs} says how many executions, {@code
 * -Dfuzz.seconds} how long at most, {@code -Dfuzz.target} which reader alone. What was found lies in target/fuzz.
 */
class FuzzCampaignTest {
    private static final Path SEEDS = Path.of("src", "test", "resources", "seeds");
    private static final Pattern EXECUTED = Pattern.compile("stat::number_of_executed_units: *(\\d+)");
    private static final int HANG_SECONDS = 10;
    /** Those of comparisons, and of regular expressions, whose memory would count as the reader's. */
    private static final String HOOKS = String.join(
            ":",
            "com.code_intelligence.jazzer.runtime.TraceCmpHooks",
            "com.code_intelligence.jazzer.sanitizers.RegexInjection",
            "com.code_intelligence.jazzer.sanitizers.RegexRoadblocks");

    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    void seedsAreAccepted(FuzzTarget target) throws Exception {
        int accepted = 0;
        for (Path seed : seeds(target)) {
            byte[] bytes = Files.readAllBytes(seed);
            assertThat(target.accepts(bytes)).as("%s", seed).isTrue();
            accepted++;
        }
        assertThat(accepted).isPositive();
    }

    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    void nothingIsFound(FuzzTarget target) throws IOException, InterruptedException {
        String only = System.getProperty("fuzz.target", "");
        Assumptions.assumeTrue(only.isEmpty() || only.equals(target.folder()), "fuzz.target names another one");
        Path folder = Files.createDirectories(Path.of("target", "fuzz", target.folder()));
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command(target, folder, corpus))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            process.waitFor();
        } finally {
            process.destroyForcibly().waitFor(HANG_SECONDS, TimeUnit.SECONDS);
        }
        String said = Files.readString(log);
        assertThat(process.exitValue())
                .as(
                        "%s; the input and a way to reproduce it are in %s. The end of %s:%n%s",
                        target, folder, log, tail(said))
                .isZero();
        Matcher executed = EXECUTED.matcher(said);
        assertThat(executed.find()).as("executions in %s", log).isTrue();
        System.out.printf("fuzz %s: %s executions, nothing found%n", target.folder(), executed.group(1));
    }

    private static List<String> command(FuzzTarget target, Path folder, Path corpus) throws IOException {
        long largest = 0;
        for (Path seed : seeds(target)) {
            largest = Math.max(largest, Files.size(seed));
        }
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Xss2m",
                "-XX:+UseSerialGC",
                "-Dspectractor.fuzz.target=" + target.name(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzHarness.class.getName(),
                "--instrumentation_includes=io.spectractor.**:nom.tam.**:io.jhdf.**:org.snakeyaml.**",
                // its loops over letters, which only word a message, took nine tenths of the time
                "--instrumentation_excludes=io.spectractor.core.config.NearestMatch",
                "--custom_hook_excludes=**",
                // comparisons and look-ups in maps take twenty times as long with their hooks, which no reader needs:
                // what is compared stands in the seeds
                "--trace=cov",
                "--disabled_hooks=" + HOOKS,
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-runs=" + Long.getLong("fuzz.runs", 1_000_000),
                "-max_total_time=" + Long.getLong("fuzz.seconds", 0),
                "-timeout=" + HANG_SECONDS,
                "-rss_limit_mb=0",
                "-max_len=" + 2 * largest,
                "-print_final_stats=1",
                corpus.toString(),
                SEEDS.resolve(target.folder()).toString()));
    }

    private static List<Path> seeds(FuzzTarget target) throws IOException {
        try (Stream<Path> files = Files.list(SEEDS.resolve(target.folder()))) {
            return files.sorted().toList();
        }
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 3000));
    }
}
