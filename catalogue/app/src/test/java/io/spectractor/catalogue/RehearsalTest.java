package io.spectractor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    @TempDir
    Path folder;

    /** The launcher does without an archive where this fails, so nobody would see it. */
    @Test
    void everyCommandEndsWell() {
        StringWriter said = new StringWriter();

        Rehearsal.rehearse(folder, new PrintWriter(said, true));

        assertThat(said.toString()).contains("imported as stars", "1000 pairs", "saved as pairs");
        assertThat(folder.resolve("cone.csv")).content().contains("id,ra,dec,mag");
    }
}
