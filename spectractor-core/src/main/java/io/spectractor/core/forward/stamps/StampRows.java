package io.spectractor.core.forward.stamps;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The rows of stamps and profile tables: tens of thousands of small arrays, the same for every window of a camera. Those of
 * a finished model serve for the next one; left to the collector, they would be copied twice before they die. Between
 * models they are held softly. Not safe for threads: one model at a time.
 */
public final class StampRows implements AutoCloseable {
    private static final Deque<SoftReference<StampRows>> IDLE = new ConcurrentLinkedDeque<>();

    private final Map<Integer, Stack> byLength = new HashMap<>();

    private StampRows() {}

    /** Rows that no model uses now. */
    public static StampRows borrow() {
        for (SoftReference<StampRows> idle = IDLE.pollFirst(); idle != null; idle = IDLE.pollFirst()) {
            StampRows rows = idle.get();
            if (rows != null) {
                return rows;
            }
        }
        return new StampRows();
    }

    /** Rows of nobody else, which are not kept. */
    public static StampRows own() {
        return new StampRows();
    }

    /** A row of zeros. */
    double[] zeros(int length) {
        return byLength.computeIfAbsent(length, n -> new Stack()).take(length);
    }

    /** Arrays of {@code count} rows of zeros. */
    double[][] zeros(int count, int length) {
        double[][] rows = new double[count][];
        Stack stack = byLength.computeIfAbsent(length, n -> new Stack());
        for (int i = 0; i < count; i++) {
            rows[i] = stack.take(length);
        }
        return rows;
    }

    /** Gives all rows back: nobody may use them any more. Those that this model did not need are let go. */
    @Override
    public void close() {
        byLength.values().removeIf(Stack::isIdle);
        byLength.values().forEach(Stack::putBack);
        IDLE.addFirst(new SoftReference<>(this));
    }

    /** Rows of one length. */
    private static final class Stack {
        private final List<double[]> rows = new ArrayList<>();
        private int used;

        double[] take(int length) {
            if (used == rows.size()) {
                rows.add(new double[length]);
                return rows.get(used++);
            }
            double[] row = rows.get(used++);
            Arrays.fill(row, 0);
            return row;
        }

        boolean isIdle() {
            return used == 0;
        }

        void putBack() {
            rows.subList(used, rows.size()).clear();
            used = 0;
        }
    }
}
