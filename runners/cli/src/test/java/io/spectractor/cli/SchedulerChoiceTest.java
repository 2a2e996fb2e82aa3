package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.UsageException;
import io.spectractor.remote.SchedulerOptions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SchedulerChoiceTest {
    /** As run and resume have it: a mixin in a mixin. */
    @Command
    private static final class Program {
        @Mixin
        private LaunchOptions launch = new LaunchOptions();
    }

    private static SchedulerChoice choice(String... words) {
        Program program = new Program();
        new CommandLine(program).parseArgs(words);
        return program.launch.schedulers();
    }

    @Test
    void onlyWhatIsGivenIsSaid() {
        assertThat(choice().options("mpi")).isEqualTo(new SchedulerOptions("mpi", null, new TreeMap<>()));
        assertThat(choice("-w", "3", "--ranks", "4", "--rank-heap", "2g").options("mpi"))
                .isEqualTo(new SchedulerOptions("mpi", 3, new TreeMap<>(Map.of("ranks", "4", "rank-heap", "2g"))));
    }

    @Test
    void eachPropertyOfSparkIsAnEntry() {
        assertThat(choice("--master", "local[2]", "--spark-conf", "a=1", "--spark-conf", "b=c=d")
                        .options("spark")
                        .values())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("master", "local[2]", "spark-conf a", "1", "spark-conf b", "c=d"));
    }

    @Test
    void whatIsSaidNowWinsOverEarlier() {
        SchedulerOptions earlier = choice("--ranks", "4", "--restarts", "1").options("mpi");
        assertThat(choice("--ranks", "2").over(earlier).values())
                .containsExactlyInAnyOrderEntriesOf(Map.of("ranks", "2", "restarts", "1"));
    }

    @Test
    void anotherSchedulersOptionIsRefused() {
        assertThatThrownBy(() -> choice("--ranks", "4").options("local"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--ranks 4 is for --scheduler mpi, the scheduler is local");
    }
}
