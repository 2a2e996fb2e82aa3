package io.spectractor.serve.vo;

import io.spectractor.serve.data.QueryRejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.ac.starlink.table.RowSequence;
import uk.ac.starlink.table.StarTable;
import uk.ac.starlink.table.StoragePolicy;
import uk.ac.starlink.util.ByteArrayDataSource;
import uk.ac.starlink.votable.VOTableBuilder;

/**
 * What another service answered.
 *
 * @param columns names of the columns
 * @param rows the rows
 */
public record RemoteVoTable(List<String> columns, List<@Nullable Object[]> rows) {
    private static final int MOST_ROWS = 2000;
    private static final Pattern ERROR =
            Pattern.compile("<INFO[^>]*value=\"ERROR\"[^>]*>([^<]{0,400})", Pattern.CASE_INSENSITIVE);

    public RemoteVoTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * Asks.
     *
     * @param megabytes of the answer at most
     * @param trusted whether the address may be on this machine or a private network
     * @throws QueryRejectedException if there is no answer, or none that is a table
     */
    public static RemoteVoTable get(String address, int megabytes, boolean trusted) {
        byte[] bytes = RemoteTable.fetch(address, megabytes * 1_000_000, trusted);
        Matcher error = ERROR.matcher(new String(bytes, StandardCharsets.UTF_8));
        if (error.find()) {
            throw new QueryRejectedException("it answers: " + error.group(1).strip());
        }
        VoTableCheck.check("its answer", bytes);
        try {
            StarTable table = new VOTableBuilder()
                    .makeStarTable(new ByteArrayDataSource("answer", bytes), false, StoragePolicy.PREFER_MEMORY);
            List<String> columns = IntStream.range(0, table.getColumnCount())
                    .mapToObj(i -> table.getColumnInfo(i).getName())
                    .toList();
            List<@Nullable Object[]> rows = new ArrayList<>();
            try (RowSequence sequence = table.getRowSequence()) {
                while (sequence.next() && rows.size() < MOST_ROWS) {
                    rows.add(sequence.getRow());
                }
            }
            return new RemoteVoTable(columns, rows);
        } catch (IOException | RuntimeException e) {
            throw new QueryRejectedException("its answer is not a VOTable", e);
        }
    }

    /** The place of a column of this name in any case, -1 if there is none. */
    public int column(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
