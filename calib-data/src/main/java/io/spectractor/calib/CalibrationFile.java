package io.spectractor.calib;

import io.spectractor.core.outcome.FileReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Calibration data on disk: an HDF5 file, or a folder of tables as commented CSV. */
public final class CalibrationFile {
    private static final String VERSION = "version.txt";

    private CalibrationFile() {}

    /**
     * Writes an HDF5 file, whole or not at all. The same content gives the same bytes.
     *
     * @param calibration what to write; checked, since it exists
     * @param file replaced if it is there
     * @throws CalibrationException if the folder cannot be written
     */
    public static void write(TableCalibration calibration, Path file) {
        Path target = file.toAbsolutePath();
        try {
            Path folder = target.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path part = target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            try {
                HdfWriter.write(calibration, part);
                try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new CalibrationException(file + " cannot be written: " + FileReason.of(e), e);
        } catch (io.jhdf.exceptions.HdfException e) {
            throw new CalibrationException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Reads an HDF5 file, or a folder of tables.
     *
     * @throws CalibrationException if it is not there, truncated, damaged or malformed; names it and says what to do
     */
    public static CalibrationContent read(Path source) {
        try {
            if (Files.isDirectory(source)) {
                return folder(source);
            }
            if (!Files.exists(source)) {
                throw new CalibrationException(source
                        + ": no such file or folder; 'spectractor calib build --out FILE' writes a calibration file");
            }
            return HdfReader.read(source.toString(), Files.readAllBytes(source));
        } catch (IOException e) {
            throw new CalibrationException(source + " cannot be read: " + FileReason.of(e), e);
        }
    }

    /**
     * Reads the bytes of an HDF5 file.
     *
     * @param name where they come from, for messages
     * @throws CalibrationException if they are truncated, damaged or malformed
     */
    public static CalibrationContent read(String name, byte[] bytes) {
        return HdfReader.read(name, bytes);
    }

    private static CalibrationContent folder(Path folder) throws IOException {
        Map<String, byte[]> tables = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
                tables.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        if (!tables.containsKey("dispersers.csv")) {
            throw new CalibrationException(
                    folder + ": holds no table dispersers.csv, so it is not a folder of calibration"
                            + " tables; one of the Python package becomes a file with 'spectractor calib import'");
        }
        return new CalibrationContent(version(folder), tables);
    }

    private static String version(Path folder) throws IOException {
        Path file = folder.resolve(VERSION);
        return Files.exists(file)
                ? Files.readString(file, StandardCharsets.UTF_8).strip()
                : "unversioned";
    }
}
