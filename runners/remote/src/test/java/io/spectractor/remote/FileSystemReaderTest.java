package io.spectractor.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.files.RemotePathProvider;
import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.CalibrationFile;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.calib.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker gets at calibration data in any file system for which there is an opener. */
class FileSystemReaderTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aWorkerReadsTheCalibrationFromAForeignFileSystem() throws IOException {
        Path file = folder.resolve("calib.h5");
        CalibrationFile.write(EmbeddedCalibration.load(), file);
        String content = EmbeddedCalibration.load().sha256();
        String url = "shelf://node" + file;
        CalibrationSpec order = new CalibrationSpec(
                "remote",
                url + "#sha256=" + Sha256.of(Files.readAllBytes(file)),
                folder.resolve("cache").toString(),
                content,
                new byte[0]);
        assertThat(order.open().sha256()).isEqualTo(content);
        CalibrationSpec unknown =
                new CalibrationSpec("remote", "drawer://node/calib.h5", folder.toString(), content, new byte[0]);
        assertThatThrownBy(unknown::open)
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("drawer://node/calib.h5");
    }

    /** This machine's files as those of a node. */
    public static final class Shelf implements RemotePathProvider {
        @Override
        public boolean opens(String scheme) {
            return scheme.equals("shelf");
        }

        @Override
        public Path path(String scheme, String authority, String path) {
            return Path.of(path);
        }
    }
}
