package io.spectractor.calib.importer;

import io.spectractor.calib.CalibrationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A numpy array of little-endian float64 in row-major order.
 *
 * @param shape sizes of its axes
 * @param values the last axis runs fastest
 */
record NpyArray(int[] shape, double[] values) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern HEADER = Pattern.compile(
            "'descr':\\s*'<f8'.*'fortran_order':\\s*False.*'shape':\\s*\\(([0-9, ]*)\\)", Pattern.DOTALL);

    /**
     * Reads a file; format as in NEP 1 of numpy.
     *
     * @throws CalibrationException if it is no such array, or truncated
     */
    static NpyArray read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CalibrationException(file + " cannot be read: " + e, e);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 12 || !Arrays.equals(Arrays.copyOf(bytes, MAGIC.length), MAGIC)) {
            throw new CalibrationException(file + ": not a numpy array");
        }
        boolean first = bytes[6] == 1;
        int start = first ? 10 : 12;
        long length = first ? Short.toUnsignedLong(buffer.getShort(8)) : Integer.toUnsignedLong(buffer.getInt(8));
        if (start + length > bytes.length) {
            throw new CalibrationException(file + ": truncated in its header");
        }
        String header = new String(bytes, start, (int) length, StandardCharsets.ISO_8859_1);
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.find()) {
            throw new CalibrationException(
                    file + ": not float64, little-endian, row-major: " + header.strip() + "; save it again with numpy");
        }
        int[] shape = Arrays.stream(matcher.group(1).split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        long count = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        long found = (bytes.length - start - length) / Double.BYTES;
        if (found < count) {
            throw new CalibrationException(file + ": truncated, " + found + " of " + count + " numbers");
        }
        double[] values = new double[(int) count];
        buffer.position(start + (int) length);
        buffer.asDoubleBuffer().get(values);
        return new NpyArray(shape, values);
    }
}
