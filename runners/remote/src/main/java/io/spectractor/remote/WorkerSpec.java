package io.spectractor.remote;

import io.spectractor.batch.Hashes;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.WorkContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a worker process elsewhere needs to do the images of a run exactly as this process would. Immutable.
 *
 * <p>Its byte form, big-endian: the text {@code spectractor-work-order-4}, then the components in their order, those of a
 * component inside it, texts as UTF-8; each text or array with its length in bytes before it, as int. Java's
 * serialisation carries the same bytes.
 *
 * @param runId name of the run
 * @param outputFolder where products go, absolute path or URL
 * @param configYaml the resolved configuration
 * @param calibration the calibration data
 * @param targetsJson the resolved targets, see {@code ResolvedTargets}
 * @param badPixels the FITS file of the bad-pixel mask, empty for none; not copied, nobody may change it
 * @param flat the FITS file of the flat, in the same way
 * @param sky world coordinates and stars, see {@code SkyData}, empty for none, in the same way
 * @param context what all images of the run share
 * @param task name of the {@link WorkerTask} that does the items, empty where they are images to extract
 */
public record WorkerSpec(
        String runId,
        String outputFolder,
        String configYaml,
        CalibrationSpec calibration,
        String targetsJson,
        byte[] badPixels,
        byte[] flat,
        byte[] sky,
        WorkContext context,
        String task)
        implements Serializable {
    private static final String MAGIC = "spectractor-work-order-4";

    /** An order for images. */
    public WorkerSpec(
            String runId,
            String outputFolder,
            String configYaml,
            CalibrationSpec calibration,
            String targetsJson,
            byte[] badPixels,
            byte[] flat,
            byte[] sky,
            WorkContext context) {
        this(runId, outputFolder, configYaml, calibration, targetsJson, badPixels, flat, sky, context, "");
    }

    /** The same data for other work than the extraction of images. */
    public WorkerSpec withTask(String name) {
        return new WorkerSpec(
                runId, outputFolder, configYaml, calibration, targetsJson, badPixels, flat, sky, context, name);
    }

    /** SHA-256 of the byte form: orders that are equal make equal workers. */
    public String sha256() {
        return Hashes.sha256(toBytes());
    }

    /** The byte form. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            put(out, MAGIC, runId, outputFolder, configYaml);
            put(out, calibration.delivery(), calibration.source(), calibration.cache(), calibration.sha256());
            put(out, calibration.broadcast());
            put(out, targetsJson);
            put(out, badPixels);
            put(out, flat);
            put(out, sky);
            put(out, context.configSha256(), context.calibrationSha256(), context.codeVersion());
            put(out, context.existing().name(), task);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads {@link #toBytes}.
     *
     * @throws MalformedSpecException if the bytes are something else
     */
    public static WorkerSpec fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (!text(in).equals(MAGIC)) {
                throw new MalformedSpecException("not a work order of this version", null);
            }
            WorkerSpec order = new WorkerSpec(
                    text(in),
                    text(in),
                    text(in),
                    new CalibrationSpec(text(in), text(in), text(in), text(in), array(in)),
                    text(in),
                    array(in),
                    array(in),
                    array(in),
                    new WorkContext(text(in), text(in), text(in), existing(text(in))),
                    text(in));
            if (in.read() >= 0) {
                throw new MalformedSpecException("bytes after the end of a work order", null);
            }
            return order;
        } catch (IOException e) {
            throw new MalformedSpecException("a truncated work order of " + bytes.length + " bytes", e);
        }
    }

    private static void put(DataOutputStream out, String... texts) throws IOException {
        for (String text : texts) {
            put(out, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void put(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static ExistingProducts existing(String name) {
        for (ExistingProducts policy : ExistingProducts.values()) {
            if (policy.name().equals(name)) {
                return policy;
            }
        }
        throw new MalformedSpecException("a work order that says " + name + " of products that are there", null);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(array(in), StandardCharsets.UTF_8);
    }

    private static byte[] array(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(Math.max(0, length));
        if (bytes.length != length) {
            throw new IOException("length " + length + ", there are " + bytes.length);
        }
        return bytes;
    }

    @Serial
    private Object writeReplace() {
        return new Form(toBytes());
    }

    /** Bytes that are no work order of this version of the program. */
    public static final class MalformedSpecException extends IllegalArgumentException {
        @Serial
        private static final long serialVersionUID = 1;

        MalformedSpecException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** How an order travels with Java's serialisation. */
    private record Form(byte[] bytes) implements Serializable {
        @Serial
        private Object readResolve() {
            return fromBytes(bytes);
        }
    }
}
