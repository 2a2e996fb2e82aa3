package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the blocks of the README whose lines begin with {@code $} and compares what they print with what stands there. Run
 * with {@code -Dspectractor.docs.write=true} to rewrite them. Run names, times, folders and counts of differing bytes are not
 * compared.
 */
class ReadmeTest {
    private static final Path README = Path.of(System.getProperty("basedir", "."), "..", "..", "README.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```\n(\\$ .*?)```");
    private static final String MARK = "@@@";

    @TempDir
    Path folder;

    /** One command and what the README says that it prints. */
    private record Step(String command, List<String> expected) {}

    @Test
    void everyBlockPrintsWhatStandsThere() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "there is no python3, which serves a file");
        String readme = Files.readString(README);
        StringBuilder rewritten = new StringBuilder();
        int end = 0;
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(readme);
        while (blocks.find()) {
            List<Step> steps = steps(blocks.group(1));
            List<List<String>> printed = run(steps);
            rewritten.append(readme, end, blocks.start(1));
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                boolean lacking = step.command().contains("Spectractor-data") && !hasOriginalData();
                rewritten.append("$ ").append(step.command()).append('\n');
                (lacking ? step.expected() : printed.get(i))
                        .forEach(line -> rewritten.append(shown(line)).append('\n'));
                if (!lacking) {
                    expected.add("$ " + step.command());
                    step.expected().forEach(line -> expected.add(comparable(line)));
                    actual.add("$ " + step.command());
                    printed.get(i).forEach(line -> actual.add(comparable(line)));
                }
            }
            end = blocks.end(1);
        }
        rewritten.append(readme.substring(end));
        if (Boolean.getBoolean("spectractor.docs.write")) {
            Files.writeString(README, rewritten);
            return;
        }
        assertThat(actual).hasSizeGreaterThan(25);
        assertThat(String.join("\n", actual))
                .as("rewrite the README with -Dtest=ReadmeTest -Dspectractor.docs.write=true")
                .isEqualTo(String.join("\n", expected));
    }

    private static List<Step> steps(String block) {
        List<Step> steps = new ArrayList<>();
        for (String line : block.lines().toList()) {
            if (line.startsWith("$ ")) {
                steps.add(new Step(line.substring(2), new ArrayList<>()));
            } else {
                steps.get(steps.size() - 1).expected().add(line);
            }
        }
        return steps;
    }

    /** The commands in one shell, in the folder that all blocks share. */
    private List<List<String>> run(List<Step> steps) throws IOException, InterruptedException {
        Path program = folder.resolve("spectractor");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(
                program,
                "#!/bin/bash\nexec '" + java + "' -Xmx1500m -cp '" + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        + "' io.spectractor.cli.Main \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        linkOriginalData();
        StringBuilder script = new StringBuilder("trap 'kill $(jobs -p) 2>/dev/null' EXIT\n");
        for (Step step : steps) {
            script.append("echo ").append(MARK).append('\n');
            script.append(step.command()).append('\n');
        }
        Path out = folder.resolve("out.txt");
        Process shell = new ProcessBuilder("/bin/bash", "-c", script.toString())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        if (!shell.waitFor(10, TimeUnit.MINUTES)) {
            shell.destroyForcibly();
            throw new AssertionError("the block did not end within 10 minutes:\n" + script);
        }
        List<List<String>> printed = new ArrayList<>();
        for (String line : Files.readAllLines(out, StandardCharsets.UTF_8)) {
            if (line.equals(MARK)) {
                printed.add(new ArrayList<>());
            } else {
                printed.get(printed.size() - 1).add(line);
            }
        }
        assertThat(printed).as(Files.readString(folder.resolve("err.txt"))).hasSameSizeAs(steps);
        return printed;
    }

    private static boolean hasOriginalData() {
        String shared = System.getenv("SPECTRACTOR_SHARED");
        return shared != null && Files.isDirectory(Path.of(shared, "calib-source"));
    }

    private void linkOriginalData() throws IOException {
        Path link = folder.resolve("Spectractor-data");
        if (hasOriginalData() && !Files.exists(link)) {
            Files.createSymbolicLink(link, Path.of(System.getenv("SPECTRACTOR_SHARED"), "calib-source"));
        }
    }

    /** A line as the README shows it: the folder of the test is /tmp/demo there. */
    private String shown(String line) {
        return line.replace(folder.toString(), "/tmp/demo");
    }

    /** A line without what changes from run to run. */
    private String comparable(String line) {
        String plain = shown(line).replaceAll("\\d{8}T\\d{6}Z", "RUN").replaceAll("in \\d+\\.\\d s", "in T s");
        return plain.matches(" *\\d{1,3}") ? "N" : plain;
    }
}
