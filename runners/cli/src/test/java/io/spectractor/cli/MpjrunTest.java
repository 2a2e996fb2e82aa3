package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program started by MPJ Express's own starter, out of the home that {@code scripts/mpj-home} makes. */
@Timeout(300)
@Tag("slow")
class MpjrunTest {
    @TempDir
    Path folder = Path.of("");

    private SimulatedNight night;

    @BeforeEach
    void frames() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/usr/share/java/mpj.jar")), "Debian's libmpj-java is not installed");
        // its daemon listens on all addresses: a network of our own keeps it to ourselves
        assumeTrue(
                new ProcessBuilder("unshare", "--net", "true").start().waitFor() == 0,
                "this machine allows no network namespaces");
        night = SimulatedNight.get();
    }

    @Test
    void ranksOfTheDaemon() throws Exception {
        Path out = folder.resolve("out");
        assertThat(mpjrun(night.run(out, "--scheduler", "mpi", "--ranks", "3"))).contains("finished: 24 done");
        assertThat(SimulatedNight.digests(out)).isEqualTo(night.local());
    }

    /** A jar that names the class path: the daemon of MPJ Express cuts off a long one. */
    private Path jar() throws IOException {
        Path file = folder.resolve("program.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path").split(":", -1))
                                .map(p -> Path.of(p).toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
        return file;
    }

    private String mpjrun(String... words) throws IOException, InterruptedException {
        Path script = folder.resolve("mpjrun.sh");
        Path log = folder.resolve("mpjrun.log");
        String quoted = Stream.of(words).map(w -> "'" + w + "'").collect(Collectors.joining(" "));
        Files.writeString(script, """
                ip link set lo up
                eval "$(ROOT/scripts/mpj-home home)"
                echo 127.0.0.1 >machines
                java -cp "$MPJ_HOME/lib/daemon.jar:$MPJ_HOME/lib/log4j-1.2.jar" runtime.daemon.MPJDaemon 40055 &
                daemon=$!
                for i in $(seq 100); do ss -Hltn 'sport = :40055' | grep -q . && break; sleep 0.1; done
                timeout 200 mpjrun -np 3 -machinesfile machines -dev niodev -Xmx700m -cp CLASSPATH io.spectractor.cli.Main WORDS
                kill $daemon
                """.replace("ROOT", SlurmMpiTest.ROOT.toString())
                .replace("CLASSPATH", jar().toString())
                .replace("WORDS", quoted));
        Process process = new ProcessBuilder("unshare", "--net", "bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(250, TimeUnit.SECONDS)).isTrue();
        return Files.readString(log);
    }
}
