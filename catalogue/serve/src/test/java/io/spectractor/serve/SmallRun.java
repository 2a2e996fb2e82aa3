package io.spectractor.serve;

import io.spectractor.batch.Json;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.result.RunInfo;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The folder of a run of four images, one of which has failed, and whose names are not nice. */
final class SmallRun {
    private final Path folder;

    private SmallRun(Path folder) {
        this.folder = folder;
    }

    /** Writes it into an output folder. */
    static SmallRun write(Path output, String id) throws IOException {
        Path folder = Files.createDirectories(output.resolve("_runs").resolve(id));
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/local.out"), "it began\n<b>and went on\n");
        Files.writeString(
                folder.resolve("run.json"),
                Json.pretty(new RunInfo(
                        id,
                        "2026-11-29T07:29:07.5Z",
                        "local",
                        2,
                        "0.1.0",
                        "abc",
                        "2026",
                        "def",
                        List.of("run", "<i>night"),
                        "here",
                        "Linux",
                        null)));
        StringBuilder plan = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            plan.append(i == 0 ? "" : ",")
                    .append(String.format(
                            java.util.Locale.ROOT,
                            "{\"plan\":\"extract\",\"item\":{\"index\":%d,\"input\":\"/in/%2$s.fits\",\"stem\":\"%2$s\","
                                    + "\"request\":{\"name\":\"%2$s.fits\",\"target\":\"HD1\",\"guess\":{\"x\":1.0,\"y\":2.0}}}}",
                            i,
                            "<u>" + i));
        }
        Files.writeString(folder.resolve("plan.json"), "{\"images\":[" + plan + "],\"notes\":[]}");
        Files.writeString(folder.resolve("config.yaml"), "");
        SmallRun run = new SmallRun(folder);
        run.append(Map.of("time", "2026-11-29T07:29:08Z", "event", "RUN_STARTED"));
        run.finished(ImageResult.failed(
                "<u>0.fits",
                "/in/<u>0.fits",
                new Failure(Stage.READ, FailureKind.UNPROCESSABLE, "<u>0.fits: no <script> may run", ""),
                1,
                1.0,
                StageTimings.none(),
                null,
                null));
        return run;
    }

    /** One more image is settled. */
    void skip(int image) throws IOException {
        finished(ImageResult.notTried(
                "<u>" + image + ".fits", "/in/<u>" + image + ".fits", ImageStatus.SKIPPED, "a bias"));
    }

    private void finished(ImageResult result) throws IOException {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("time", "2026-11-29T07:29:10Z");
        event.put("event", "IMAGE_FINISHED");
        event.put("image", result.name());
        event.put("attempt", 1);
        event.put("result", result);
        append(event);
    }

    private void append(Map<String, ?> event) throws IOException {
        Files.writeString(
                folder.resolve("journal.jsonl"),
                Json.line(event) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Holds the lock that says that a process works on it. */
    FileChannel begin() throws IOException {
        Files.writeString(
                folder.resolve("owner"), "here " + ProcessHandle.current().pid());
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        return channel;
    }

    Path folder() {
        return folder;
    }
}
