package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.run.RunFolder;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A run that goes on when the command that started it is over, and the terminal closed. */
final class BackgroundRun {
    private static final long BEGUN_WITHIN_MS = 120_000;
    private static final long LOOK_EVERY_MS = 100;

    private final Services services;
    private final RunFolder folder;

    BackgroundRun(Services services, RunFolder folder) {
        this.services = services;
        this.folder = folder;
    }

    /**
     * Starts the command anew in a session of its own, and waits until it works on the run or is over.
     *
     * @param args of this command
     * @return the exit code: that of the run if it did not begin
     * @throws UsageException if it cannot be started here
     */
    int start(List<String> args) throws IOException {
        // a process can write its messages itself to a file of this machine only; from there they get into the run
        // folder
        Path logs = PathResolver.isLocal(folder.path()) ? folder.logs() : RunRegistry.logs(folder);
        Files.createDirectories(logs);
        Path out = logs.resolve("driver.out");
        Path err = logs.resolve("driver.err");
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(program());
        args.stream().filter(word -> !word.equals("--background")).forEach(command::add);
        if (!args.contains("--run-id") && args.stream().noneMatch(w -> w.startsWith("--run-id="))) {
            command.addAll(List.of("--run-id", folder.runId()));
        }
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(services.workingFolder().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UsageException("--background needs the program setsid (util-linux): " + e.getMessage(), e);
        }
        RunRegistry.register(folder);
        boolean begun = begun(process);
        if (!begun && !process.isAlive() && process.exitValue() != 0) {
            services.err().print(new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
            return process.exitValue();
        }
        services.out().println("run " + folder.runId() + (begun ? " works" : " starts") + " in the background");
        services.out().println("process:  " + process.pid());
        services.out().println("output:   " + out);
        services.out().println("messages: " + err);
        services.out()
                .println("'spectractor monitor " + folder.runId() + "' watches it, status, cancel and resume take"
                        + " the same id");
        return ExitCode.ALL_DONE.code();
    }

    /** The script that started this program, so that its build is kept while the run continues; else this very Java. */
    private static List<String> program() throws IOException {
        String root = System.getProperty("spectractor.root", "");
        Path script = Path.of(root, "spectractor");
        if (!root.isEmpty() && Files.isExecutable(script) && Files.isRegularFile(script)) {
            return List.of(script.toString());
        }
        String line = new String(Files.readAllBytes(Path.of("/proc/self/cmdline")), StandardCharsets.UTF_8);
        List<String> all = Arrays.asList(line.split("\0", -1));
        int main = all.indexOf(Main.class.getName());
        if (main < 0) {
            throw new UsageException("--background does not know how this program was started; use ./spectractor");
        }
        return all.subList(0, main + 1);
    }

    private boolean begun(Process process) {
        long end = System.nanoTime() + BEGUN_WITHIN_MS * 1_000_000;
        try {
            while (process.isAlive() && System.nanoTime() < end) {
                if (folder.exists() && folder.isAlive()) {
                    return true;
                }
                Thread.sleep(LOOK_EVERY_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
