package io.spectractor.calib.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.CalibrationFile;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.calib.Sha256;
import io.spectractor.calib.TableCalibration;
import io.spectractor.calib.http.ContentCache;
import io.spectractor.calib.http.HttpFetcher;
import io.spectractor.calib.http.HttpSettings;
import io.spectractor.calib.http.ScriptedServer;
import io.spectractor.calib.http.ScriptedServer.Answer;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.ProductWriter;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.ObservingConditions;
import io.spectractor.core.simulation.SimulatedPsf;
import io.spectractor.core.simulation.SimulationSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class DeliveryTest {
    private static final TableCalibration STORE = EmbeddedCalibration.load();
    private static final HttpSettings SETTINGS = new HttpSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            3,
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofSeconds(1));

    @TempDir
    private Path folder;

    private ScriptedServer server;
    private Path file;
    private byte[] bytes;
    private String digest;

    @BeforeEach
    void prepare() throws IOException {
        server = new ScriptedServer();
        file = folder.resolve("calib.h5");
        CalibrationFile.write(STORE, file);
        bytes = Files.readAllBytes(file);
        digest = Sha256.of(bytes);
        server.on("/calib.h5", Answer.ok(bytes));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static HttpFetcher fetcher() {
        return new HttpFetcher(SETTINGS, wait -> {}, new SplittableRandom(1), Clock.systemUTC());
    }

    private ContentCache cache() {
        return new ContentCache(folder.resolve("cache"), Duration.ofSeconds(20));
    }

    private CalibrationSource remote(String suffix) {
        return new RemoteSource(server.url("/calib.h5") + suffix, fetcher(), cache());
    }

    /** The core can't tell: the bytes of a product are the same whatever way the calibration came. */
    @Test
    void allDeliveriesGiveTheSameProduct() throws IOException {
        CalibrationSource broadcast = BroadcastSource.of(new LocalSource(file));
        List<CalibrationSource> sources = List.of(
                new EmbeddedSource(),
                new LocalSource(file),
                BroadcastSource.received("driver", ((BroadcastSource) broadcast).bytes()),
                remote("#sha256=" + digest));
        byte[] frame = frame();
        List<String> products = new ArrayList<>();
        for (CalibrationSource source : sources) {
            products.add(Sha256.of(product(frame, source.open())));
        }
        assertThat(products).hasSize(4).containsOnly(products.get(0));
    }

    private static byte[] frame() throws IOException {
        ObservingConditions conditions = new ObservingConditions(
                LocalDate.of(2017, 5, 30), 120, 193.28, -18.5577, 20, -30.1689, 8.6, 784, 25, 1.0);
        SimulationSettings settings = SimulationSettings.builder(
                        "HD111980",
                        "HoloAmAg",
                        new PixelPosition(760.4, 690.7),
                        55.9,
                        conditions,
                        SimulatedPsf.ofSeeing(1.2, 0.401))
                .seed(7)
                .build();
        return FrameFiles.imageBytes(new FrameSimulator(Instruments.ctio().config()).simulate(settings, STORE));
    }

    private static byte[] product(byte[] frame, CalibrationStore store) {
        ExposureRequest request =
                new ExposureRequest("night_001.fits", "HD111980", null, new PixelPosition(755, 700), null, null);
        ExtractionOutcome outcome = new SpectrumExtractor(Instruments.ctio().config(), store).extract(frame, request);
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Done.class);
        return new ProductWriter().toBytes(((ExtractionOutcome.Done) outcome).product());
    }

    @Test
    void aBroadcastSurvivesSerialisation() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(sent)) {
            out.writeObject(BroadcastSource.of(new EmbeddedSource()));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
            TableCalibration received = ((BroadcastSource) in.readObject()).open();
            assertThat(received.sha256()).isEqualTo(STORE.sha256());
            assertThat(received.version()).isEqualTo(STORE.version());
        }
    }

    @Test
    void aFetchedFileIsKeptAndServesWhenTheServerIsGone() {
        assertThat(remote("#sha256=" + digest).open().sha256()).isEqualTo(STORE.sha256());
        assertThat(remote("#sha256=" + digest).open().sha256()).isEqualTo(STORE.sha256());
        assertThat(server.requests("/calib.h5")).isEqualTo(1);
        server.close();

        assertThat(remote("#sha256=" + digest).open().sha256()).isEqualTo(STORE.sha256());
    }

    @Test
    void theSidecarIsRememberedToo() {
        server.on("/calib.h5.sha256", Answer.ok((digest + "  calib.h5\n").getBytes(UTF_8)));
        assertThat(remote("").open().sha256()).isEqualTo(STORE.sha256());
        server.close();

        assertThat(remote("").open().sha256()).isEqualTo(STORE.sha256());
    }

    @Test
    void withoutADigestNothingIsFetched() {
        assertThatThrownBy(() -> remote("").open())
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("#sha256=")
                .hasMessageContaining("calib.h5.sha256");
        assertThat(server.requests("/calib.h5")).isZero();
    }

    @Test
    void aWrongDigestIsFetchedAgainOnceThenItEnds() throws IOException {
        String wrong = digest.replace(digest.charAt(0), digest.charAt(0) == 'a' ? 'b' : 'a');
        assertThatThrownBy(() -> remote("#sha256=" + wrong).open())
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining(digest)
                .hasMessageContaining(wrong)
                .hasMessageContaining("fetched again");
        assertThat(server.requests("/calib.h5")).isEqualTo(2);
        try (Stream<Path> cached = Files.list(folder.resolve("cache/sha256"))) {
            assertThat(cached.map(Path::toString)).allMatch(name -> name.endsWith(".lock"));
        }
    }

    @Test
    void aBodyThatIsDamagedOnceIsFetchedAgain() {
        byte[] damaged = bytes.clone();
        damaged[1000] ^= 1;
        server.on("/calib.h5", Answer.ok(damaged), Answer.ok(bytes));

        assertThat(remote("#sha256=" + digest).open().sha256()).isEqualTo(STORE.sha256());
    }

    @Test
    void aBusyServerAndABrokenBodyAreSurvived() {
        server.on("/calib.h5", Answer.busy(429, "0"), Answer.cut(bytes), Answer.ok(bytes));

        assertThat(remote("#sha256=" + digest).open().sha256()).isEqualTo(STORE.sha256());
    }

    @Test
    void aDamagedCacheIsMended() throws IOException {
        remote("#sha256=" + digest).open();
        Path cached = folder.resolve("cache/sha256").resolve(digest);
        Files.writeString(cached, "rubbish");

        assertThat(remote("#sha256=" + digest).open().sha256()).isEqualTo(STORE.sha256());
        assertThat(Files.readAllBytes(cached)).isEqualTo(bytes);
    }

    /** A plain file stands where the folder would be, which even root cannot write into. */
    @Test
    void aCacheThatCannotBeWrittenIsDoneWithout() throws IOException {
        Files.writeString(folder.resolve("cache"), "in the way");

        assertThat(remote("#sha256=" + digest).open().sha256()).isEqualTo(STORE.sha256());
        assertThat(server.requests("/calib.h5")).isEqualTo(1);
    }

    @Test
    void leftoversOfADeadProcessAreSwept() throws IOException {
        Path part = folder.resolve("cache/sha256").resolve(digest + ".1-1.part");
        Files.createDirectories(part.getParent());
        Files.writeString(part, "half");

        remote("#sha256=" + digest).open();

        assertThat(part).doesNotExist();
    }

    @Test
    void manyThreadsFetchOnce() throws Exception {
        server.on("/calib.h5", Answer.ok(bytes).after(Duration.ofMillis(300)));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<String> task = () -> remote("#sha256=" + digest).open().sha256();
            for (Future<String> future : threads.invokeAll(List.of(task, task, task, task))) {
                assertThat(future.get()).isEqualTo(STORE.sha256());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(server.requests("/calib.h5")).isEqualTo(1);
    }

    @Test
    void manyProcessesFetchOnce() throws IOException, InterruptedException {
        server.on("/calib.h5", Answer.ok(bytes).after(Duration.ofMillis(1500)));
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FetchProbe.class.getName(),
                            server.url("/calib.h5") + "#sha256=" + digest,
                            folder.resolve("cache").toString())
                    .redirectErrorStream(true)
                    .start());
        }
        for (Process process : processes) {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output).contains(STORE.sha256());
        }
        assertThat(server.requests("/calib.h5")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "local | embedded | local takes a file or folder",
                "embedded | x.h5 | leave --calib out, or choose delivery local",
                "remote | x.h5 | remote takes a URL",
                "remote | hdfs://node/calib.h5 | with hdfs:// where Hadoop's libraries are",
                "remote | ftp://node/calib.h5 | starts with http:// or https://",
                "remote | http://node/calib.h5#md5=1 | is not a digest",
                "broadcast | none.h5 | none.h5: no such file or folder",
            })
    void whatDoesNotFitIsNamed(String delivery, String source, String message) {
        assertThatThrownBy(() -> CalibrationDelivery.of(delivery)
                        .deliver(source, folder, DeliveryTest::fetcher, cache())
                        .open())
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining(message);
    }

    /** Any file system with a reader, such as HDFS, is cached and checked as a web server is. */
    @Test
    void filesOfOtherFileSystemsAreFetchedOnceToo() throws IOException {
        URI url = URI.create("shelf:" + file.toUri().getRawPath());
        assertThatThrownBy(() -> new RemoteSource("shelf:/nothing.h5", fetcher(), cache()).open())
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("the digest of shelf:/nothing.h5 is unknown");
        assertThatThrownBy(() -> new RemoteSource("shelf:/nothing.h5#sha256=" + digest, fetcher(), cache()).open())
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("shelf:/nothing.h5: no such file");
        Files.writeString(folder.resolve("calib.h5.sha256"), digest + "  calib.h5\n");
        assertThat(new RemoteSource(url.toString(), fetcher(), cache()).open().sha256())
                .isEqualTo(STORE.sha256());
        Files.delete(file);
        Files.delete(folder.resolve("calib.h5.sha256"));
        assertThat(new RemoteSource(url + "#sha256=" + digest, fetcher(), cache())
                        .open()
                        .sha256())
                .as("from the cache")
                .isEqualTo(STORE.sha256());
    }

    /** Files of this machine under another name. */
    public static final class Shelf implements RemoteReader {
        @Override
        public boolean reads(String scheme) {
            return scheme.equals("shelf");
        }

        @Override
        public byte[] read(URI url) throws IOException {
            return Files.readAllBytes(Path.of(url.getPath()));
        }
    }

    @Test
    void sourcesAreDeliveredAsWhatTheyAre() {
        assertThat(CalibrationDelivery.usualFor("embedded")).isEqualTo(CalibrationDelivery.EMBEDDED);
        assertThat(CalibrationDelivery.usualFor("/a/b.h5")).isEqualTo(CalibrationDelivery.LOCAL);
        assertThat(CalibrationDelivery.usualFor("https://a/b.h5")).isEqualTo(CalibrationDelivery.REMOTE);
        assertThatThrownBy(() -> CalibrationDelivery.of("post")).hasMessageContaining("broadcast and remote");
        assertThat(CalibrationDelivery.BROADCAST
                        .deliver("calib.h5", folder, DeliveryTest::fetcher, cache())
                        .description())
                .startsWith("broadcast of ")
                .endsWith("calib.h5");
    }
}
