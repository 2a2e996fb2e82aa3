package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.AnnotatedElement;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Runs the blocks of the README whose lines begin with {@code $}, by the program as a process of its own, and compares what
 * they print with what stands there. Run with {@code -Dspectractor.docs.write=true} to rewrite them. Names of runs, times,
 * folders and counts of differing bytes are not compared. Commands that stand in the documents without their output are only
 * checked to be understood.
 */
@Tag("slow")
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..", "..");
    private static final Path README = ROOT.resolve("README.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```\n(\\$ .*?)```");
    private static final String MARK = "@@@";
    private static final String PORT = "18765";

    @TempDir
    Path folder;

    /** One command and what the README says that it prints. */
    private record Step(String command, List<String> expected) {
        boolean needsOriginalData() {
            return command.contains("Spectractor-data");
        }
    }

    @Test
    void everyBlockPrintsWhatStandsThere() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "there is no python3, which serves a file");
        writeProgram();
        linkOriginalData();
        String readme = Files.readString(README);
        List<Step> steps =
                BLOCK.matcher(readme).results().flatMap(b -> steps(b.group(1))).toList();
        assertThat(steps).hasSizeGreaterThan(8);
        List<List<String>> printed = run(steps);
        if (Boolean.getBoolean("spectractor.docs.write")) {
            Files.writeString(README, rewritten(readme, steps, printed));
            return;
        }
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (hasOriginalData() || !step.needsOriginalData()) {
                expected.add("$ " + step.command());
                step.expected().forEach(line -> expected.add(comparable(line)));
                actual.add("$ " + step.command());
                printed.get(i).forEach(line -> actual.add(comparable(line)));
            }
        }
        assertThat(String.join("\n", actual))
                .as(
                        "rewrite the README with -Dtest=ReadmeTest -Dspectractor.docs.write=true; standard error: %s",
                        Files.readString(folder.resolve("err.txt")))
                .isEqualTo(String.join("\n", expected));
    }

    @Test
    void everyCommandIsUnderstood() throws IOException {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        CommandLine program = Commands.line(new FakeProgram(folder).services(nowhere, nowhere));
        List<String> wrong = new ArrayList<>();
        int commands = 0;
        for (Path document : documents()) {
            for (String line : Files.readAllLines(document)) {
                List<String> words = words(line);
                if (words.isEmpty() || !program.getSubcommands().containsKey(words.get(0))) {
                    continue;
                }
                commands++;
                try {
                    program.parseArgs(words.toArray(String[]::new));
                } catch (CommandLine.ParameterException e) {
                    wrong.add(document.getFileName() + ": " + line + ": " + e.getMessage());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(commands).isGreaterThan(40);
    }

    @Test
    void everyCommandHasExamplesThatAreUnderstood() throws IOException {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        CommandLine program = Commands.line(new FakeProgram(folder).services(nowhere, nowhere));
        for (CommandLine command : program.getSubcommands().values()) {
            String name = command.getCommandName();
            String examples = Stream.concat(Stream.of(command), command.getSubcommands().values().stream())
                    .flatMap(c -> Stream.of(c.getCommandSpec().usageMessage().footer()))
                    .collect(Collectors.joining("\n"))
                    .replaceAll("\\\\\n *", "");
            List<List<String>> found = examples.lines()
                    .map(line -> words(line.strip()))
                    .filter(words -> !words.isEmpty())
                    .toList();
            assertThat(found).as("examples of " + name).isNotEmpty();
            for (List<String> words : found) {
                assertThat(words.get(0)).isEqualTo(name);
                assertThatCode(() -> program.parseArgs(words.toArray(String[]::new)))
                        .as(String.join(" ", words))
                        .doesNotThrowAnyException();
            }
        }
    }

    /** They are format strings: a bare per cent sign would be complained about to who asks for help. */
    @Test
    void everyHelpTextCanBeFormatted() throws IOException {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        CommandLine program = Commands.line(new FakeProgram(folder).services(nowhere, nowhere));
        int texts = 0;
        for (CommandLine command : program.getSubcommands().values()) {
            List<String> all = Stream.concat(Stream.of(command), command.getSubcommands().values().stream())
                    .map(CommandLine::getCommandSpec)
                    .flatMap(spec -> spec.args().stream())
                    .flatMap(argument -> asWritten(argument.userObject()))
                    .toList();
            for (String text : all) {
                assertThatCode(() -> String.format(Locale.ROOT, text))
                        .as(command.getCommandName() + ": " + text)
                        .doesNotThrowAnyException();
            }
            texts += all.size();
        }
        assertThat(texts).isGreaterThan(300);
    }

    /** The description of an option or a parameter as it stands in the code; the parser's own is a formatted one. */
    private static Stream<String> asWritten(Object member) {
        if (!(member instanceof AnnotatedElement annotated)) {
            return Stream.of();
        }
        CommandLine.Option option = annotated.getAnnotation(CommandLine.Option.class);
        CommandLine.Parameters parameters = annotated.getAnnotation(CommandLine.Parameters.class);
        return Stream.concat(
                option == null ? Stream.of() : Stream.of(option.description()),
                parameters == null ? Stream.of() : Stream.of(parameters.description()));
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(README), docs.filter(p -> p.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    /** Words of a line of a block that calls the program, up to a comment, pipe, redirection or continuation. */
    private static List<String> words(String line) {
        Matcher command = Pattern.compile("^(?: {4})?(?:\\$ )?(?:\\./)?spectractor (\\w+(?: .*)?)$")
                .matcher(line);
        if (!command.matches() || command.group(1).contains("\\")) {
            return List.of();
        }
        // what may be left out is checked too; places of HDFS are understood only where its libraries are
        String plain = command.group(1)
                .replaceAll("\\s+(#|\\||>|2>|&&).*", "")
                .replaceAll("\\[(-[^]]*)]", "$1")
                .replaceAll("\\|\\w+", "");
        return List.of(plain.replaceAll("(hdfs|s3a)://", "/")
                .replaceAll("['\"]", "")
                .strip()
                .split("\\s+"));
    }

    private static Stream<Step> steps(String block) {
        List<Step> steps = new ArrayList<>();
        for (String line : block.lines().toList()) {
            if (line.startsWith("$ ")) {
                steps.add(new Step(line.substring(2), new ArrayList<>()));
            } else {
                steps.get(steps.size() - 1).expected().add(line);
            }
        }
        return steps.stream();
    }

    /** The program, as {@code ./spectractor}; the first compiler alone is the cheapest for runs of seconds. */
    private void writeProgram() throws IOException {
        String words = SimulatedNight.program().stream()
                .map(word -> word.equals("-Xmx300m") ? "-Xmx1g -XX:TieredStopAtLevel=1" : "'" + word + "'")
                .collect(Collectors.joining(" "));
        Path program = folder.resolve("spectractor");
        Files.writeString(program, "#!/bin/bash\nexec " + words + " \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    /** What the commands of all blocks print, one after the other in one shell and one folder. */
    private List<List<String>> run(List<Step> steps) throws IOException, InterruptedException {
        String port = freePort();
        StringBuilder script = new StringBuilder("trap 'kill $(jobs -p) 2>/dev/null' EXIT\n");
        for (Step step : steps) {
            script.append("echo ").append(MARK).append('\n');
            if (hasOriginalData() || !step.needsOriginalData()) {
                script.append(step.command().replace(PORT, port)).append('\n');
            }
            if (step.command().endsWith("&")) {
                script.append("for i in {1..300}; do (: </dev/tcp/127.0.0.1/")
                        .append(port)
                        .append(") 2>/dev/null && break; sleep 0.1; done\n");
            }
        }
        Path out = folder.resolve("out.txt");
        Process shell = new ProcessBuilder("/bin/bash", "-c", script.toString())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        if (!shell.waitFor(10, TimeUnit.MINUTES)) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
            throw new AssertionError("the blocks did not end within 10 minutes:\n" + script);
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

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private String rewritten(String readme, List<Step> steps, List<List<String>> printed) {
        int[] next = {0};
        return BLOCK.matcher(readme).replaceAll(block -> {
            StringBuilder text = new StringBuilder("```\n");
            for (Step step : steps(block.group(1)).toList()) {
                boolean known = hasOriginalData() || !step.needsOriginalData();
                text.append("$ ").append(step.command()).append('\n');
                (known ? printed.get(next[0]) : step.expected())
                        .forEach(line -> text.append(shown(line)).append('\n'));
                next[0]++;
            }
            assertThat(next[0]).isLessThanOrEqualTo(steps.size());
            return Matcher.quoteReplacement(text.append("```").toString());
        });
    }

    private static boolean hasOriginalData() {
        String shared = System.getenv("SPECTRACTOR_SHARED");
        return shared != null && Files.isDirectory(Path.of(shared, "calib-source"));
    }

    private void linkOriginalData() throws IOException {
        if (hasOriginalData()) {
            Files.createSymbolicLink(
                    folder.resolve("Spectractor-data"), Path.of(System.getenv("SPECTRACTOR_SHARED"), "calib-source"));
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
