package io.spectractor.mpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.run.ImageListener;
import io.spectractor.batch.run.RunControl;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.mpi.rank.Message;
import io.spectractor.mpi.rank.RankTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageAssignmentsTest {
    private final List<String> heard = new ArrayList<>();
    private final List<WorkItem> items = IntStream.range(0, 4)
            .mapToObj(i -> new WorkItem(i, "im" + i, "im" + i, ExposureRequest.of("im" + i)))
            .toList();
    private final ImageAssignments assignments = new ImageAssignments(items, new ImageListener() {
        @Override
        public void started(WorkItem item, int attempt, String worker) {
            heard.add("started " + item.name() + " " + attempt + " " + worker);
        }

        @Override
        public void retrying(WorkItem item, String reason) {
            heard.add("retrying " + item.name() + ": " + reason);
        }

        @Override
        public void finished(WorkItem item, ImageResult result) {
            heard.add("finished " + item.name() + " " + result.status());
        }

        @Override
        public void stop(RunControl.Cause cause, String reason) {
            heard.add("stop " + cause);
        }
    });

    private void started(int rank, int index, int attempt) {
        assignments.take(new Message(Message.Kind.STARTED, rank, index, attempt, "rank-" + rank, null, null));
    }

    private void finished(int rank, int index) {
        WorkItem item = items.get(index);
        ImageResult result = ImageResult.notTried(item.name(), item.input(), ImageStatus.DONE, null);
        assignments.take(new Message(Message.Kind.RESULT, rank, index, 1, null, null, result));
    }

    @Test
    void aResultThatComesTwiceCountsOnce() {
        started(1, 0, 1);
        finished(1, 0);
        finished(1, 0);
        assertThat(heard).containsExactly("started im0 1 rank-1", "finished im0 DONE");
        assertThat(assignments.settled()).isEqualTo(1);
        assertThat(assignments.open()).isEqualTo(3);
    }

    @Test
    void theLostRankBearsTheBlameAndTheOthersDoNot() {
        started(1, 0, 1);
        started(2, 1, 1);
        assignments.worldEnded(new WorldOutcome(1, "gone"));
        List<RankTask> tasks = assignments.tasks(item -> 5);
        assertThat(tasks.stream().map(RankTask::attempt)).containsExactly(2, 1, 1, 1);
        assertThat(heard.get(2)).contains("retrying im0", "died while working on it (gone)");
        assertThat(heard.get(3)).contains("retrying im1", "left without a result");
    }

    @Test
    void twoDeathsFailAnImage() {
        started(1, 0, 1);
        assignments.worldEnded(new WorldOutcome(1, "gone"));
        started(2, 0, 2);
        assignments.worldEnded(new WorldOutcome(2, "gone again"));
        assertThat(heard).last().isEqualTo("finished im0 FAILED");
        assertThat(assignments.tasks(item -> 0)).hasSize(3);
    }

    @Test
    void anImageInWorkForTooLongIsSeen() {
        started(3, 2, 1);
        assertThat(assignments.overdue(Duration.ofHours(1))).isEmpty();
        assertThat(assignments.overdue(Duration.ZERO.minusMillis(1))).contains(3);
        finished(3, 2);
        assertThat(assignments.overdue(Duration.ZERO.minusMillis(1))).isEmpty();
    }
}
