package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
    void everyRequestIsAnswered() throws IOException {
        StringWriter said = new StringWriter();

        Rehearsal.rehearse(folder, new PrintWriter(said, true));

        assertThat(said.toString()).contains("200 /\n", "200 /explore?", "200 /tap/sync?", "200 /scs/stars?");
    }
}
