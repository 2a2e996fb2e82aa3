package io.spectractor.hats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Reads a column chunk page by page into arrays. Parquet's own column reader takes one value at a time, with a check of page and
 * levels for each; tables of 10⁷ rows spend most of their time there.
 */
final class ChunkReader {
    private final ColumnDescriptor column;
    private final int full;
    private final byte @Nullable [] definition;
    private final byte @Nullable [] repetition;
    private final Object values;
    private final @Nullable Dictionary dictionary;
    private int at;
    private boolean nulls;

    private ChunkReader(ColumnDescriptor column, PageReader pages) throws IOException {
        this.column = column;
        this.full = column.getMaxDefinitionLevel();
        int n = Math.toIntExact(pages.getTotalValueCount());
        this.definition = full == 0 ? null : new byte[n];
        this.repetition = column.getMaxRepetitionLevel() == 0 ? null : new byte[n];
        this.values = LeafColumn.array(column, n);
        DictionaryPage page = pages.readDictionaryPage();
        this.dictionary = page == null ? null : page.getEncoding().initDictionary(column, page);
    }

    /** Reads a chunk. */
    static LeafColumn read(ColumnDescriptor column, PageReader pages) throws IOException {
        ChunkReader reader = new ChunkReader(column, pages);
        int n = Math.toIntExact(pages.getTotalValueCount());
        while (reader.at < n) {
            DataPage page = pages.readPage();
            if (page == null) {
                throw new IOException("column " + String.join(".", column.getPath()) + " ends after " + reader.at
                        + " of " + n + " values");
            }
            if (page instanceof DataPageV1 first) {
                reader.take(first);
            } else {
                reader.take((DataPageV2) page);
            }
        }
        return LeafColumn.whole(column, reader.nulls ? reader.definition : null, reader.repetition, reader.values, n);
    }

    private void take(DataPageV1 page) throws IOException {
        int count = page.getValueCount();
        ByteBufferInputStream in = page.getBytes().toInputStream();
        levels(
                page.getRlEncoding(),
                ValuesType.REPETITION_LEVEL,
                column.getMaxRepetitionLevel(),
                repetition,
                in,
                count);
        levels(page.getDlEncoding(), ValuesType.DEFINITION_LEVEL, full, definition, in, count);
        values(page.getValueEncoding(), in, count);
    }

    private void levels(
            Encoding encoding, ValuesType kind, int highest, byte @Nullable [] to, ByteBufferInputStream in, int count)
            throws IOException {
        if (to == null) {
            return;
        }
        if (encoding == Encoding.RLE) {
            int length = in.slice(4).order(ByteOrder.LITTLE_ENDIAN).getInt();
            Levels.decode(in.slice(length), highest, to, at, count);
            return;
        }
        ValuesReader reader = encoding.getValuesReader(column, kind);
        reader.initFromPage(count, in);
        for (int i = 0; i < count; i++) {
            to[at + i] = (byte) reader.readInteger();
        }
    }

    private void take(DataPageV2 page) throws IOException {
        int count = page.getValueCount();
        if (repetition != null) {
            Levels.decode(buffer(page.getRepetitionLevels()), column.getMaxRepetitionLevel(), repetition, at, count);
        }
        if (definition != null) {
            Levels.decode(buffer(page.getDefinitionLevels()), full, definition, at, count);
        }
        values(page.getDataEncoding(), page.getData().toInputStream(), count);
    }

    private static ByteBuffer buffer(BytesInput bytes) throws IOException {
        ByteBufferInputStream in = bytes.toInputStream();
        return in.slice(in.available());
    }

    private void values(Encoding encoding, ByteBufferInputStream in, int count) throws IOException {
        boolean dense = definition == null || present(definition, count);
        nulls |= !dense;
        if (encoding == Encoding.PLAIN && plain(in, count, dense)) {
            at += count;
            return;
        }
        ValuesReader reader;
        if (encoding.usesDictionary()) {
            if (dictionary == null) {
                throw new IOException("column " + String.join(".", column.getPath()) + " lacks its dictionary");
            }
            reader = encoding.getDictionaryBasedValuesReader(column, ValuesType.VALUES, dictionary);
        } else {
            reader = encoding.getValuesReader(column, ValuesType.VALUES);
        }
        reader.initFromPage(count, in);
        int end = at + count;
        for (; at < end; at++) {
            if (dense || (definition != null && definition[at] == full)) {
                one(reader);
            }
        }
    }

    private boolean present(byte[] levels, int count) {
        for (int i = at; i < at + count; i++) {
            if (levels[i] != full) {
                return false;
            }
        }
        return true;
    }

    /** Numbers one after the other, as they lie in memory; false for other types. */
    private boolean plain(ByteBufferInputStream in, int count, boolean dense) throws IOException {
        int width = values instanceof double[] || values instanceof long[]
                ? 8
                : values instanceof float[] || values instanceof int[] ? 4 : 0;
        if (width == 0) {
            return false;
        }
        int present = dense ? count : 0;
        if (!dense && definition != null) {
            for (int i = at; i < at + count; i++) {
                present += definition[i] == full ? 1 : 0;
            }
        }
        ByteBuffer data = in.slice(width * present).order(ByteOrder.LITTLE_ENDIAN);
        if (values instanceof double[] array) {
            data.asDoubleBuffer().get(array, at, present);
        } else if (values instanceof long[] array) {
            data.asLongBuffer().get(array, at, present);
        } else if (values instanceof float[] array) {
            data.asFloatBuffer().get(array, at, present);
        } else if (values instanceof int[] array) {
            data.asIntBuffer().get(array, at, present);
        }
        if (!dense && definition != null) {
            spread(definition, count, present);
        }
        return true;
    }

    /** Moves values, which were read without gaps, to their entries; from the end, so that none is overwritten. */
    private void spread(byte[] levels, int count, int present) {
        int from = at + present;
        for (int to = at + count - 1; to >= at; to--) {
            if (levels[to] == full) {
                from--;
                if (from != to) {
                    System.arraycopy(values, from, values, to, 1);
                }
            }
        }
        // what is null is 0, as arrays begin: files are then the same bytes whoever read the rows
        for (int i = at; i < at + count; i++) {
            if (levels[i] != full) {
                zero(i);
            }
        }
    }

    private void zero(int i) {
        if (values instanceof double[] array) {
            array[i] = 0;
        } else if (values instanceof long[] array) {
            array[i] = 0;
        } else if (values instanceof float[] array) {
            array[i] = 0;
        } else if (values instanceof int[] array) {
            array[i] = 0;
        }
    }

    private void one(ValuesReader reader) {
        if (values instanceof double[] array) {
            array[at] = reader.readDouble();
        } else if (values instanceof float[] array) {
            array[at] = reader.readFloat();
        } else if (values instanceof long[] array) {
            array[at] = reader.readLong();
        } else if (values instanceof int[] array) {
            array[at] = reader.readInteger();
        } else if (values instanceof boolean[] array) {
            array[at] = reader.readBoolean();
        } else {
            // entries of a dictionary stay as they are, one object for all of its rows
            ((Binary[]) values)[at] = reader.readBytes().copy();
        }
    }
}
