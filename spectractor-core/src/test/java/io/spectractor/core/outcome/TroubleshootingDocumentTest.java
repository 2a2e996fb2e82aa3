package io.spectractor.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.outcome.Caveat.Rank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keeps docs/troubleshooting.md equal to the code. Run with {@code -Dspectractor.docs.write=true} to rewrite it. */
class TroubleshootingDocumentTest {
    private static final Path FILE = Path.of(System.getProperty("basedir", "."), "..", "docs", "troubleshooting.md");
    private static final String BEGIN =
            "<!-- caveats: begin (made from io.spectractor.core.outcome.Caveat; a test keeps it current) -->\n";
    private static final String END = "<!-- caveats: end -->";

    @Test
    void caveatsAreCurrent() throws IOException {
        String before = Files.readString(FILE);
        int from = before.indexOf(BEGIN) + BEGIN.length();
        int to = before.indexOf(END);
        assertThat(from).isGreaterThanOrEqualTo(BEGIN.length());
        assertThat(to).isGreaterThanOrEqualTo(from);
        String after = before.substring(0, from) + markdown() + before.substring(to);
        if (Boolean.getBoolean("spectractor.docs.write")) {
            Files.writeString(FILE, after);
        }
        assertThat(Files.readString(FILE))
                .as("docs/troubleshooting.md; rewrite it with mvn -pl spectractor-core test"
                        + " -Dtest=TroubleshootingDocumentTest -Dspectractor.docs.write=true")
                .isEqualTo(after);
    }

    private static String markdown() {
        StringBuilder text = new StringBuilder();
        for (Rank rank : List.of(Rank.WARNING, Rank.INFORMATION)) {
            text.append("\n### ")
                    .append(rank == Rank.WARNING ? "Warnings" : "Information")
                    .append("\n\n");
            text.append("| caveat | meaning | what to do |\n|---|---|---|\n");
            for (Caveat caveat : Caveat.ofRank(rank, Arrays.asList(Caveat.values()))) {
                text.append("| `")
                        .append(caveat.name().toLowerCase(Locale.ROOT))
                        .append("` | ");
                text.append(caveat.meaning())
                        .append(" | ")
                        .append(caveat.advice())
                        .append(" |\n");
            }
        }
        return text.append('\n').toString();
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void everyKindOfFailureIsExplained(FailureKind kind) throws IOException {
        assertThat(Files.readString(FILE)).contains("| `" + kind.name().toLowerCase(Locale.ROOT) + "` |");
    }

    @ParameterizedTest
    @EnumSource(Caveat.class)
    void meaningsAreOneLineAndAdviceIsWholeSentences(Caveat caveat) {
        assertThat(caveat.meaning()).doesNotContain("\n", "|").doesNotEndWith(".");
        assertThat(caveat.advice()).doesNotContain("\n", "|").matches("[A-Z].*[.?]");
    }
}
