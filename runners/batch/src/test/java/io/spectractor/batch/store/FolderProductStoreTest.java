package io.spectractor.batch.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.Hashes;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.core.outcome.StageTimings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a loss of power leaves of a product or its record counts as not done, and is made again. */
class FolderProductStoreTest {
    private static final String NAME = "a_spectrum.fits";
    private static final byte[] PRODUCT = "SIMPLE  = a product".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private static ProductRecord record() {
        return new ProductRecord(
                "context",
                new ImageResult(
                        "a.fits",
                        "/n/a.fits",
                        ImageStatus.DONE,
                        null,
                        null,
                        Collections.emptySortedSet(),
                        1,
                        false,
                        1.7,
                        StageTimings.none(),
                        NAME,
                        Hashes.sha256(PRODUCT),
                        "science",
                        "input",
                        "key",
                        null));
    }

    @Test
    void aTornRecordOrProductIsMadeAgain() throws Exception {
        FolderProductStore store = new FolderProductStore(folder, "r1");
        store.commit(PRODUCT, record(), false);
        Path recordFile = folder.resolve("_runs").resolve("_products").resolve(NAME + ".json");
        byte[] whole = Files.readAllBytes(recordFile);
        assertThat(store.verified(NAME, "key")).isPresent();

        for (int kept = 0; kept < whole.length - 1; kept += 7) {
            Files.write(recordFile, Arrays.copyOf(whole, kept));
            assertThat(store.verified(NAME, "key")).as("%d bytes", kept).isEmpty();
            // blocks that were never written read as zeros
            byte[] zeros = whole.clone();
            Arrays.fill(zeros, kept, zeros.length, (byte) 0);
            Files.write(recordFile, zeros);
            assertThat(store.verified(NAME, "key"))
                    .as("%d bytes, then zeros", kept)
                    .isEmpty();
        }
        store.commit(PRODUCT, record(), false);
        assertThat(Files.readAllBytes(recordFile)).isEqualTo(whole);
        assertThat(store.verified(NAME, "key")).isPresent();

        Files.write(folder.resolve(NAME), Arrays.copyOf(PRODUCT, 5));
        assertThat(store.verified(NAME, "key")).isEmpty();
        store.commit(PRODUCT, record(), false);
        assertThat(Files.readAllBytes(folder.resolve(NAME))).isEqualTo(PRODUCT);
        try (var left = Files.list(folder)) {
            assertThat(left.map(p -> String.valueOf(p.getFileName()))).containsExactlyInAnyOrder("_runs", NAME);
        }
    }
}
