package io.spectractor.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.plan.InputFile;
import io.spectractor.batch.plan.InputFinder;
import io.spectractor.batch.store.FolderProductStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HDFS through {@code java.nio.file}, on a name node and a data node of this process. */
@Tag("slow")
class HdfsFilesTest {
    private static @Nullable MiniDFSCluster cluster;
    private static String root = "";

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Configuration conf = new Configuration();
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
        conf.setInt("dfs.namenode.fs-limits.min-block-size", 1 << 20);
        MiniDFSCluster started =
                new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
        started.waitActive();
        cluster = started;
        root = started.getURI().toString();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.shutdown();
        }
    }

    private static DistributedFileSystem hadoop() throws IOException {
        assertThat(cluster).isNotNull();
        return cluster.getFileSystem();
    }

    private static Path folder(String name) throws IOException {
        return Files.createDirectories(PathResolver.path(root + "/" + name));
    }

    @Test
    void textIsTheUrlAndBack() {
        Path path = PathResolver.path(root + "/a//b/../c.fits");
        assertThat(path).hasToString(root + "/a/c.fits").isEqualTo(PathResolver.path(path.toString()));
        assertThat(path.toUri()).hasToString(root + "/a/c.fits");
        assertThat(path.getParent()).hasToString(root + "/a");
        assertThat(path.getFileName()).hasToString("c.fits");
        assertThat(PathResolver.under(Path.of("/here"), path)).isEqualTo(path);
        assertThat(PathResolver.isLocal(path)).isFalse();
    }

    @Test
    void filesAreWrittenMovedAndDeleted() throws IOException {
        Path folder = folder("files");
        Path part = folder.resolve(".x.part");
        Files.writeString(part, "one");
        Path target = folder.resolve("x");
        Files.writeString(target, "old");
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(target).hasContent("one").isRegularFile();
        assertThat(part).doesNotExist();
        assertThat(Files.size(target)).isEqualTo(3);
        assertThatThrownBy(() -> Files.createFile(target)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> Files.readString(part)).isInstanceOf(NoSuchFileException.class);
        assertThat(Files.deleteIfExists(target)).isTrue();
        assertThat(Files.deleteIfExists(target)).isFalse();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void appendedLinesAreThereBeforeTheFileIsClosed() throws IOException {
        Path file = folder("journal").resolve("journal.jsonl");
        try (FileChannel channel = append(file)) {
            write(channel, "one\n");
            channel.force(false);
            assertThat(Files.readString(file)).isEqualTo("one\n");
            write(channel, "two\n");
        }
        try (FileChannel channel = append(file)) {
            write(channel, "three\n");
        }
        assertThat(Files.readString(file)).isEqualTo("one\ntwo\nthree\n");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            assertThat(channel.read(last, channel.size() - 1)).isEqualTo(1);
            assertThat(last.get(0)).isEqualTo((byte) '\n');
        }
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

    /** A writer that dies between making a file and closing it leaves a lease, and a new writer another error than usual. */
    @Test
    void aFileThatAnotherWriterHasBegunIsThereAlready() throws IOException {
        Path file = folder("begun").resolve(".lock");
        try (FileSystem other = FileSystem.newInstance(hadoop().getUri(), hadoop().getConf())) {
            try (FSDataOutputStream begun = other.create(new org.apache.hadoop.fs.Path(file.toUri()))) {
                begun.write(1);
                begun.hflush();
                assertThatThrownBy(() -> Files.writeString(file, "mine", StandardOpenOption.CREATE_NEW))
                        .isInstanceOf(FileAlreadyExistsException.class);
            }
            FSDataOutputStream left = other.create(new org.apache.hadoop.fs.Path(file.toUri()));
            left.hflush();
            assertThat(Files.deleteIfExists(file)).isTrue();
            Files.writeString(file, "mine", StandardOpenOption.CREATE_NEW);
            assertThat(file).hasContent("mine");
        }
    }

    /** However an attempt ended: what it left says whose it was. */
    @Test
    void locksOfRunsThatAreOverAreSwept() throws IOException {
        Path products = folder("swept");
        Path records = folder("swept/_runs/_products");
        for (String run : List.of("dead", "alive")) {
            Files.writeString(records.resolve("." + run + "_spectrum.fits.lock"), run);
            Files.writeString(records.resolve(".x_spectrum.fits.lock." + run + ".1-1.part"), "");
        }
        Files.writeString(records.resolve("x_spectrum.fits.json"), "{}");

        assertThat(new FolderProductStore(products, "r2").sweep("alive"::equals))
                .isEqualTo(2);
        try (Stream<Path> left = Files.list(records)) {
            assertThat(left.map(p -> String.valueOf(p.getFileName())))
                    .containsExactlyInAnyOrder(
                            ".alive_spectrum.fits.lock",
                            ".x_spectrum.fits.lock.alive.1-1.part",
                            "x_spectrum.fits.json");
        }
    }

    private static FileChannel lockable(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Test
    void inputsAreFoundInFoldersAndByGlobs() throws IOException {
        Path night = folder("in/night");
        for (String name : List.of("b.fits", "a.fits.gz", "notes.txt", "a_spectrum.fits", ".hidden.fits")) {
            Files.writeString(night.resolve(name), name);
        }
        Files.writeString(folder("in/other").resolve("c.fits"), "c");
        assertThat(names(root + "/in/night")).containsExactly("a.fits.gz", "b.fits");
        assertThat(names(root + "/in/*/*.fits")).containsExactly("b.fits", "c.fits");
        assertThat(names(root + "/in/**.fits")).containsExactly("b.fits", "c.fits");
        assertThat(names(root + "/in/night/[ab].fits")).containsExactly("b.fits");
        assertThat(InputFinder.find(List.of(root + "/in/night/b.fits")).get(0).path())
                .hasToString(root + "/in/night/b.fits");
        assertThatThrownBy(() -> names(root + "/in/none.fits"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("does not exist");
    }

    private static List<String> names(String word) {
        return InputFinder.find(List.of(word)).stream().map(InputFile::name).toList();
    }

    @Test
    void aFullQuotaIsSaidAtOnce() throws IOException {
        Path folder = folder("quota");
        hadoop().setQuota(new org.apache.hadoop.fs.Path("/quota"), HdfsConstants.QUOTA_DONT_SET, 1 << 20);
        assertThatThrownBy(() -> Files.write(folder.resolve("x"), new byte[1 << 16]))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("quota");
    }
}
