package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code launchers/slurm/mpi.sbatch} under a real Slurm on this machine: one of two nodes for all jobs. */
@Timeout(600)
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlurmMpiTest {
    static final Path ROOT = root();

    /** Of each log, in the message of a failure. */
    private static final int LINES_OF_A_LOG = 80;

    @TempDir
    Path folder = Path.of("");

    private SimulatedNight night;
    private Path cluster = Path.of("");
    private String slurmConf = "";

    private static Path root() {
        Path path = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(path.resolve("scripts/slurm-here"))) {
            path = path.getParent();
        }
        return path;
    }

    @BeforeAll
    void startSlurm() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/usr/share/java/mpj.jar")), "Debian's libmpj-java is not installed");
        assumeTrue("root".equals(System.getProperty("user.name")), "Slurm's daemons take root");
        for (String program : List.of("slurmctld", "slurmd", "munged")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/sbin", program)), program + " is not installed");
        }
        night = SimulatedNight.get();
        // the name of a socket is at most 107 bytes long
        cluster = Files.createTempDirectory(Path.of("/tmp"), "slurm");
        // no test has a folder yet
        folder = cluster;
        Said said = say(script("start", "2"));
        assertThat(said.code()).as(said.text()).isZero();
        slurmConf = said.text().strip().replaceFirst("^export SLURM_CONF=", "");
    }

    @BeforeEach
    void writeProgram() throws IOException {
        Path program = folder.resolve("spectractor");
        String words = SimulatedNight.program().stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
        Files.writeString(program, "#!/bin/sh\nexec " + words + " \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    @AfterAll
    void stopSlurm() throws Exception {
        if (!cluster.equals(Path.of(""))) {
            // that of a test is gone
            folder = cluster;
            int code = slurmConf.isEmpty() ? 0 : say(script("stop")).code();
            say(List.of("rm", "-rf", cluster.toString()));
            assertThat(code).isZero();
        }
    }

    private List<String> script(String verb, String... more) {
        return Stream.concat(
                        Stream.of(ROOT.resolve("scripts/slurm-here").toString(), verb, cluster.toString()),
                        Arrays.stream(more))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aJobDoesAllImagesThoughARankIsKilled(int nodes) throws Exception {
        Path out = folder.resolve("out");
        String which = nodes == 1 ? "--nodelist=n1" : "--nodelist=n1,n2";
        String job = submit(out, which, "--nodes=" + nodes, "--ntasks-per-node=" + 4 / nodes);
        awaitProducts(out, 2);
        kill(job, "2");
        assertThat(awaitEnd(job)).as(() -> evidence(job)).isEqualTo("COMPLETED 0:0");
        assertThat(SimulatedNight.digests(out)).isEqualTo(night.local());
        assertThat(log(job)).contains("the world of ranks broke: rank 2").contains("starting a new one");
        String journal = Files.readString(out.resolve("_runs/slurm-" + job + "/journal.jsonl"));
        for (int node = 1; node <= nodes; node++) {
            assertThat(journal).contains("@n" + node + "\"");
        }
    }

    @Test
    void theEarlySignalStopsInOrderAndAnotherJobTakesOver() throws Exception {
        Path out = folder.resolve("out");
        String first = submit(out, "--nodes=1", "--ntasks-per-node=2");
        awaitProducts(out, 2);
        // what Slurm does ahead of the time limit with --signal=B:USR1
        assertThat(say(List.of("scancel", "--batch", "--signal=USR1", first)).code())
                .isZero();
        assertThat(awaitEnd(first)).as(() -> evidence(first)).isEqualTo("FAILED 75:0");
        long done = SimulatedNight.digests(out).size();
        assertThat(done).isBetween(2L, night.count() - 1L);

        String second =
                submit(out, "--nodes=1", "--ntasks-per-node=2", "--export=ALL,SPECTRACTOR_RUN_ID=slurm-" + first);
        assertThat(awaitEnd(second)).as(() -> evidence(second)).isEqualTo("COMPLETED 0:0");
        assertThat(SimulatedNight.digests(out)).isEqualTo(night.local());
        assertThat(log(second)).contains(done + " kept from before");
    }

    private String submit(Path out, String... options) throws Exception {
        List<String> words = Stream.of(
                        Stream.of("sbatch", "--parsable", "--time=10", "--output=" + folder.resolve("job-%j.log")),
                        Arrays.stream(options),
                        Stream.of(
                                ROOT.resolve("launchers/slurm/mpi.sbatch").toString(),
                                night.frames().toString(),
                                out.toString()))
                .flatMap(s -> s)
                .toList();
        Said said = say(words);
        assertThat(said.code()).as(said.text()).isZero();
        return said.text().strip().replaceFirst("(?s).*?(\\d+)$", "$1");
    }

    private String log(String job) throws IOException {
        Path file = folder.resolve("job-" + job + ".log");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** What the job and Slurm's daemons had to say, for the message of a failure: their files go with the test. */
    private String evidence(String job) {
        StringBuilder text = new StringBuilder();
        for (Path file : List.of(
                folder.resolve("job-" + job + ".log"),
                cluster.resolve("log/slurmctld.log"),
                cluster.resolve("log/slurmd-n1.log"),
                cluster.resolve("log/slurmd-n2.log"))) {
            if (Files.exists(file)) {
                text.append("---- ").append(file.getFileName()).append('\n').append(tail(file));
            }
        }
        return text.toString();
    }

    private static String tail(Path file) {
        try (Stream<String> all = Files.lines(file)) {
            List<String> lines = all.toList();
            return lines.stream()
                    .skip(Math.max(0, lines.size() - LINES_OF_A_LOG))
                    .collect(Collectors.joining("\n", "", "\n"));
        } catch (IOException | UncheckedIOException e) {
            return e + "\n";
        }
    }

    private void awaitProducts(Path out, int count) throws Exception {
        while (SimulatedNight.products(out) < count) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Ends the process of a rank of a job by force. */
    private static void kill(String job, String rank) throws IOException, InterruptedException {
        List<String> variables = List.of("SLURM_JOB_ID=" + job, "SLURM_PROCID=" + rank, "SPECTRACTOR_MPI_HUB=");
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path file = Path.of("/proc", Long.toString(process.pid()), "environ");
            String environment;
            try {
                environment = Files.readString(file, StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                continue;
            }
            List<String> found = Arrays.asList(environment.split("\0", -1));
            boolean java =
                    process.info().command().filter(c -> c.endsWith("java")).isPresent();
            if (java && variables.stream().allMatch(v -> found.stream().anyMatch(f -> f.startsWith(v)))) {
                assertThat(process.destroyForcibly()).isTrue();
                return;
            }
        }
        throw new AssertionError("there is no rank " + rank + " of job " + job);
    }

    @Test
    void aJobWhoseTimeIsOverQueuesUpAgainAndResumes() throws Exception {
        Path out = folder.resolve("out");
        String job = submit(out, "--nodes=1", "--ntasks-per-node=2", "--export=ALL,SPECTRACTOR_REQUEUES=1");
        awaitProducts(out, 2);
        assertThat(say(List.of("scancel", "--batch", "--signal=USR1", job)).code())
                .isZero();
        String shown = awaitRequeued(job);
        assertThat(shown).as(() -> evidence(job)).contains("Restarts=1").contains("JobState=PENDING");
        // Slurm lets a job that queues up again wait for two minutes, so that its node cannot take the new start for
        // the
        // one that it was told to end: it refuses what was issued no later than that order, in whole seconds, and the
        // job
        // has FAILED 1:0 without a word. A test need not wait for longer than that. A busy controller may refuse at
        // first.
        while (say(List.of("scontrol", "update", "jobid=" + job, "StartTime=now+2"))
                        .code()
                != 0) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
        assertThat(awaitEnd(job)).as(() -> evidence(job)).isEqualTo("COMPLETED 0:0");
        assertThat(SimulatedNight.digests(out)).isEqualTo(night.local());
    }

    /** What Slurm says of a job once it has queued up again, or ended though it should have. */
    private String awaitRequeued(String job) throws Exception {
        while (true) {
            String text = say(List.of("scontrol", "show", "job", job)).text();
            boolean again = text.contains("Restarts=1") && text.contains("JobState=PENDING");
            if (again || text.matches("(?s).*JobState=(FAILED|COMPLETED|CANCELLED|TIMEOUT).*")) {
                return text;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** A user may type srun too: then each task runs the command, and rank 0 is the one that speaks. */
    @Test
    void tasksOfSrunAreRanks() throws Exception {
        Path out = folder.resolve("out");
        List<String> words = new ArrayList<>(List.of("srun", "--nodes=2", "--ntasks=3"));
        words.addAll(SimulatedNight.program(night.run(out, "--scheduler", "mpi")));
        Said said = say(words);
        assertThat(said.code()).isZero();
        assertThat(said.text()).containsOnlyOnce("finished: 24 done");
        assertThat(SimulatedNight.digests(out)).isEqualTo(night.local());
        try (Stream<Path> left = Files.list(out.resolve("_runs"))) {
            assertThat(left.map(p -> p.getFileName().toString())).noneMatch(name -> name.startsWith(".ranks"));
        }
    }

    /** State and exit code of a job that has ended. */
    private String awaitEnd(String job) throws Exception {
        while (true) {
            String text = say(List.of("scontrol", "show", "job", job)).text();
            String state = text.replaceFirst("(?s).*JobState=(\\S+).*", "$1");
            // a busy controller does not answer at once
            if (text.contains("JobState=")
                    && !List.of("PENDING", "RUNNING", "COMPLETING").contains(state)) {
                return state + " " + text.replaceFirst("(?s).*ExitCode=(\\S+).*", "$1");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private record Said(int code, String text) {}

    private Said say(List<String> words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        if (!slurmConf.isEmpty()) {
            environment.put("SLURM_CONF", slurmConf);
        }
        environment.put("SPECTRACTOR", folder.resolve("spectractor").toString());
        environment.put(
                "SPECTRACTOR_OPTIONS",
                "--logbook " + night.frames().resolve("logbook.csv") + " " + String.join(" ", SimulatedNight.QUICK));
        environment.put("SPECTRACTOR_REQUEUES", "0");
        environment.keySet().removeIf(name -> name.startsWith("SLURM_") && !name.equals("SLURM_CONF"));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        process.getOutputStream().close();
        try (InputStream in = process.getInputStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor(), text);
        }
    }
}
