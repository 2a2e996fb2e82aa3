package io.spectractor.core.observation;

import io.spectractor.core.outcome.ExtractionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A quick look into the headers of a file, for what has to be known of many before the first of them is read. */
public final class HeaderPeek {
    private static final int BLOCK = 2880;

    /** No header of a CTIO frame is longer than this, 3277 cards. */
    private static final int MOST_BLOCKS = 91;

    private HeaderPeek() {}

    /**
     * The disperser that the header of a frame names. Only the header is read: of the primary HDU, or of the first
     * extension if the primary has no data, as in tile-compressed files.
     *
     * @param stream the file from its beginning, gzipped or not; the caller closes it
     * @return nothing if the file is damaged, of another telescope or does not say: reading it properly tells why
     */
    public static Optional<String> disperser(InputStream stream) throws IOException {
        InputStream fits = unpacked(stream);
        for (int hdu = 0; hdu < 2; hdu++) {
            FitsHeader header = header(fits);
            if (header == null) {
                return Optional.empty();
            }
            Long axes = header.integer("NAXIS");
            if (header.text("FILTER2") != null || axes == null || axes != 0) {
                return disperser(header);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> disperser(FitsHeader header) {
        try {
            new CtioHeader("", header).checkInstrument();
        } catch (ExtractionException e) {
            return Optional.empty();
        }
        return Optional.ofNullable(header.text("FILTER2"));
    }

    private static InputStream unpacked(InputStream stream) throws IOException {
        byte[] start = stream.readNBytes(2);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), stream);
        boolean gzip = start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
        return gzip ? new GZIPInputStream(whole, BLOCK) : whole;
    }

    /** The next header, or null if there is none. */
    private static @Nullable FitsHeader header(InputStream fits) throws IOException {
        List<String> cards = new ArrayList<>();
        for (int block = 0; block < MOST_BLOCKS; block++) {
            byte[] bytes = fits.readNBytes(BLOCK);
            if (bytes.length < BLOCK) {
                return null;
            }
            for (int at = 0; at < BLOCK; at += FitsHeader.CARD) {
                String card = new String(bytes, at, FitsHeader.CARD, StandardCharsets.ISO_8859_1);
                if (card.startsWith("END     ")) {
                    return FitsHeader.of(cards);
                }
                cards.add(card);
            }
            if (!cards.get(0).startsWith("SIMPLE  =") && !cards.get(0).startsWith("XTENSION")) {
                return null;
            }
        }
        return null;
    }
}
