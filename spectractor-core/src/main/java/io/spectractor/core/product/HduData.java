package io.spectractor.core.product;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The data of an HDU, not spelled yet: so they are spelled once, where they belong in the file. */
abstract class HduData {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    /** Bytes without padding. */
    final int length;

    private HduData(long length) {
        this.length = Math.toIntExact(length);
    }

    /** Writes {@link #length} bytes. */
    abstract void put(byte[] out, int at);

    static HduData none() {
        return bytes(new byte[0]);
    }

    static HduData bytes(byte[] bytes) {
        return new HduData(bytes.length) {
            @Override
            void put(byte[] out, int at) {
                System.arraycopy(bytes, 0, out, at, bytes.length);
            }
        };
    }

    /** Rows of float64, one after the other. */
    static HduData doubles(double[]... rows) {
        long n = 0;
        for (double[] row : rows) {
            n += row.length;
        }
        return new HduData(8 * n) {
            @Override
            void put(byte[] out, int at) {
                int to = at;
                for (double[] row : rows) {
                    putRow(row, out, to);
                    to += 8 * row.length;
                }
            }
        };
    }

    private static void putRow(double[] row, byte[] out, int at) {
        for (int i = 0; i < row.length; i++) {
            // the canonical NaN: payloads may differ between processors
            LONGS.set(out, at + 8 * i, Double.doubleToLongBits(row[i]));
        }
    }

    static HduData floats(float[] values) {
        return new HduData(4L * values.length) {
            @Override
            void put(byte[] out, int at) {
                for (int i = 0; i < values.length; i++) {
                    INTS.set(out, at + 4 * i, Float.floatToIntBits(values[i]));
                }
            }
        };
    }

    /** Whole numbers as int16. */
    static HduData shorts(float[] values) {
        return new HduData(2L * values.length) {
            @Override
            void put(byte[] out, int at) {
                for (int i = 0; i < values.length; i++) {
                    SHORTS.set(out, at + 2 * i, (short) values[i]);
                }
            }
        };
    }
}
