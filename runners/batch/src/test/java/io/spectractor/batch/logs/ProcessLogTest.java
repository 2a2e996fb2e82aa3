package io.spectractor.batch.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLogTest {
    @TempDir
    private Path run;

    @Test
    void processKeepsWhatItSaysAndStillSaysIt() throws Exception {
        Path logs = run.resolve("logs");
        Process process = talker(logs, "rank-3")
                .redirectErrorStream(true)
                .redirectOutput(run.resolve("terminal").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(run.resolve("terminal")).content().contains("before", "a result", "an error", "[##.]", "the end");
        assertThat(logs.resolve("rank-3.out")).hasContent("a result");
        assertThat(logs.resolve("rank-3.err")).hasContent("before\nan error\nthe end");
    }

    @Test
    void whatGoesIntoTheFolderAnywayIsNotKeptTwice() throws Exception {
        Path logs = Files.createDirectory(run.resolve("logs"));
        Process process = talker(logs, "driver")
                .redirectOutput(logs.resolve("driver.out").toFile())
                .redirectError(logs.resolve("driver.err").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(names(logs)).containsExactly("driver.err", "driver.out");
        assertThat(logs.resolve("driver.out")).hasContent("a result");
    }

    /** As YARN starts them; what the JVM itself says is in that file too. */
    @Test
    void executorKeepsTheFileThatTheClusterMade() throws Exception {
        Path container = Files.createDirectory(run.resolve("container"));
        Path error = Files.writeString(container.resolve("stderr"), "words of the launcher\n");
        Process process = talker(run.resolve("logs"), "executor-7")
                .redirectOutput(container.resolve("stdout").toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(error.toFile()))
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(run.resolve("logs/executor-7.err"))
                .content()
                .startsWith("words of the launcher\nbefore\n")
                .endsWith("the end\n");
        assertThat(run.resolve("logs/executor-7.out")).hasContent("a result");
    }

    /** As a worker of Spark's standalone cluster does it, through a pipe. */
    @Test
    void executorKeepsTheFilesOfItsWorkingFolder() throws Exception {
        Path work = Files.createDirectory(run.resolve("work"));
        Files.writeString(work.resolve("stderr"), "from the worker\n");
        Files.writeString(work.resolve("stdout"), "");
        Process process = talker(run.resolve("logs"), "executor-1")
                .directory(work.toFile())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(names(run.resolve("logs"))).containsExactly("executor-1.err");
        assertThat(run.resolve("logs/executor-1.err")).hasContent("from the worker");
    }

    private static ProcessBuilder talker(Path logs, String role) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Talker.class.getName(),
                logs.toString(),
                role);
    }

    /** Says this and that in a process of its own. */
    static final class Talker {
        public static void main(String[] args) {
            StreamCopy.install();
            System.err.println("before");
            ProcessLog.start(Path.of(args[0]), args[1], complaint -> {
                throw new IllegalStateException(complaint);
            });
            System.out.println("a result");
            System.err.print("\r\u001b[K[#..]");
            System.err.print("\r\u001b[K[##.]");
            System.err.println("\r\u001b[K\u001b[31man error\u001b[0m");
            ProcessLog.flush();
            System.err.println("the end");
            ProcessLog.flush();
        }
    }

    @Test
    void logIsBoundedAndKeepsItsBeginningAndItsEnd() throws IOException {
        Files.createDirectory(run.resolve("logs"));
        Files.writeString(run.resolve("logs/driver.err"), "of the first start");
        LogFile log = new LogFile(run.resolve("logs"), "driver", ".err", 10);
        for (int i = 0; i < 100; i++) {
            log.append(String.format("%04d\n", i).getBytes(StandardCharsets.UTF_8));
        }
        List<String> expected = new ArrayList<>(List.of("driver-2.err"));
        for (int i = 45; i <= 51; i++) {
            expected.add("driver-" + i + ".err");
        }
        expected.add("driver.err");
        assertThat(names(run.resolve("logs"))).containsExactlyElementsOf(expected);
        assertThat(run.resolve("logs/driver.err")).hasContent("of the first start");
        assertThat(run.resolve("logs/driver-2.err")).hasContent("0000\n0001\n");
        assertThat(run.resolve("logs/driver-51.err")).hasContent("0098\n0099\n");
    }

    @Test
    void longLinesAreSplitOverParts() throws IOException {
        LogFile log = new LogFile(run.resolve("logs"), "x", ".out", 4);
        log.append("abcdefghij".getBytes(StandardCharsets.UTF_8));
        assertThat(run.resolve("logs/x.out")).hasContent("abcd");
        assertThat(run.resolve("logs/x-3.out")).hasContent("ij");
    }

    @Test
    void bursts() throws IOException {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        StreamCopy copy = new StreamCopy(terminal);
        byte[] line = "x".repeat(999).concat("\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 400; i++) {
            copy.write(line);
        }
        copy.write("half".getBytes(StandardCharsets.UTF_8));
        assertThat(terminal.size()).isEqualTo(400_004);
        String taken = new String(copy.take(), StandardCharsets.UTF_8);
        assertThat(taken).startsWith("[a part was left out").endsWith("x\n");
        assertThat(taken.length()).isBetween(100_000, 262_200);
        assertThat(copy.take()).isEmpty();
        copy.write(" a line\n".getBytes(StandardCharsets.UTF_8));
        assertThat(copy.take()).asString(StandardCharsets.UTF_8).isEqualTo("half a line\n");
    }

    @Test
    void fileThatGrewByMuchIsNotReadWhole() throws IOException {
        Path file = run.resolve("stderr");
        GrowingFile source = new GrowingFile(file);
        assertThat(source.take()).isEmpty();
        Files.writeString(file, "begin\n");
        assertThat(source.take()).asString(StandardCharsets.UTF_8).isEqualTo("begin\n");
        Files.write(file, new byte[6 << 20], StandardOpenOption.APPEND);
        byte[] taken = source.take();
        assertThat(new String(taken, 0, 60, StandardCharsets.UTF_8)).startsWith("[5242880 bytes are left out here");
        assertThat(taken.length).isBetween(1 << 20, (1 << 20) + 300);
        Files.writeString(file, "begun anew\n");
        assertThat(source.take()).asString(StandardCharsets.UTF_8).isEqualTo("begun anew\n");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }
}
