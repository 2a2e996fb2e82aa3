package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command refuses before it listens. */
class ServeCommandTest {
    @TempDir
    Path folder;

    private String refused(String... args) {
        StringWriter said = new StringWriter();
        PrintWriter err = new PrintWriter(said, true);
        assertThat(Main.run(args, err, err)).as(said.toString()).isEqualTo(2);
        return said.toString();
    }

    @Test
    void othersAreServedWithATokenOnlyAndItIsSaidWhatTheyGet() throws IOException {
        String survey = Files.createDirectories(folder.resolve("survey")).toString();
        String products = Files.createDirectories(folder.resolve("products")).toString();

        assertThat(refused(survey, "--bind", "0.0.0.0", "--runs", products))
                .contains("--bind 0.0.0.0 lets others read the catalogue " + survey)
                .contains("run queries on this machine")
                .contains("logs in " + products + ", and cancel runs there")
                .contains("--token-file FILE");
        assertThat(refused(survey, "--bind", "0.0.0.0", "--token-file", "none")).contains("there is no file none");
        Path token = Files.writeString(folder.resolve("token"), "short\n");
        assertThat(refused(survey, "--bind", "0.0.0.0", "--token-file", token.toString()))
                .contains("16 characters");
        Path good = Files.writeString(folder.resolve("good"), "0123456789abcdef\n");
        assertThat(refused(survey, "--bind", "0.0.0.0", "--token-file", good.toString()))
                .contains("listens at all addresses")
                .contains("--public-url http://NAME:8080");
    }

    @Test
    void whatCannotBeServedIsNamed() {
        assertThat(refused(folder.resolve("none").toString(), "--port", "0")).contains("there is no folder", "none");
        for (String away : new String[] {"hdfs://node/out", "s3a://bucket/out"}) {
            assertThat(refused(folder.toString(), "--port", "0", "--runs", away))
                    .contains("only folders of this machine");
        }
        assertThat(refused(folder.toString(), "--authority", "a b")).contains("like org.example");
        assertThat(refused(folder.toString(), "--port", "70000")).contains("--port is 0 to 65535");
        assertThat(refused(folder.toString(), "--upload", "3000")).contains("--upload is 1000 at most");
        assertThat(refused(folder.toString(), "--base-path", "/a b")).contains("is not a path like");
        assertThat(refused(folder.toString(), "--rows", "10", "--max-rows", "5"))
                .contains("no less than --rows");
    }
}
