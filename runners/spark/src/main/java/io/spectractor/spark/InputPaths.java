package io.spectractor.spark;

import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.plan.WorkItem;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Names of inputs as Hadoop writes them. */
final class InputPaths {
    private InputPaths() {}

    /** The name that Spark gives to a file. */
    static String canonical(String input, Configuration conf) throws IOException {
        Path path = PathResolver.isForeign(input) ? new Path(input) : new Path("file", null, input);
        return path.getFileSystem(conf).makeQualified(path).toString();
    }

    /** All inputs in one argument of {@code binaryFiles}, which takes commas and wildcards for itself. */
    static String joined(List<WorkItem> items, Configuration conf) throws IOException {
        StringBuilder text = new StringBuilder();
        for (WorkItem item : items) {
            text.append(text.isEmpty() ? "" : ",").append(escaped(canonical(item.input(), conf)));
        }
        return text.toString();
    }

    private static String escaped(String path) {
        return path.chars()
                .mapToObj(c -> switch (c) {
                    case ',' -> "{\\,}";
                    case '*', '?', '[', ']', '{', '}', '\\' -> "\\" + (char) c;
                    default -> String.valueOf((char) c);
                })
                .collect(Collectors.joining());
    }
}
