package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ranks on two hosts, which are two network namespaces of this machine with a cable between them. */
@Timeout(300)
@Tag("slow")
class TwoHostsTest {
    private static final String HOSTS = """
            127.0.0.1 localhost
            10.98.0.1 hosta
            10.98.0.2 hostb
            """;

    @TempDir
    Path folder = Path.of("");

    private final long pid = ProcessHandle.current().pid();
    private final String a = "spa" + pid;
    private final String b = "spb" + pid;
    private SimulatedNight night;

    @BeforeEach
    void cable() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/usr/share/java/mpj.jar")), "Debian's libmpj-java is not installed");
        assumeTrue("root".equals(System.getProperty("user.name")), "network namespaces take root");
        Files.writeString(folder.resolve("hosts"), HOSTS);
        String script = """
                set -e
                ip netns add A; ip netns add B
                ip link add vA type veth peer name vB
                ip link set vA netns A; ip link set vB netns B
                ip -n A addr add 10.98.0.1/24 dev vA; ip -n B addr add 10.98.0.2/24 dev vB
                for n in A B; do ip -n $n link set lo up; ip -n $n link set v$n up; done
                unshare --uts --mount true
                """.replace("vA", "va" + pid)
                .replace("vB", "vb" + pid)
                .replace("v$n", "v$(echo $n | cut -c 3)" + pid)
                .replaceAll("\\bA\\b", a)
                .replaceAll("\\bB\\b", b);
        assumeTrue(bash(script) == 0, "this machine allows no network namespaces");
        night = SimulatedNight.get();
    }

    @AfterEach
    void remove() throws Exception {
        bash("ip netns del " + a + "; ip netns del " + b + "; true");
    }

    @Test
    void ranksMeetOverTheNetwork() throws Exception {
        Path out = folder.resolve("out");
        List<Process> ranks = new ArrayList<>();
        try {
            for (int rank = 0; rank < 4; rank++) {
                ranks.add(start(rank, night.run(out, "--scheduler", "mpi", "--run-id", "two")));
            }
            for (Process rank : ranks) {
                assertThat(rank.waitFor(200, TimeUnit.SECONDS)).isTrue();
                assertThat(rank.exitValue()).isZero();
            }
        } finally {
            ranks.forEach(Process::destroyForcibly);
        }
        assertThat(SimulatedNight.digests(out)).isEqualTo(night.local());
        assertThat(Files.readString(out.resolve("_runs/two/journal.jsonl")))
                .contains("rank-0@hosta", "rank-1@hosta", "rank-2@hostb", "rank-3@hostb");
    }

    /** What Slurm would tell a task. */
    private static Map<String, String> task(int rank) {
        return Map.of(
                "SLURM_JOB_ID", "1",
                "SLURM_STEP_ID", "0",
                "SLURM_JOB_NODELIST", "hosta,hostb",
                "SLURM_STEP_NUM_TASKS", "4",
                "SLURM_PROCID", Integer.toString(rank),
                "SLURMD_NODENAME", rank < 2 ? "hosta" : "hostb",
                "MPJ_HOME", "/usr/share/mpj");
    }

    private Process start(int rank, String... words) throws IOException {
        String program =
                SimulatedNight.program(words).stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
        String inside = "mount --bind " + folder.resolve("hosts") + " /etc/hosts && hostname "
                + (rank < 2 ? "hosta" : "hostb") + " && exec " + program;
        Path script = Files.writeString(folder.resolve("rank-" + rank + ".sh"), inside);
        ProcessBuilder builder = new ProcessBuilder(
                "nsenter",
                "--net=/run/netns/" + (rank < 2 ? a : b),
                "unshare",
                "--uts",
                "--mount",
                "bash",
                script.toString());
        builder.environment().putAll(task(rank));
        return builder.directory(folder.toFile()).inheritIO().start();
    }

    private int bash(String script) throws IOException, InterruptedException {
        Path log = folder.resolve("bash.log");
        Process process = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        int code = process.waitFor();
        if (code != 0) {
            System.err.println(Files.readString(log, StandardCharsets.UTF_8));
        }
        return code;
    }
}
