package io.spectractor.mpi.rank;

import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.ImageSource;
import io.spectractor.batch.run.ImageWorker;
import io.spectractor.batch.run.ProductEncoder;
import io.spectractor.batch.run.WorkContext;
import io.spectractor.batch.store.FolderProductStore;
import io.spectractor.batch.store.ProductRecord;
import io.spectractor.batch.store.ProductStore;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.mpi.hub.HubAddress;
import io.spectractor.mpi.world.World;
import io.spectractor.mpi.world.WorldException;
import io.spectractor.testkit.SmallProduct;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A rank that does what the texts of the images say, and stands still where a test wants to kill it. */
public final class ScriptedRankMain {
    private ScriptedRankMain() {}

    public static void main(String[] args) {
        Script script = new Script(Path.of(System.getenv(Script.FOLDER_VARIABLE)));
        RankMain.runAndHalt((identity, limits) -> {
            Rank rank = new Rank(
                    identity, limits, (i, hub) -> join(script, i, hub), work -> worker(script, identity.rank(), work));
            script.watch(identity.rank(), rank);
            return rank;
        });
    }

    private static World join(Script script, RankIdentity identity, HubAddress hub) throws WorldException {
        script.writePid("rank-" + identity.rank());
        return new ScriptedWorld(RankMain.join(identity, hub), script, new ConcurrentHashMap<>());
    }

    /** The order of a scripted run: output folder and run id. */
    private static ImageWorker worker(Script script, int rank, byte[] work) {
        script.holdHere("worker-" + rank);
        String[] lines = new String(work, StandardCharsets.UTF_8).split("\n", -1);
        if (lines[2].chars().anyMatch(c -> c != 'x')) {
            throw new IllegalStateException("the ballast changed on the way");
        }
        ProductStore store = new ScriptedStore(new FolderProductStore(Path.of(lines[0]), lines[1]), lines[0], script);
        return new ImageWorker(
                ImageSource.files(),
                (bytes, sha256, request) -> extract(script, new String(bytes, StandardCharsets.UTF_8).strip(), request),
                ProductEncoder.fits(),
                store,
                new WorkContext("c", "cal", "1", ExistingProducts.KEEP_OR_REFUSE));
    }

    private static ExtractionOutcome extract(Script script, String text, ExposureRequest request) {
        script.pauseAt("compute-" + request.name());
        switch (text.split(" ", -1)[0]) {
            case "throw" -> throw new IllegalStateException("deliberate");
            case "wait" -> script.awaitGo();
            case "sleep" -> pause(Long.parseLong(text.split(" ", -1)[1]));
            case "poison" -> script.killMyself();
            case "oom" -> throw new OutOfMemoryError("deliberate");
            default -> {
                // ok
            }
        }
        return new ExtractionOutcome.Done(
                SmallProduct.of(request.name(), 7, new TreeSet<>()),
                StageTimings.none().with(Stage.EXTRACT, 0.01));
    }

    private static void pause(long ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record ScriptedWorld(World world, Script script, Map<Integer, Integer> handedOut) implements World {
        @Override
        public int rank() {
            return world.rank();
        }

        @Override
        public int size() {
            return world.size();
        }

        @Override
        public byte[] broadcast(byte[] bytes, int root) throws WorldException {
            script.pauseAt("broadcast-" + rank());
            return world.broadcast(bytes, root);
        }

        @Override
        public void send(int rank, byte[] bytes) throws WorldException {
            world.send(rank, bytes);
            try {
                if (Message.fromBytes(bytes).kind() == Message.Kind.TASK) {
                    script.writePid("handed-out-" + rank + "-" + handedOut.merge(rank, 1, Integer::sum));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public @Nullable Envelope receive(Duration limit) throws WorldException {
            return world.receive(limit);
        }

        @Override
        public void close() throws WorldException {
            script.pauseAt("close-" + rank());
            world.close();
        }
    }

    /** Stands still in the middle of a product, with half of it on the disk. */
    private record ScriptedStore(ProductStore store, String folder, Script script) implements ProductStore {
        @Override
        public boolean exists(String productName) throws IOException {
            return store.exists(productName);
        }

        @Override
        public Optional<ProductRecord> record(String productName) throws IOException {
            return store.record(productName);
        }

        @Override
        public Optional<ProductRecord> verified(String productName, String key) throws IOException {
            return store.verified(productName, key);
        }

        @Override
        public ProductRecord commit(byte[] product, ProductRecord record, boolean replaceSame) throws IOException {
            String name = String.valueOf(record.result().product());
            script.pauseAt("write-" + name, Path.of(folder, "." + name + ".scripted.1-1.part"), product);
            script.holdHere("write-" + name);
            return store.commit(product, record, replaceSame);
        }

        @Override
        public int sweep(Predicate<String> runIsAlive) throws IOException {
            return store.sweep(runIsAlive);
        }
    }

    /** For tests that look at single items. */
    static WorkItem item(int index, String name) {
        return new WorkItem(index, name, name, ExposureRequest.of(name));
    }
}
