package io.spectractor.hdfs;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.RemotePathProvider;
import java.nio.file.Path;

/** Opens {@code s3a://} places. Loads without Hadoop's classes, which are needed for a path only. */
public final class S3aPathProvider implements RemotePathProvider {
    /** The scheme of Hadoop's client for S3. */
    static final String SCHEME = "s3a";

    private static final String CLIENT = "org.apache.hadoop.fs.s3a.S3AFileSystem";

    @Override
    public boolean opens(String scheme) {
        return SCHEME.equals(scheme);
    }

    @Override
    public Path path(String scheme, String authority, String path) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            throw new UsageException(
                    "s3a://...@" + authority.substring(at + 1)
                            + ": a URL must not hold credentials, it is written into journals and logs; give them as AWS's own"
                            + " programs take them (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, ~/.aws/credentials, or a role)");
        }
        if (authority.isEmpty()) {
            throw new UsageException("s3a://" + path + ": the bucket is missing; expected s3a://bucket/path");
        }
        try {
            Class.forName(CLIENT, false, S3aPathProvider.class.getClassLoader());
            return HdfsFileSystem.of(scheme, authority).getPath(path);
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new UsageException(
                    scheme + "://" + authority + path + ": Hadoop's client for S3 is not on the class path;"
                            + " './spectractor' downloads it; with spark-submit use --packages"
                            + " org.apache.hadoop:hadoop-aws:VERSION-OF-HADOOP",
                    e);
        }
    }
}
