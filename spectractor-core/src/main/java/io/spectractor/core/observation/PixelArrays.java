package io.spectractor.core.observation;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The large arrays of frames that are done with, for the frames that follow: allocated anew for every frame they would
 * fill the heap with garbage that only a full collection takes away. Held softly, so that they never cause an {@link
 * OutOfMemoryError}. Safe for threads.
 */
public final class PixelArrays {
    /** Frames in work at a time hardly exceed the processors; each has two arrays of float, and two more if pixels are binned. */
    private static final int MOST = 4 * Runtime.getRuntime().availableProcessors() + 2;

    private final Spare<float[]> floats = new Spare<>(array -> array.length);
    private final Spare<byte[]> bytes = new Spare<>(array -> array.length);

    /** An array of that length, whatever is in it. */
    public float[] floats(int length) {
        float[] array = floats.take(length);
        return array == null ? new float[length] : array;
    }

    /** An array of that length, whatever is in it. */
    public byte[] bytes(int length) {
        byte[] array = bytes.take(length);
        return array == null ? new byte[length] : array;
    }

    /** Takes back an array, which nobody may use any more. */
    public void recycle(byte[] array) {
        bytes.give(array);
    }

    /** Takes back an array, which nobody may use any more. */
    public void recycle(float[] array) {
        floats.give(array);
    }

    /** Takes the arrays of an image, which must not be used any more, nor any image made from it. */
    public void recycle(CcdImage image) {
        image.giveArrays(floats::give, bytes::give);
    }

    /** Arrays of one type. */
    private static final class Spare<T> {
        private final Deque<SoftReference<T>> arrays = new ArrayDeque<>();
        private final ToIntFunction<T> length;

        Spare(ToIntFunction<T> length) {
            this.length = length;
        }

        synchronized @Nullable T take(int wanted) {
            for (Iterator<SoftReference<T>> all = arrays.iterator(); all.hasNext(); ) {
                T array = all.next().get();
                if (array == null) {
                    all.remove();
                } else if (length.applyAsInt(array) == wanted) {
                    all.remove();
                    return array;
                }
            }
            return null;
        }

        synchronized void give(T array) {
            arrays.addFirst(new SoftReference<>(array));
            if (arrays.size() > MOST) {
                arrays.removeLast();
            }
        }
    }
}
