package io.spectractor.batch.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopLogTest {
    @TempDir
    private Path folder;

    /** Two looks over midnight, as procps 4.0.2 of Debian 12 writes them; the second in the older spelling of memory. */
    private static final String LOG = """
            top - 23:59:59 up  6:46,  0 user,  load average: 10.72, 9.67, 8.07
            Tasks: 119 total,   2 running, 114 sleeping,   0 stopped,   3 zombie
            %Cpu(s): 86.4 us, 13.6 sy,  0.0 ni,  0.0 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st
            MiB Mem :  24105.6 total,  15324.4 free,   4748.0 used,   4424.9 buff/cache
            MiB Swap:      0.0 total,      0.0 free,      0.0 used.  19357.6 avail Mem

                PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
              17279 root      20   0 9049904 832432  38888 S  93.8   3.4   1:28.22 java
              20487 root      20   0   8.9g   1.5g  21820 S  62.5   0.3   0:00.71 python3 run.py

            top - 00:00:02 up  6:46,  0 user,  load average: 3.50, 9.67, 8.07
            KiB Mem :  2048000 total,  1024000 free,   4748 used,   4424 buff/cache

                PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
              17279 root      20   0 9049904 832436  38888 S 101.0   3.4   1:31.22 java
              99999 root      20   0 torn
            """;

    @Test
    void looksBecomeSamplesOverMidnight() throws IOException {
        Path file = Files.writeString(folder.resolve("top.log"), LOG);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-02T00:00:05Z")));
        List<ResourceSample> samples = TopLog.read(file);

        assertThat(samples)
                .extracting(s -> Instant.ofEpochMilli(s.timeMs()).toString())
                .containsExactly("2026-03-01T23:59:59Z", "2026-03-01T23:59:59Z", "2026-03-02T00:00:02Z");
        assertThat(samples).extracting(ResourceSample::role).containsExactly("java", "python3 run.py", "java");
        assertThat(samples).extracting(ResourceSample::cpuPercent).containsExactly(93.8, 62.5, 101.0);
        assertThat(samples)
                .extracting(ResourceSample::rssBytes)
                .containsExactly(832432L << 10, (long) (1.5 * (1L << 30)), 832436L << 10);
        assertThat(samples).extracting(ResourceSample::load1).containsExactly(10.72, 10.72, 3.5);
        assertThat(samples.get(0).availableBytes()).isEqualTo((long) (19357.6 * (1 << 20)));
        assertThat(samples.get(2).availableBytes()).isEqualTo(1024000L << 10);
        assertThat(samples.get(2).totalBytes()).isEqualTo(2048000L << 10);
    }

    @Test
    void anotherFileIsRefusedWithWhatWasExpected() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "PID of the king\n1 is the loneliest number\n");
        assertThatThrownBy(() -> TopLog.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("notes.txt")
                .hasMessageContaining("top -b");
    }
}
