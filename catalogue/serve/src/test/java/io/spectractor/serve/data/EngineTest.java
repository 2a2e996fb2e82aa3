package io.spectractor.serve.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    /** Half an hour of work. */
    private static final String SLOW = "SELECT sum(sin(a.range + b.range)) FROM range(1000000) a, range(1000000) b";

    @TempDir
    Path folder;

    private static long first(Engine engine, String sql, Engine.Stop stop, CountDownLatch begun) {
        return engine.run(LONG, stop, session -> {
            begun.countDown();
            try (ResultSet rows = session.statement().executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    /** Without it the third query would be told after half a minute that too many are at work. */
    @Test
    void longQueriesDoNotKeepShortOnesWaiting() throws InterruptedException {
        Limits limits = new Limits(LONG, LONG, 10, 10, 256, 256, 2, 10, 2, 1);
        Engine.Stop stop = new Engine.Stop();
        CountDownLatch begun = new CountDownLatch(2);
        try (Engine engine = Engine.start(limits, List.of(), folder)) {
            CompletableFuture<Long> one = CompletableFuture.supplyAsync(() -> first(engine, SLOW, stop, begun));
            Engine.Stop other = new Engine.Stop();
            CompletableFuture<Long> two = CompletableFuture.supplyAsync(() -> first(engine, SLOW, other, begun));
            begun.await();

            assertThat(first(engine, "SELECT 42", new Engine.Stop(), begun)).isEqualTo(42);

            assertThat(one).isNotDone();
            assertThat(two).isNotDone();
            stop.now();
            other.now();
            assertThatThrownBy(one::join).hasRootCauseInstanceOf(java.sql.SQLException.class);
            assertThatThrownBy(two::join).hasMessageContaining("the query was stopped");
        }
    }
}
