package io.spectractor.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.plan.InputFile;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.watch.ImageFeed;
import io.spectractor.batch.watch.MessageBroker;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.testkit.KafkaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics of a broker that is a process of its own, read and written by Kafka's console programs on the other side. */
@Tag("slow")
class KafkaTopicsTest {
    private static @Nullable KafkaProcess kafka;

    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, InterruptedException {
        kafka = new KafkaProcess(folder);
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    private static KafkaProcess kafka() {
        assertThat(kafka).isNotNull();
        return kafka;
    }

    private static ImageResult done(String name, String digest) {
        SortedSet<io.spectractor.core.outcome.Caveat> none = new TreeSet<>();
        return new ImageResult(
                name,
                "/night/" + name,
                ImageStatus.DONE,
                null,
                null,
                none,
                1,
                false,
                1,
                StageTimings.none(),
                name.replace(".fits", "_spectrum.fits"),
                "p",
                digest,
                "i",
                "k",
                null);
    }

    @Test
    void placesAreHostsAndATopic() {
        assertThat(KafkaPlace.of("kafka://a:1,b:2/night-1")).isEqualTo(new KafkaPlace("a:1,b:2", "night-1"));
        for (String wrong : List.of("kafka://a/t", "kafka://a:1", "kafka://a:1/", "kafka://a:1/x/y")) {
            assertThatThrownBy(() -> KafkaPlace.of(wrong)).isInstanceOf(UsageException.class);
        }
        assertThatThrownBy(() -> KafkaPlace.of("kafka://me:hush@a:1/t"))
                .isInstanceOf(UsageException.class)
                .hasMessageNotContaining("hush");
    }

    @Test
    void imagesAreReadFromTheFirstMessageOnAndGarbageIsPassedOver(@TempDir Path night) throws Exception {
        Path first = Files.writeString(night.resolve("a.fits"), "a");
        Path second = Files.writeString(night.resolve("b.fits"), "b");
        String url = kafka().url("images");
        kafka().produce(
                        "images",
                        List.of(
                                first.toString(),
                                "\u0001garbage",
                                "{\"path\": \"" + second + "\"}",
                                "{\"path\": 7}",
                                "{torn",
                                night.resolve("gone.fits").toString(),
                                "relative.fits",
                                "hdfs://no such host:1/x.fits",
                                first.toString()));
        for (int restart = 0; restart < 2; restart++) {
            notes.clear();
            try (ImageFeed feed = MessageBroker.of(url).feed(url, notes::add)) {
                assertThat(names(feed, 2)).contains("a.fits", "b.fits");
                until(() -> notes.size() >= 6 && feed.quiet());
                assertThat(notes)
                        .hasSize(6)
                        .allMatch(n -> n.startsWith("message ") && n.contains("is passed over"))
                        .anyMatch(n -> n.contains("there is no file"));
            }
        }
    }

    private static List<String> names(ImageFeed feed, int distinct) throws InterruptedException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 150 && new TreeSet<>(names).size() < distinct; i++) {
            List<InputFile> come = feed.poll(200);
            if (come != null) {
                come.forEach(image -> names.add(image.name()));
            }
        }
        return names;
    }

    private static void until(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 300 && !condition.getAsBoolean(); i++) {
            Thread.sleep(100);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** Told twice, told again after a restart, and while the broker is away: each digest stands in the topic once. */
    @Test
    void eachSpectrumIsAnnouncedOnce() throws Exception {
        String url = kafka().url("spectra");
        try (MessageBroker.Announcer announcer = MessageBroker.of(url).announcer(url, "/products", notes::add)) {
            announcer.settled(done("a.fits", "d1"), false);
            announcer.settled(done("a.fits", "d1"), false);
        }
        try (MessageBroker.Announcer announcer = MessageBroker.of(url).announcer(url, "/products", notes::add)) {
            announcer.kept(done("a.fits", "d1"));
            announcer.settled(done("b.fits", "d2"), false);
            until(() -> kafka().consume("spectra").size() == 2);
            kafka().stop();
            announcer.settled(done("c.fits", "d3"), false);
            until(() -> notes.stream().anyMatch(n -> n.contains("announcing goes on when it is back")));
            kafka().start();
        }
        assertThat(notes).anyMatch(n -> n.contains("answers again"));
        assertThat(kafka().consume("spectra"))
                .hasSize(3)
                .allMatch(m -> m.contains("\"event\":\"spectrum_ready\""))
                .anyMatch(m -> m.contains("\"scienceSha256\":\"d3\""));
    }

    /** A consumer that is not Kafka's own, of librdkafka. */
    @Test
    void kcatReadsTheAnnouncements(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/kcat")), "kcat is not installed");
        String url = kafka().url("spectra-for-kcat");
        try (MessageBroker.Announcer announcer = MessageBroker.of(url).announcer(url, "/products", notes::add)) {
            announcer.settled(done("a.fits", "d1"), false);
            announcer.settled(done("a.fits", "d1"), false);
            announcer.settled(done("b.fits", "d2"), false);
        }
        Path out = folder.resolve("out");
        List<String> command =
                new ArrayList<>(List.of("kcat", "-b", kafka().address(), "-t", "spectra-for-kcat", "-C"));
        command.addAll(List.of("-o", "beginning", "-e", "-q", "-X", "isolation.level=read_committed", "-f", "%k %s\n"));
        Process kcat = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(kcat.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> lines = Files.readAllLines(out).stream().sorted().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("d1 {").contains("\"event\":\"spectrum_ready\"", "a.fits");
        assertThat(lines.get(1)).startsWith("d2 {").contains("b.fits");
    }

    @Test
    void aBrokerThatGoesWhileATopicIsReadIsWaitedFor(@TempDir Path night) throws Exception {
        Path first = Files.writeString(night.resolve("a.fits"), "a");
        Path second = Files.writeString(night.resolve("b.fits"), "b");
        String url = kafka().url("away");
        kafka().produce("away", List.of(first.toString()));
        try (ImageFeed feed = MessageBroker.of(url).feed(url, notes::add)) {
            assertThat(names(feed, 1)).containsExactly("a.fits");
            kafka().stop();
            until(() -> notes.stream().anyMatch(n -> n.contains("waiting for it to come back")));
            kafka().start();
            kafka().produce("away", List.of(second.toString()));
            assertThat(names(feed, 1)).containsExactly("b.fits");
            until(() -> notes.stream().anyMatch(n -> n.contains("answers again")));
        }
        assertThat(notes).hasSize(2);
    }

    @Test
    void aBrokerThatIsNotThereIsSaid() {
        String url = "kafka://127.0.0.1:1/none";
        assertThatThrownBy(() -> MessageBroker.of(url).announcer(url, "/x", notes::add))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(url);
    }
}
