package io.spectractor.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every warning that any module logs stands in docs/troubleshooting.md, with what it means and what to do. */
class LoggedWarningsTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
    private static final Pattern WARNING =
            Pattern.compile("LOG\\.warn\\(\\s*(\"(?:[^\"\\\\]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\]|\\\\.)*\")*)");
    private static final Pattern JOIN = Pattern.compile("\"\\s*\\+\\s*\"");

    @Test
    void everyWarningIsExplained() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/troubleshooting.md"));
        List<String> warnings = warnings();
        assertThat(warnings).hasSizeGreaterThan(20);
        assertThat(warnings)
                .allSatisfy(warning -> assertThat(page)
                        .as("docs/troubleshooting.md, Warnings of a run")
                        .contains(warning.replace("{}", "...")));
    }

    private static List<String> warnings() throws IOException {
        List<String> warnings = new ArrayList<>();
        for (String modules : List.of("", "runners", "catalogue")) {
            try (Stream<Path> folders = Files.list(ROOT.resolve(modules))) {
                for (Path module : folders.sorted().toList()) {
                    Path sources = module.resolve("src/main/java");
                    if (Files.isDirectory(sources)) {
                        collect(sources, warnings);
                    }
                }
            }
        }
        return warnings;
    }

    private static void collect(Path sources, List<String> warnings) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                Matcher call = WARNING.matcher(Files.readString(file));
                while (call.find()) {
                    String text = JOIN.matcher(call.group(1)).replaceAll("");
                    warnings.add(text.substring(1, text.length() - 1));
                }
            }
        }
    }
}
