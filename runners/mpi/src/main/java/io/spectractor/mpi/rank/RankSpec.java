package io.spectractor.mpi.rank;

import io.spectractor.batch.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What a world has to do: rank 0 gets it and broadcasts it. Immutable.
 *
 * <p>Its byte form: the length, as big-endian int, of the JSON of distribution, threads and tasks, compressed; that JSON;
 * the work order.
 *
 * @param distribution how images are dealt out
 * @param threads images in progress at a time in each rank
 * @param tasks the images, in the order of the plan
 * @param work the work order, from which each rank makes its worker; not copied, nobody may change it
 */
public record RankSpec(Distribution distribution, int threads, List<RankTask> tasks, byte[] work) {
    public RankSpec {
        tasks = List.copyOf(tasks);
    }

    private record Head(Distribution distribution, int threads, List<RankTask> tasks) {}

    /** The byte form. */
    public byte[] toBytes() {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(all)) {
            // plans repeat themselves
            try (DeflaterOutputStream packed = new DeflaterOutputStream(head, new Deflater(Deflater.BEST_SPEED))) {
                packed.write(Json.line(new Head(distribution, threads, tasks)).getBytes(StandardCharsets.UTF_8));
            }
            out.writeInt(head.size());
            head.writeTo(out);
            out.write(work);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return all.toByteArray();
    }

    /**
     * Reads {@link #toBytes}.
     *
     * @throws IOException if the bytes are something else
     */
    public static RankSpec fromBytes(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int length = in.readInt();
            byte[] packed = in.readNBytes(Math.max(0, length));
            if (packed.length != length) {
                throw new IOException("a truncated order of " + bytes.length + " bytes");
            }
            byte[] json = new InflaterInputStream(new ByteArrayInputStream(packed)).readAllBytes();
            Head head = Json.read(new String(json, StandardCharsets.UTF_8), Head.class);
            return new RankSpec(head.distribution(), head.threads(), head.tasks(), in.readAllBytes());
        }
    }
}
