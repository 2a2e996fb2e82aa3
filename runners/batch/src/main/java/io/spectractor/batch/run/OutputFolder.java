package io.spectractor.batch.run;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.Lookups;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.store.ProductRecord;
import io.spectractor.batch.store.ProductStore;
import io.spectractor.core.config.ConfigText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What must be true of an output folder before a run touches it; everything else is the user's to settle. */
final class OutputFolder {
    private static final int NAMED = 3;

    private OutputFolder() {}

    /** Makes the folder if it is not there, and sees that it can be written. */
    static void prepare(Path folder, String runId) {
        Path runs = folder.resolve("_runs");
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UsageException("output folder " + folder + " cannot be used: it is a file; choose another --out");
        }
        try {
            Files.createDirectories(runs);
            Path probe = folder.resolve(".probe." + runId);
            // of a process that was killed just here
            Files.deleteIfExists(probe);
            Files.createFile(probe);
            Files.delete(probe);
        } catch (IOException e) {
            throw new UsageException(
                    "output folder " + folder + " cannot be written (" + reason(e) + "); choose another --out", e);
        }
    }

    private static String reason(IOException e) {
        String type = e.getClass().getSimpleName().replaceAll("Exception$", "").replaceAll("([a-z])([A-Z])", "$1 $2");
        return type.toLowerCase(Locale.ROOT) + ": " + e.getMessage();
    }

    /** Refuses to share the folder with a run that is at work with another configuration. */
    static void refuseOtherRun(RunSettings settings) throws IOException {
        if (settings.existing() == ExistingProducts.OVERWRITE) {
            return;
        }
        for (RunFolder other : RunFolder.list(settings.outputFolder())) {
            if (other.runId().equals(settings.runId()) || !other.isAlive()) {
                continue;
            }
            String otherHash = other.info().configSha256();
            if (!otherHash.equals(ConfigText.sha256(settings.config()))) {
                throw new UsageException("run " + other.runId() + " is at work in " + settings.outputFolder()
                        + " with another configuration; wait for it, cancel it, choose another --out,"
                        + " or use --overwrite");
            }
        }
    }

    /** Refuses to start when the folder holds products that were made otherwise and nobody said what to do. */
    static void refuseOtherProducts(RunSettings settings, ProductStore store, WorkContext context) throws IOException {
        if (settings.existing() != ExistingProducts.KEEP_OR_REFUSE) {
            return;
        }
        List<String> others = Lookups.select(
                        settings.outputFolder(),
                        settings.plan().items(),
                        item -> store.exists(item.productName()) && !isOurs(store, item, context))
                .stream()
                .map(WorkItem::productName)
                .toList();
        if (!others.isEmpty()) {
            String names = String.join(", ", others.subList(0, Math.min(NAMED, others.size())));
            throw new UsageException(settings.outputFolder() + " already holds " + others.size()
                    + (others.size() == 1 ? " product that was" : " products that were")
                    + " made with other settings, calibration data or code, or not by this program (" + names
                    + (others.size() > NAMED ? ", ..." : "")
                    + "); --resume makes them again and keeps those that fit, --overwrite makes all again,"
                    + " or choose another --out");
        }
    }

    private static boolean isOurs(ProductStore store, WorkItem item, WorkContext context) throws IOException {
        Optional<ProductRecord> record = store.record(item.productName());
        return record.isPresent() && record.get().context().equals(context.of(item));
    }
}
