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

    /**
     * Whether {@code binaryFiles} cannot take a file: Hadoop reads a colon in a name as the end of a scheme, and passes
     * over files and folders whose names begin with an underscore or a point.
     */
    static boolean isBeyondHadoop(String input) {
        String path = input.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]+://[^/]*", "");
        for (String name : path.split("/", -1)) {
            if (name.indexOf(':') >= 0 || name.startsWith("_") || name.startsWith(".")) {
                return true;
            }
        }
        return false;
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
