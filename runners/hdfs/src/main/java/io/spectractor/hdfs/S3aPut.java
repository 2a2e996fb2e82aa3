package io.spectractor.hdfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes an object with one request, on a condition that the store itself sees to. A request that was answered with an error
 * may have been carried out all the same; when it is sent again the store refuses it, because the object is there. So each
 * writer leaves a mark, and looks for its own when it is refused.
 */
final class S3aPut {
    private static final Logger LOG = LoggerFactory.getLogger(S3aPut.class);
    private static final String MARK = "spectractor-writer";

    private S3aPut() {}

    /**
     * When an object may be written.
     *
     * @param absent whether only where there is none
     * @param etag only in place of the object with this tag; empty for any
     */
    record Condition(boolean absent, String etag) {
        static final Condition NONE = new Condition(false, "");
        static final Condition ABSENT = new Condition(true, "");

        static Condition replacing(String etag) {
            return new Condition(false, etag);
        }

        boolean isNone() {
            return !absent && etag.isEmpty();
        }
    }

    /**
     * Writes.
     *
     * @throws FileAlreadyExistsException if the condition does not hold
     */
    static void put(HdfsClient client, HdfsPath file, byte[] content, Condition condition) throws IOException {
        Path path = file.hadoop();
        String mark = UUID.randomUUID().toString();
        try {
            FSDataOutputStream out = create(client, path, condition, mark);
            // no try-with-resources: an object that could not be written must not be closed into being
            out.write(content);
            out.close();
        } catch (IOException e) {
            if (condition.isNone() || !isRefusal(e)) {
                throw HdfsErrors.translated(file, e);
            }
            if (!isMarked(client, path, mark)) {
                throw (IOException) new FileAlreadyExistsException(file.toString()).initCause(e);
            }
            LOG.debug("{} was written, although the answer was lost", file, e);
        }
    }

    private static FSDataOutputStream create(HdfsClient client, Path path, Condition condition, String mark)
            throws IOException {
        FSDataOutputStreamBuilder<?, ?> builder = client.files().createFile(path);
        builder.recursive();
        builder.overwrite(!condition.absent());
        builder.opt("fs.s3a.create.performance", true);
        if (!condition.isNone()) {
            builder.must("fs.s3a.create.header." + MARK, mark);
        }
        if (condition.absent()) {
            builder.must("fs.option.create.conditional.overwrite", true);
        } else if (!condition.etag().isEmpty()) {
            builder.must("fs.option.create.conditional.overwrite.etag", condition.etag());
        }
        return (FSDataOutputStream) builder.build();
    }

    private static boolean isMarked(HdfsClient client, Path path, String mark) {
        try {
            byte[] found = client.files().getXAttr(path, "header." + MARK);
            return found != null && Arrays.equals(found, mark.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("{} has no mark", path, e);
            return false;
        }
    }

    /** The answers 412, and 409 where two such requests met; S3A has an exception of its own for the first. */
    private static boolean isRefusal(IOException thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            String text = String.valueOf(e.getMessage());
            if (e.getClass().getSimpleName().equals("RemoteFileChangedException")
                    || e instanceof org.apache.hadoop.fs.FileAlreadyExistsException
                    || text.contains("Status Code: 412")
                    || text.contains("Status Code: 409")) {
                return true;
            }
        }
        return false;
    }
}
