package io.spectractor.hats;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/**
 * Zstandard and no compression as a page at a time needs them. Others are Parquet's own, which read Hadoop's configuration
 * first: that takes a third of a second, more than a cone does.
 */
final class Codecs implements CompressionCodecFactory {
    /** The level that Parquet and pyarrow take too. */
    private static final int LEVEL = 3;

    private static final int PAGE = 1 << 20;

    private @Nullable CodecFactory others;

    private CodecFactory others() {
        CodecFactory made = others == null ? new CodecFactory(new PlainParquetConfiguration(), PAGE) : others;
        others = made;
        return made;
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return switch (codec) {
            case ZSTD -> new ZstdCompressor();
            case UNCOMPRESSED -> new NoCompressor();
            default -> others().getCompressor(codec);
        };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case ZSTD -> new ZstdDecompressor();
            case UNCOMPRESSED -> new NoDecompressor();
            default -> others().getDecompressor(codec);
        };
    }

    @Override
    public void release() {
        CodecFactory made = others;
        if (made != null) {
            made.release();
        }
    }

    private static byte[] array(BytesInput bytes) throws IOException {
        byte[] array = new byte[Math.toIntExact(bytes.size())];
        bytes.toInputStream().slice(array.length).get(array);
        return array;
    }

    private static final class ZstdCompressor implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            return BytesInput.from(Zstd.compress(array(bytes), LEVEL));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {
            // holds nothing
        }
    }

    private static final class NoCompressor implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput bytes) {
            return bytes;
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.UNCOMPRESSED;
        }

        @Override
        public void release() {
            // holds nothing
        }
    }

    private static final class ZstdDecompressor implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int uncompressedSize) throws IOException {
            byte[] page = new byte[uncompressedSize];
            long size = Zstd.decompress(page, array(bytes));
            if (Zstd.isError(size) || size != uncompressedSize) {
                throw new IOException("a page cannot be unpacked: "
                        + (Zstd.isError(size) ? Zstd.getErrorName(size) : size + " bytes, not " + uncompressedSize));
            }
            return BytesInput.from(page);
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int uncompressedSize)
                throws IOException {
            byte[] packed = new byte[compressedSize];
            input.get(packed);
            output.put(array(decompress(BytesInput.from(packed), uncompressedSize)));
        }

        @Override
        public void release() {
            // holds nothing
        }
    }

    private static final class NoDecompressor implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int uncompressedSize) {
            return bytes;
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int uncompressedSize) {
            ByteBuffer page = input.duplicate();
            page.limit(page.position() + compressedSize);
            output.put(page);
            input.position(input.position() + compressedSize);
        }

        @Override
        public void release() {
            // holds nothing
        }
    }
}
