package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.run.ProgressMeter;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.ScienceDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Simulated frames, made once for all tests of this JVM, and the real program over them. */
final class SimulatedNight {
    /** How the frames are extracted in tests of schedulers: quickly. */
    static final List<String> QUICK = List.of("--extraction", "aperture", "--set", "ccd.rebin=2");

    /** What Debian's libmpj-java installs. */
    static final String MPJ_JARS = "/usr/share/java/mpj.jar:/usr/share/java/log4j-1.2.jar";

    /** Option of JVMs that live for seconds: the second compiler would cost more than its code brings. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    private static final int FRAMES = 24;

    private static SimulatedNight made;

    private final Path folder;
    private final SortedMap<String, String> local;

    private SimulatedNight(Path folder) throws IOException {
        this.folder = folder;
        inProcess(
                "simulate",
                "--target=HD111980",
                "--disperser=HoloAmAg",
                "--count=" + FRAMES,
                "--seed=4",
                "--out=" + frames());
        assertThat(inProcess(run(folder.resolve("local"), "--workers", "2"))).isZero();
        this.local = digests(folder.resolve("local"));
        assertThat(local).hasSize(FRAMES);
    }

    static synchronized SimulatedNight get() throws IOException {
        if (made == null) {
            Path folder = Files.createTempDirectory("spectractor-night");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
            made = new SimulatedNight(folder);
        }
        return made;
    }

    Path frames() {
        return folder.resolve("frames");
    }

    int count() {
        return FRAMES;
    }

    /** Digests of the science content as the local scheduler finds them, by product. */
    SortedMap<String, String> local() {
        return local;
    }

    /** The words of a quick run over all frames. */
    String[] run(Path out, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "run",
                frames().toString(),
                "--logbook",
                frames().resolve("logbook.csv").toString()));
        words.addAll(List.of("--out", out.toString()));
        words.addAll(QUICK);
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    /** Digests of the science content of all products in a folder, by their names. */
    static SortedMap<String, String> digests(Path out) throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file :
                    files.filter(p -> p.toString().endsWith("_spectrum.fits")).toList()) {
                digests.put(String.valueOf(file.getFileName()), ScienceDigest.of(file));
            }
        }
        return digests;
    }

    /** How many products a folder holds, which need not be there yet. */
    static long products(Path out) throws IOException {
        if (!Files.isDirectory(out)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(p -> p.toString().endsWith("_spectrum.fits")).count();
        }
    }

    /** Runs a command of the real program in this process. */
    static int inProcess(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        Services services = new Services(
                stream,
                stream,
                ProgressMeter.Style.plain(),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                EmbeddedCalibration::load,
                (config, calibration) -> new SpectrumExtractor(config, calibration)::extract,
                control -> {});
        int code = Commands.execute(services, words);
        if (code != 0) {
            System.err.println(said.toString(StandardCharsets.UTF_8));
        }
        return code;
    }

    /** The words that start the real program as a process of its own. */
    static List<String> program(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx300m",
                "-XX:+UseSerialGC",
                SHORT_LIVED,
                "-cp",
                // the program itself needs MPJ Express only as a rank that srun or mpjrun started
                System.getProperty("java.class.path") + ":" + MPJ_JARS,
                Main.class.getName()));
        command.addAll(List.of(words));
        return command;
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("cannot remove " + folder + ": " + e);
        }
    }
}
