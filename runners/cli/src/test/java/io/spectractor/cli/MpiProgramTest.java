package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real program with {@code --scheduler mpi}: the same science as with threads, and nothing left behind by signals. */
@Timeout(300)
@Tag("slow")
class MpiProgramTest {
    @TempDir
    Path folder = Path.of("");

    private SimulatedNight night;

    @BeforeEach
    void frames() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/usr/share/java/mpj.jar")), "Debian's libmpj-java is not installed");
        night = SimulatedNight.get();
    }

    @ParameterizedTest
    @CsvSource({"1,dynamic", "2,dynamic", "4,dynamic", "1,static", "2,static", "4,static"})
    void sameScienceAsLocal(int ranks, String distribution) throws Exception {
        Path out = folder.resolve("out");
        int code = SimulatedNight.inProcess(night.run(
                out, "--scheduler", "mpi", "--ranks", Integer.toString(ranks), "--distribution", distribution));
        assertThat(code).isZero();
        assertThat(SimulatedNight.digests(out)).isEqualTo(night.local());
    }

    @Test
    void sameScienceWithThreadsAndBroadcastCalibration() throws Exception {
        Path out = folder.resolve("out");
        int code = SimulatedNight.inProcess(
                night.run(out, "--scheduler=mpi", "--ranks=2", "--threads-per-rank=2", "--calib-delivery=broadcast"));
        assertThat(code).isZero();
        assertThat(SimulatedNight.digests(out)).isEqualTo(night.local());
    }

    /** As docs/mpi.md tells: nobody outside reaches their ports. */
    @Test
    void ranksInANetworkOfTheirOwnGiveTheSameScience() throws Exception {
        List<String> words =
                new ArrayList<>(List.of("unshare", "-rn", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh"));
        List<String> probe = new ArrayList<>(words);
        probe.add("true");
        assumeTrue(FaultsTest.done(probe.toArray(String[]::new)), "this machine allows no network namespaces");
        Path out = folder.resolve("out");
        words.addAll(SimulatedNight.program(night.run(out, "--scheduler", "mpi", "--ranks", "2", "--plots", "0")));
        Process process =
                new ProcessBuilder(words).directory(folder.toFile()).inheritIO().start();
        assertThat(process.waitFor()).isZero();
        assertThat(SimulatedNight.digests(out)).isEqualTo(night.local());
    }

    /** Two frames are there, a third comes while the ranks have those: another batch. */
    @Test
    void aWatchHandsWhatArrivesToRanks() throws Exception {
        List<Path> frames;
        try (Stream<Path> files = Files.list(night.frames())) {
            frames = files.filter(f -> f.toString().endsWith(".fits"))
                    .sorted()
                    .limit(3)
                    .toList();
        }
        Path in = Files.createDirectory(folder.resolve("in"));
        for (Path frame : frames.subList(0, 2)) {
            Files.copy(frame, in.resolve(frame.getFileName()));
        }
        Path out = folder.resolve("out");
        List<String> words = new ArrayList<>(List.of(night.run(out, "--scheduler", "mpi", "--ranks", "2")));
        words.set(0, "watch");
        words.set(1, in.toString());
        words.addAll(List.of("--settle", "0.1", "--plots", "0"));
        CompletableFuture<Integer> watch =
                CompletableFuture.supplyAsync(() -> SimulatedNight.inProcess(words.toArray(String[]::new)));
        awaitProducts(out, 1, watch);
        Path part = Files.copy(frames.get(2), in.resolve(".part"));
        Files.move(part, in.resolve(frames.get(2).getFileName()));
        awaitProducts(out, 3, watch);
        assertThat(SimulatedNight.inProcess("cancel", out.toString())).isZero();

        assertThat(watch.get()).isZero();
        Map<String, String> wanted = new TreeMap<>(night.local());
        wanted.keySet()
                .removeIf(product -> frames.stream()
                        .noneMatch(
                                f -> product.equals(f.getFileName().toString().replace(".fits", "_spectrum.fits"))));
        assertThat(wanted).hasSize(3);
        assertThat(SimulatedNight.digests(out)).isEqualTo(wanted);
        assertThat(Files.readString(runFolder(out).resolve("journal.jsonl"))).contains("rank-0@");
    }

    private static void awaitProducts(Path out, int count, CompletableFuture<Integer> watch) throws Exception {
        while (SimulatedNight.products(out) < count) {
            assertThat(watch).isNotDone();
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Raw amplifiers, Rice-compressed, and a corrected frame: 14 and 65 MB. */
    @Test
    void framesOfAuxTelGiveTheSameScienceAsLocal() throws Exception {
        Path frames = Files.createDirectory(folder.resolve("frames"));
        Path raw = auxTel("raw", frames.resolve("raw.fits"));
        auxTel("turned", frames.resolve("turned.fits"));
        Process pack = new ProcessBuilder("fpack", "-D", "-Y", raw.toString()).start();
        assertThat(pack.waitFor()).as("fpack").isZero();

        Path local = folder.resolve("local");
        assertThat(SimulatedNight.inProcess(runOver(frames, local))).isZero();
        Path mpi = folder.resolve("mpi");
        assertThat(SimulatedNight.inProcess(runOver(frames, mpi, "--scheduler=mpi", "--ranks=2")))
                .isZero();
        assertThat(SimulatedNight.digests(mpi)).hasSize(2).isEqualTo(SimulatedNight.digests(local));
    }

    private Path auxTel(String layout, Path file) throws IOException {
        Path sims = folder.resolve("sims-" + layout);
        int code = SimulatedNight.inProcess(
                "simulate",
                "--instrument=auxtel",
                "--frame=" + layout,
                "--target=HD111980",
                "--count=1",
                "--seed=7",
                "--out=" + sims);
        assertThat(code).isZero();
        return Files.move(sims.resolve("sim_20240624_001.fits"), file);
    }

    private static String[] runOver(Path frames, Path out, String... more) {
        List<String> words = new ArrayList<>(List.of("run", frames.toString(), "--out", out.toString()));
        words.addAll(List.of("--target", "HD111980", "--extraction", "psf1d"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @Test
    void sigtermEndsWith75AndResumeCompletesWithTheSameScheduler() throws Exception {
        Path out = folder.resolve("out");
        Process process = start(night.run(out, "--scheduler", "mpi", "--ranks", "2"));
        awaitProducts(out, 2);
        process.destroy();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(75);
        assertThat(SimulatedNight.products(out)).isBetween(2L, night.count() - 1L);
        assertThat(ranksOf(out)).isEmpty();

        assertThat(SimulatedNight.inProcess("resume", out.toString())).isZero();
        assertThat(SimulatedNight.digests(out)).isEqualTo(night.local());
        String options = Files.readString(runFolder(out).resolve("scheduler.json"));
        assertThat(options).contains("\"mpi\"");
    }

    /** Ranks whose watching process is gone commit what they work on and leave. */
    @Test
    void ranksDoNotOutliveTheirProgram() throws Exception {
        Path out = folder.resolve("out");
        Process process = start(night.run(out, "--scheduler", "mpi", "--ranks", "2"));
        awaitProducts(out, 1);
        process.destroyForcibly().waitFor();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!ranksOf(out).isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(ranksOf(out)).isEmpty();
        assertThat(SimulatedNight.digests(out).keySet()).allMatch(name -> name.endsWith("_spectrum.fits"));
        assertThat(SimulatedNight.inProcess("resume", out.toString())).isZero();
        assertThat(SimulatedNight.digests(out)).isEqualTo(night.local());
    }

    private Process start(String... words) throws IOException {
        return new ProcessBuilder(SimulatedNight.program(words))
                .directory(folder.toFile())
                .inheritIO()
                .start();
    }

    private static void awaitProducts(Path out, int count) throws Exception {
        while (SimulatedNight.products(out) < count) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static Path runFolder(Path out) throws IOException {
        try (Stream<Path> runs = Files.list(out.resolve("_runs"))) {
            return runs.filter(p -> Files.exists(p.resolve("run.json")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Processes of ranks that this test's working folder started: they inherit it. */
    private List<ProcessHandle> ranksOf(Path out) {
        Path workingFolder = out.getParent();
        return ProcessHandle.allProcesses()
                .filter(p -> cwd(p).filter(workingFolder::equals).isPresent())
                .toList();
    }

    private static Optional<Path> cwd(ProcessHandle process) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
