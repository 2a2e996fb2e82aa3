package io.spectractor.core.observation;

import io.spectractor.core.outcome.ExtractionException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
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

    /** HDUs that are looked at; the image comes early. */
    private static final int MOST_HDUS = 20;

    private HeaderPeek() {}

    /**
     * How large a frame is.
     *
     * @param width columns, unbinned px
     * @param height rows, unbinned px
     */
    public record Size(int width, int height) {
        @Override
        public String toString() {
            return width + " x " + height;
        }
    }

    /**
     * The disperser that the header of a frame names. Only headers are read: of the primary HDU, or up to the image among
     * the extensions if the primary has no data, as in tile-compressed files.
     *
     * @param stream the file from its beginning, gzipped or not; the caller closes it
     * @return nothing if the file is damaged, of another telescope or does not say: reading it properly tells why
     * @throws IOException if the stream cannot be read or unpacked
     */
    public static Optional<String> disperser(InputStream stream) throws IOException {
        return frame(stream).map(header -> header.text("FILTER2"));
    }

    /**
     * The size of a frame, of which only the header is read as in {@link #disperser(InputStream)}.
     *
     * @param stream the file from its beginning, gzipped or not; the caller closes it
     * @return nothing if the file is damaged, of another telescope or holds no image: reading it properly tells why
     * @throws IOException if the stream cannot be read or unpacked
     */
    public static Optional<Size> size(InputStream stream) throws IOException {
        return frame(stream).flatMap(HeaderPeek::size);
    }

    private static Optional<Size> size(FitsHeader header) {
        Long width = header.integer("NAXIS1");
        Long height = header.integer("NAXIS2");
        if (width == null
                || height == null
                || width < 1
                || height < 1
                || Math.max(width, height) > FitsImage.MAX_PIXELS) {
            return Optional.empty();
        }
        return Optional.of(new Size(width.intValue(), height.intValue()));
    }

    /** The header of the image, if it is one of this telescope. */
    private static Optional<FitsHeader> frame(InputStream stream) throws IOException {
        InputStream fits = unpacked(stream);
        FitsHeader primary = header(fits);
        if (primary == null) {
            return Optional.empty();
        }
        if (FrameHdu.axes(primary) != 0) {
            return Optional.of(primary).filter(HeaderPeek::ofThisTelescope);
        }
        for (int hdu = 1; hdu < MOST_HDUS; hdu++) {
            FitsHeader header = header(fits);
            if (header == null) {
                return Optional.empty();
            }
            if (FrameHdu.isImage(header) && !FrameHdu.isCompanion(header)) {
                return Optional.of(FrameHdu.merged(primary, header)).filter(HeaderPeek::ofThisTelescope);
            }
            if (!skipData(fits, header)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Passes over the data of an HDU that is not the image; says whether they could be there. */
    private static boolean skipData(InputStream fits, FitsHeader header) throws IOException {
        long length;
        try {
            length = FitsLayout.dataLength("", header, "");
        } catch (ExtractionException e) {
            return false;
        }
        long padded = (length + BLOCK - 1) / BLOCK * BLOCK;
        if (padded > FitsSource.MAX_BYTES) {
            return false;
        }
        try {
            fits.skipNBytes(padded);
            return true;
        } catch (EOFException e) {
            return false;
        }
    }

    private static boolean ofThisTelescope(FitsHeader header) {
        try {
            new CtioHeader("", header).checkInstrument();
            return true;
        } catch (ExtractionException e) {
            return false;
        }
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
