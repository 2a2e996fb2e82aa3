package io.spectractor.remote;

import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.files.RemotePathProvider;
import io.spectractor.calib.delivery.RemoteReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ServiceLoader;

/** Reads calibration data from the file systems that images are read from, such as HDFS. */
public final class FileSystemReader implements RemoteReader {
    @Override
    public boolean reads(String scheme) {
        return ServiceLoader.load(RemotePathProvider.class, FileSystemReader.class.getClassLoader()).stream()
                .anyMatch(opener -> opener.get().opens(scheme));
    }

    @Override
    public byte[] read(URI file) throws IOException {
        return Files.readAllBytes(PathResolver.path(file.toString()));
    }
}
