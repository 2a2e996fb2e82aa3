package io.spectractor.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.files.WholeFile;
import io.spectractor.batch.plan.InputFile;
import io.spectractor.batch.plan.InputFinder;
import io.spectractor.testkit.FaultyProxy;
import io.spectractor.testkit.FaultyProxy.Fate;
import io.spectractor.testkit.S3Server;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S3 through {@code java.nio.file}, on a server that is a process of its own, behind a proxy that can be in trouble. */
@Tag("slow")
class S3aFilesTest {
    private static final String ROOT = "s3a://" + S3Server.BUCKET;

    private static @Nullable S3Server server;
    private static @Nullable FaultyProxy proxy;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, InterruptedException {
        server = S3Server.start(folder);
        proxy = FaultyProxy.before(server.endpoint());
        HdfsClient.configure(S3aSettings.ofEnvironment(S3Server.environment(proxy.endpoint())));
    }

    @AfterAll
    static void stop() {
        HdfsClient.configure(Map.of());
        if (proxy != null) {
            proxy.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static FaultyProxy proxy() {
        assertThat(proxy).isNotNull();
        return proxy;
    }

    @AfterEach
    void calm() {
        proxy().decide(request -> Fate.PASS);
        proxy().delay(0);
    }

    private static Path folder(String name) {
        return PathResolver.path(ROOT + "/" + name);
    }

    @Test
    void textIsTheUrlAndBack() {
        Path path = PathResolver.path(ROOT + "/a//b/../c.fits");
        assertThat(path).hasToString(ROOT + "/a/c.fits").isEqualTo(PathResolver.path(path.toString()));
        assertThat(PathResolver.isObject(path)).isTrue();
        assertThat(PathResolver.isLocal(path)).isFalse();
        assertThatThrownBy(() -> PathResolver.path("s3a:///x"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("bucket");
    }

    @Test
    void credentialsInAUrlAreRefusedAndNotRepeated() {
        assertThatThrownBy(() -> PathResolver.path("s3a://AKIA123:hush@sky/x"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("@sky")
                .hasMessageNotContaining("hush")
                .hasMessageNotContaining("AKIA123");
    }

    @Test
    void objectsAreWrittenOnceReadAndDeleted() throws IOException {
        Path file = folder("files").resolve("x");
        proxy().forget();
        WholeFile.write(file, "one");
        assertThat(proxy().requests()).as("one request, no copy").containsExactly("PUT /sky/files/x");
        assertThat(file).hasContent("one").isRegularFile();
        assertThat(folder("files")).isDirectory();
        WholeFile.write(file, "other");
        assertThat(Files.size(file)).isEqualTo(5);
        assertThatThrownBy(() -> Files.createFile(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("other");
        assertThatThrownBy(() -> Files.readString(folder("files").resolve("y")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Files.readString(folder("files"))).hasMessageContaining("is a folder");
        assertThat(Files.deleteIfExists(file)).isTrue();
        assertThat(Files.deleteIfExists(file)).isFalse();
    }

    @Test
    void readingTakesOneLookAndOneRequest() throws IOException {
        Path file = folder("read").resolve("x");
        Files.write(file, new byte[5 << 20]);
        proxy().forget();
        assertThat(Files.readAllBytes(PathResolver.path(file.toString()))).hasSize(5 << 20);
        assertThat(proxy().requests()).containsExactly("HEAD /sky/read/x", "GET /sky/read/x");
    }

    @Test
    void inputsAreFoundInFoldersAndByGlobs() throws IOException {
        Path night = folder("in/night");
        for (String name : List.of("b.fits", "a.fits.gz", "notes.txt", "a_spectrum.fits", ".hidden.fits")) {
            Files.writeString(night.resolve(name), name);
        }
        Files.writeString(folder("in/other").resolve("c.fits"), "c");
        assertThat(names(ROOT + "/in/night")).containsExactly("a.fits.gz", "b.fits");
        assertThat(names(ROOT + "/in/*/*.fits")).containsExactly("b.fits", "c.fits");
        assertThat(names(ROOT + "/in/**.fits")).containsExactly("b.fits", "c.fits");
        assertThat(InputFinder.find(List.of(ROOT + "/in/night/b.fits")).get(0).path())
                .hasToString(ROOT + "/in/night/b.fits");
        assertThatThrownBy(() -> names(ROOT + "/in/none.fits"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("does not exist");
    }

    private static List<String> names(String word) {
        return InputFinder.find(List.of(word)).stream().map(InputFile::name).toList();
    }

    @Test
    void aServerThatIsOverloadedIsAskedAgain() throws IOException {
        AtomicInteger refused = new AtomicInteger();
        proxy().decide(request -> refused.incrementAndGet() <= 3 ? Fate.REFUSE : Fate.PASS);
        Path file = folder("busy").resolve("x");
        WholeFile.write(file, "one");
        refused.set(0);
        assertThat(file).hasContent("one");
        assertThat(refused.get()).isGreaterThan(3);
    }

    /** The store made the object, but said 503: its refusal of the second request is not somebody else's object. */
    @Test
    void anObjectThatWasMadeAlthoughTheAnswerWasLostIsOurs() throws IOException {
        AtomicInteger puts = new AtomicInteger();
        proxy().decide(request ->
                request.startsWith("PUT") && puts.incrementAndGet() == 1 ? Fate.DO_AND_REFUSE : Fate.PASS);
        Path file = folder("lost").resolve("x");
        Files.writeString(file, "mine", StandardOpenOption.CREATE_NEW);
        assertThat(puts.get()).isEqualTo(2);
        assertThatThrownBy(() -> Files.writeString(file, "mine", StandardOpenOption.CREATE_NEW))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void appendedLinesAreThereSoonAndAllWhenItIsClosed() throws IOException, InterruptedException {
        Path file = folder("journal").resolve("journal.jsonl");
        try (FileChannel channel = append(file)) {
            write(channel, "one\n");
            channel.force(false);
            for (int i = 0; i < 100 && !Files.exists(file); i++) {
                Thread.sleep(50);
            }
            assertThat(file).hasContent("one\n");
            for (int i = 0; i < 200; i++) {
                write(channel, "line " + i + "\n");
                channel.force(false);
            }
        }
        assertThat(Files.readAllLines(file)).hasSize(201);
        proxy().forget();
        try (FileChannel channel = append(file)) {
            write(channel, "last\n");
        }
        assertThat(Files.readAllLines(file)).hasSize(202).endsWith("line 199", "last");
        assertThatThrownBy(() -> Files.writeString(
                        folder("journal").resolve("none"), "x", StandardOpenOption.WRITE, StandardOpenOption.APPEND))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static FileChannel append(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aLockHasOneHolder() throws IOException {
        Path file = folder("lock").resolve("lock");
        try (FileChannel first = lockable(file);
                FileLock held = first.tryLock()) {
            assertThat(held).isNotNull();
            try (FileChannel second = lockable(file);
                    FileLock none = second.tryLock()) {
                assertThat(none).isNull();
            }
        }
        try (FileChannel third = lockable(file);
                FileLock held = third.tryLock()) {
            assertThat(held).isNotNull();
        }
    }

    /** Of another machine, as far as anybody can tell: it counts as alive until it has not been renewed for a minute. */
    @Test
    void aLockOfAProcessThatIsGoneIsTaken() throws IOException, InterruptedException {
        Path file = folder("left").resolve("lock");
        Files.writeString(file, "held another-machine 1 7");
        try (FileChannel channel = lockable(file)) {
            assertThat(channel.tryLock()).isNull();
        }
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.writeString(file, "held " + HostIdentity.here() + " " + ended.pid() + " 7");
        try (FileChannel channel = lockable(file);
                FileLock held = channel.tryLock()) {
            assertThat(held).isNotNull();
        }
    }

    private static FileChannel lockable(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Test
    void noListingIsLongerThanItMustBe() throws IOException {
        Path folder = folder("many");
        for (int i = 0; i < 5; i++) {
            WholeFile.write(folder.resolve("x" + i), "x");
        }
        proxy().forget();
        assertThat(Files.exists(folder.resolve("none"))).isFalse();
        assertThat(Files.isDirectory(folder)).isTrue();
        assertThat(proxy().requests().stream().filter(r -> r.contains("list-type")))
                .isNotEmpty()
                .allMatch(r -> r.contains("max-keys=2&"));
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries).hasSize(5);
        }
    }

    @Test
    void whoIsNotLetInIsToldSo() {
        assertThatThrownBy(() -> Files.readString(PathResolver.path("s3a://other-bucket/x")))
                .hasMessageContaining("bucket does not exist");
        proxy().decide(request -> Fate.DENY);
        assertThatThrownBy(() -> Files.readString(folder("denied").resolve("x")))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void whatTravelsHasNoCredentials() {
        Configuration conf = new Configuration(false);
        conf.set("fs.s3a.access.key", "a");
        conf.set("fs.s3a.bucket.sky.secret.key", "b");
        conf.set("fs.s3a.session.token", "c");
        conf.set("fs.s3a.endpoint", "http://here");
        S3aSettings.removeSecrets(conf);
        assertThat(conf.getPropsWithPrefix("fs.s3a.")).containsExactly(Map.entry("endpoint", "http://here"));
        assertThat(S3aSettings.isSecret("spark.hadoop.fs.s3a.secret.key")).isTrue();
        assertThat(S3aSettings.isSecret("spark.hadoop.fs.s3a.endpoint")).isFalse();
        assertThat(S3aSettings.ofEnvironment(S3Server.environment("http://127.0.0.1:9000")))
                .containsEntry("fs.s3a.endpoint", "http://127.0.0.1:9000")
                .containsEntry("fs.s3a.path.style.access", "true")
                .doesNotContainValue(S3Server.SECRET);
        assertThat(S3aSettings.forSpark())
                .containsEntry("spark.hadoop.fs.s3a.input.stream.type", "classic")
                .doesNotContainValue(S3Server.SECRET);
        assertThat(S3aSettings.ofEnvironment(Map.of("AWS_REGION", "eu-west-3")))
                .containsExactly(Map.entry("fs.s3a.endpoint.region", "eu-west-3"));
        assertThatThrownBy(() -> S3aSettings.ofEnvironment(Map.of("AWS_ENDPOINT_URL", "127.0.0.1:9000")))
                .isInstanceOf(UsageException.class);
    }
}
