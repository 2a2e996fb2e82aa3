package io.spectractor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.plan.WorkItem;
import io.spectractor.core.observation.ExposureRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputPathsTest {
    @TempDir
    private Path folder = Path.of("");

    /** Lists files as {@code binaryFiles} does. */
    private static final class Listing extends TextInputFormat {
        List<String> of(String paths) throws IOException {
            Job job = Job.getInstance(new Configuration());
            FileInputFormat.setInputPaths(job, paths);
            return listStatus(job).stream()
                    .map(FileStatus::getPath)
                    .map(Object::toString)
                    .toList();
        }
    }

    @Test
    void namesWithCommasAndWildcardsMeanThemselves() throws IOException {
        Configuration conf = new Configuration();
        List<WorkItem> items = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String name : List.of("a.fits", "b, c.fits", "[d].fits", "e*.fits", "f?{g}.fits", "h i.fits")) {
            Path file = Files.writeString(folder.resolve(name), "x");
            items.add(new WorkItem(items.size(), file.toString(), name, ExposureRequest.of(name)));
            expected.add(InputPaths.canonical(file.toString(), conf));
        }
        Files.writeString(folder.resolve("e1.fits"), "not asked for");
        assertThat(new Listing().of(InputPaths.joined(items, conf))).containsExactlyInAnyOrderElementsOf(expected);
    }
}
