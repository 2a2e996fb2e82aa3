package io.spectractor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.catalogue.spectra.SpectraColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** docs/catalogue.md says what the code does. */
class CatalogueDocTest {
    private static String text() throws IOException {
        return Files.readString(Path.of("../../docs/catalogue.md"));
    }

    @Test
    void everyColumnOfSpectraStandsThere() throws IOException {
        assertThat(text().lines())
                .containsSequence(Arrays.stream(SpectraColumn.values())
                        .map(c -> "| `" + c.column() + "` | " + c.unit() + " | " + c.meaning() + " |")
                        .toList());
    }

    @Test
    void everyCommandStandsThere() throws IOException {
        String text = text();
        for (String command : Main.line().getSubcommands().keySet()) {
            assertThat(text).containsPattern("spectractor catalogue " + command + "\\s");
        }
    }
}
