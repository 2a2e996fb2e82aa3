package io.spectractor.bench.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceQueueTest {
    private static final int REQUESTS = 200_000;

    /** Arrivals at random, one server, equal service: Pollaczek and Khinchine know the mean wait, rho s / 2(1 - rho). */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.6, 0.8})
    void waitsAsLongAsTheFormulaSays(double load) {
        EventQueue time = new EventQueue();
        double service = 0.2;
        double latency = 3;
        ServiceQueue queue = new ServiceQueue(time, 1, service, latency);
        SplittableRandom random = new SplittableRandom(11);
        double[] total = {0};
        double arrival = 0;
        for (int i = 0; i < REQUESTS; i++) {
            arrival -= Math.log(1 - random.nextDouble()) * service / load;
            double asked = arrival;
            time.after(asked, () -> queue.ask(() -> total[0] += time.now() - asked));
        }
        time.run();
        double wait = load * service / (2 * (1 - load));
        assertThat(total[0] / REQUESTS).isCloseTo(latency + service + wait, within(0.03 * (service + wait)));
    }
}
