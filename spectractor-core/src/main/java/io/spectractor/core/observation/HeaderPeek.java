package io.spectractor.core.observation;

import io.spectractor.core.instrument.FrameLayout;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Label;
import io.spectractor.core.instrument.RawGeometry;
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

    /** No header of an exposure is longer than this, 3277 cards. */
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
     * What the headers at the start of a file say: of the primary HDU, or up to the first image among the extensions if
     * the primary has no data, as in tile-compressed and raw files.
     */
    public static final class FileHeader {
        private final FitsHeader header;
        private final @Nullable String hdu;

        private FileHeader(FitsHeader header, @Nullable String hdu) {
            this.header = header;
            this.hdu = hdu;
        }

        /** Value of a card, null where it is absent, blank or null. */
        public @Nullable String text(String card) {
            return header.text(card);
        }

        /** The cards, read by the vocabulary of an instrument. */
        public HeaderReading read(Instrument instrument) {
            return new HeaderReading(instrument, header::text);
        }

        /** Size of the file's image, nothing if it holds none. */
        Optional<Size> size(Instrument instrument) {
            for (FrameLayout frame : instrument.frames()) {
                RawGeometry raw = frame.raw();
                if (raw != null
                        && !raw.isOfHeaders()
                        && raw.segments().stream().anyMatch(s -> s.hdu().equalsIgnoreCase(hdu))) {
                    return Optional.of(new Size(raw.columns(), raw.rows()));
                }
            }
            return HeaderPeek.size(header);
        }
    }

    /**
     * The headers of a file.
     *
     * @param stream the file from its beginning, gzipped or not; the caller closes it
     * @return nothing if the file is damaged: reading it properly tells why
     * @throws IOException if the stream cannot be read or unpacked
     */
    public static Optional<FileHeader> header(InputStream stream) throws IOException {
        InputStream fits = unpacked(stream);
        FitsHeader primary = next(fits);
        if (primary == null) {
            return Optional.empty();
        }
        if (FrameHdu.axes(primary) != 0) {
            return Optional.of(new FileHeader(primary, null));
        }
        for (int hdu = 1; hdu < MOST_HDUS; hdu++) {
            FitsHeader header = next(fits);
            if (header == null) {
                break;
            }
            if (FrameHdu.isImage(header) && !FrameHdu.isCompanion(header) && !FrameHdu.isPreview(header)) {
                return Optional.of(new FileHeader(FrameHdu.merged(primary, header), header.text("EXTNAME")));
            }
            if (!skipData(fits, header)) {
                break;
            }
        }
        return Optional.of(new FileHeader(primary, null));
    }

    /**
     * The disperser that the header of a frame names.
     *
     * @param stream the file from its beginning, gzipped or not; the caller closes it
     * @param instrument whose frame it should be
     * @return nothing if the file is damaged, of another instrument or does not say: reading it properly tells why
     * @throws IOException if the stream cannot be read or unpacked
     */
    public static Optional<String> disperser(InputStream stream, Instrument instrument) throws IOException {
        return label(stream, instrument, Label.DISPERSER);
    }

    /** The star that the header of a frame names, where headers of the instrument can be trusted with it. */
    public static Optional<String> target(InputStream stream, Instrument instrument) throws IOException {
        return label(stream, instrument, Label.TARGET);
    }

    private static Optional<String> label(InputStream stream, Instrument instrument, Label label) throws IOException {
        return header(stream)
                .filter(h -> isOf(h, instrument))
                .map(h -> h.read(instrument).label(label).value());
    }

    /**
     * The size of the image of a frame, of which only the header is read.
     *
     * @return nothing if the file is damaged, of another instrument or holds no image: reading it properly tells why
     */
    public static Optional<Size> size(InputStream stream, Instrument instrument) throws IOException {
        return header(stream).filter(h -> isOf(h, instrument)).flatMap(h -> h.size(instrument));
    }

    private static boolean isOf(FileHeader header, Instrument instrument) {
        return instrument.recognition().isEmpty() || instrument.recognises(header::text);
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

    private static InputStream unpacked(InputStream stream) throws IOException {
        byte[] start = stream.readNBytes(2);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), stream);
        boolean gzip = start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
        return gzip ? new GZIPInputStream(whole, BLOCK) : whole;
    }

    /** The next header, or null if there is none. */
    private static @Nullable FitsHeader next(InputStream fits) throws IOException {
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
