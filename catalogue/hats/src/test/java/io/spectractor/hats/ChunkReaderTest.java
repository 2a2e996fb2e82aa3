package io.spectractor.hats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages as Parquet's own writer makes them: both versions, with and without dictionaries, with nulls and lists. */
class ChunkReaderTest {
    private static final int ROWS = 5000;
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message schema {
              required int64 id;
              optional double ra;
              optional float mag;
              optional int32 flag;
              optional boolean good;
              optional binary name (STRING);
              optional group lc { optional group mjd (LIST) { repeated group list { optional double element; } } }
            }""");

    /** Cells of a row: whether they are null depends on the row alone. */
    private record Row(long id, double ra, float mag, int flag, boolean good, String name, List<Double> mjd) {
        static Row of(int i, boolean nulls) {
            SplittableRandom random = new SplittableRandom(i);
            List<Double> mjd = new ArrayList<>();
            for (int k = 0; k < i % 5; k++) {
                mjd.add(nulls && (i + k) % 7 == 0 ? null : random.nextDouble());
            }
            return new Row(
                    i,
                    nulls && i % 3 == 0 ? Double.NaN : random.nextDouble(),
                    nulls && i % 4 == 0 ? Float.NaN : (float) (i % 50),
                    nulls && i > 4000 ? -1 : i / 100,
                    i % 2 == 0,
                    nulls && i % 11 == 0 ? "" : "star " + i % 30,
                    mjd);
        }

        Group group(SimpleGroupFactory groups) {
            Group group = groups.newGroup().append("id", id).append("good", good);
            if (!Double.isNaN(ra)) {
                group.append("ra", ra);
            }
            if (!Float.isNaN(mag)) {
                group.append("mag", mag);
            }
            if (flag >= 0) {
                group.append("flag", flag);
            }
            if (!name.isEmpty()) {
                group.append("name", name);
            }
            if (id % 13 != 0) {
                Group list = group.addGroup("lc").addGroup("mjd");
                for (Double value : mjd) {
                    Group element = list.addGroup("list");
                    if (value != null) {
                        element.append("element", value.doubleValue());
                    }
                }
            }
            return group;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PARQUET_1_0, true, true",
        "PARQUET_1_0, false, true",
        "PARQUET_1_0, false, false",
        "PARQUET_2_0, true, true",
        "PARQUET_2_0, false, false"
    })
    void everyPageIsRead(WriterVersion version, boolean dictionary, boolean nulls, @TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("t.parquet");
        SimpleGroupFactory groups = new SimpleGroupFactory(SCHEMA);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(SCHEMA)
                .withWriterVersion(version)
                .withDictionaryEncoding(dictionary)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withPageSize(4096)
                .withRowGroupSize(100_000L)
                .build()) {
            for (int i = 0; i < ROWS; i++) {
                writer.write(Row.of(i, nulls).group(groups));
            }
        }
        Table table = ParquetTables.read(file, null, null);
        assertThat(table.rows()).isEqualTo(ROWS);
        double[] ra = table.doubles("ra");
        double[] mag = table.doubles("mag");
        String[] names = table.texts("name");
        for (int i = 0; i < ROWS; i++) {
            Row row = Row.of(i, nulls);
            assertThat(table.longs("id")[i]).isEqualTo(row.id());
            assertThat(Double.valueOf(ra[i])).isEqualTo(Double.valueOf(row.ra()));
            assertThat(Double.valueOf(mag[i])).isEqualTo(Double.valueOf(row.mag()));
            assertThat(table.value(i, "flag")).isEqualTo(row.flag() < 0 ? null : row.flag());
            assertThat(table.value(i, "good")).isEqualTo(row.good());
            assertThat(names[i]).isEqualTo(row.name().isEmpty() ? "null" : row.name());
            assertThat(table.value(i, "lc", "mjd", "list", "element")).isEqualTo(i % 13 == 0 ? List.of() : row.mjd());
        }
    }

    /** Runs and packed groups, as the format's description has them (Encodings.md, RLE/bit-packing hybrid). */
    @Test
    void levelsAreRunsAndPackedBits() {
        byte[] levels = new byte[21];
        ByteBuffer data = ByteBuffer.wrap(new byte[] {
            2 * 9, // nine times
            2,
            2 * 1 + 1, // one group of eight: 0 1 2 3 0 1 2 3, two bits each, the lowest first
            (byte) 0b11100100,
            (byte) 0b11100100,
            2 * 4,
            1
        });
        Levels.decode(data, 3, levels, 0, 21);
        assertThat(levels).containsExactly(2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 1, 2, 3, 0, 1, 2, 3, 1, 1, 1, 1);
        assertThatThrownBy(() -> Levels.decode(ByteBuffer.wrap(new byte[] {4, 1}), 1, levels, 0, 21))
                .hasMessageContaining("end before its values");
    }
}
