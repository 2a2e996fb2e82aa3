package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many jobs as are kept, and more. */
class JobsKeptTest {
    private static final int KEPT = 20;

    @TempDir
    private Path temp;

    private static String created(RunningServer server, String more) throws IOException, InterruptedException {
        HttpResponse<String> made =
                server.post("/tap/async", "LANG=ADQL&FORMAT=csv&QUERY=SELECT+COUNT(*)+AS+n+FROM+points" + more);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(303);
        return made.headers()
                .firstValue("location")
                .orElseThrow()
                .substring(server.url().length());
    }

    private static void completes(RunningServer server, String job) throws IOException, InterruptedException {
        String state = "";
        for (int i = 0; i < 20 && !state.contains("<uws:phase>COMPLETED"); i++) {
            state = server.get(job + "?WAIT=5").body();
        }
        assertThat(state).contains("<uws:phase>COMPLETED");
    }

    /** Somebody who creates jobs without end keeps nobody else out, and costs nobody a result. */
    @Test
    void jobsThatNobodyStartedMakeRoomAndResultsStay() throws IOException, InterruptedException {
        SmallCatalogue.write(temp.resolve("catalogue"));
        try (RunningServer server = new RunningServer(temp, null, "")) {
            String done = created(server, "&PHASE=RUN");
            completes(server, done);
            List<String> pending = new ArrayList<>();
            for (int i = 0; i < 3 * KEPT; i++) {
                pending.add(created(server, ""));
            }
            assertThat(server.get(pending.get(0)).statusCode()).isEqualTo(404);
            assertThat(server.get(pending.get(3 * KEPT - 1) + "/phase").body()).isEqualTo("PENDING");
            assertThat(server.get(done + "/results/result").body()).contains("4000");
        }
    }

    @Test
    void whereAllHaveResultsANewOneHasToWait() throws IOException, InterruptedException {
        SmallCatalogue.write(temp.resolve("catalogue"));
        try (RunningServer server = new RunningServer(temp, null, "")) {
            List<String> jobs = new ArrayList<>();
            for (int i = 0; i < KEPT; i++) {
                jobs.add(created(server, "&PHASE=RUN"));
            }
            for (String job : jobs) {
                completes(server, job);
            }
            HttpResponse<String> refused = server.post("/tap/async", "LANG=ADQL&QUERY=SELECT+1");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(server.post(jobs.get(0), "ACTION=DELETE").statusCode()).isEqualTo(303);
            created(server, "");
        }
    }
}
