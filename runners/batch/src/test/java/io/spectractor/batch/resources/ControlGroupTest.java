package io.spectractor.batch.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both versions of the kernel's interface, as folders of files. */
class ControlGroupTest {
    @TempDir
    private Path top;

    @Test
    void theTightestLimitAboveCounts() throws IOException {
        Path job = Files.createDirectories(top.resolve("slurm/job_7/step_0"));
        Files.writeString(job.resolve("memory.max"), "max\n");
        Path limited = job.getParent();
        Files.writeString(limited.resolve("memory.max"), "1048576\n");
        Files.writeString(limited.resolve("memory.current"), "524288\n");
        Files.writeString(limited.resolve("memory.events"), "low 0\noom 4\noom_kill 3\noom_group_kill 1\n");
        ControlGroup group = ControlGroup.of(
                List.of("0::/slurm/job_7/step_0"),
                List.of("29 23 0:26 / " + top + " rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate"));

        ProcText text = new ProcText();
        assertThat(group.folder()).isEqualTo(limited.toString());
        assertThat(group.limitBytes(text)).isEqualTo(1 << 20);
        assertThat(group.usedBytes(text)).isEqualTo(1 << 19);
        assertThat(group.oomKills(text)).isEqualTo(3);
    }

    @Test
    void olderInterfaceAndItsWordForNoLimit() throws IOException {
        Path own = Files.createDirectories(top.resolve("a"));
        Files.writeString(own.resolve("memory.limit_in_bytes"), "9223372036854771712\n");
        Files.writeString(own.resolve("memory.usage_in_bytes"), "77\n");
        Files.writeString(own.resolve("memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 5\n");
        ControlGroup group = ControlGroup.of(
                List.of("4:cpu:/b", "3:memory:/docker/x/a", "0::/"),
                List.of("30 23 0:27 /docker/x " + top + " rw - cgroup cgroup rw,memory"));

        ProcText text = new ProcText();
        assertThat(group.folder()).isEqualTo(own.toString());
        assertThat(group.limitBytes(text)).isEqualTo(-1);
        assertThat(group.usedBytes(text)).isEqualTo(77);
        assertThat(group.oomKills(text)).isEqualTo(5);
    }

    @Test
    void nothingIsKnownWithoutAGroup() {
        ControlGroup group = ControlGroup.of(List.of(), List.of());
        assertThat(group.limitBytes(new ProcText())).isEqualTo(-1);
        assertThat(group.oomKills(new ProcText())).isEqualTo(-1);
    }
}
