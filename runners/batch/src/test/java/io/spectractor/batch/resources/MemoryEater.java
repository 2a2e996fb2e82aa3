package io.spectractor.batch.resources;

import io.spectractor.core.outcome.Stage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A worker that is sampled, and takes memory outside of its heap until somebody kills it. */
final class MemoryEater {
    private MemoryEater() {}

    public static void main(String[] args) throws InterruptedException {
        Activity.ofProcess().begin("reduc_134.fits");
        Activity.ofProcess().stage(Stage.EXTRACT);
        ResourceSampler.start(Path.of(args[0]), args[1], "rank-3", System.err::println);
        List<ByteBuffer> eaten = new ArrayList<>();
        while (eaten.size() < 400) {
            // a direct buffer is zeroed: its pages are there
            eaten.add(ByteBuffer.allocateDirect(1 << 20));
            Thread.sleep(eaten.size() < 30 ? 60 : 4);
        }
    }
}
