package io.spectractor.fuzz;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.config.ConfigLoader;
import io.spectractor.batch.config.IniImport;
import io.spectractor.batch.run.JournalReading;
import io.spectractor.calib.CalibrationContent;
import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.CalibrationFile;
import io.spectractor.calib.TableCalibration;
import io.spectractor.core.instrument.ChipSize;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.FitsSource;
import io.spectractor.core.observation.InstrumentReader;
import io.spectractor.core.observation.Logbook;
import io.spectractor.core.observation.LogbookEntry;
import io.spectractor.core.observation.LogbookException;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.product.ProductFormatException;
import io.spectractor.core.product.ProductReader;
import io.spectractor.remote.WorkerSpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reader, with what it may throw and what it may take. */
@SuppressWarnings("ImmutableEnumChecker") // the readers are methods without state
enum FuzzTarget {
    FITS(64, FuzzTarget::frame, ExtractionException.class),
    // deflate packs up to 1032 : 1
    FITS_GZIP(64 * 1032, FuzzTarget::frame, ExtractionException.class),
    // a run of PLIO_1 is 4095 pixels in two bytes; frames that claim to be packed denser are refused
    FITS_TILES(64 * 2048, FuzzTarget::frame, ExtractionException.class),
    LOGBOOK(2000, FuzzTarget::logbook, LogbookException.class),
    CONFIGURATION(2000, bytes -> ConfigLoader.parse("fuzz.yaml", text(bytes)), UsageException.class),
    INI(2000, bytes -> IniImport.parse("fuzz.ini", text(bytes)), UsageException.class),
    CALIBRATION_HDF5(
            2000, bytes -> new TableCalibration(CalibrationFile.read("fuzz.h5", bytes)), CalibrationException.class),
    CALIBRATION_CSV(2000, FuzzTarget::tables, CalibrationException.class),
    PRODUCT(200, bytes -> new ProductReader().read(bytes, "fuzz.fits"), ProductFormatException.class),
    WORK_ORDER(20, FuzzTarget::order, WorkerSpec.MalformedSpecException.class),
    JOURNAL(2000, JournalReading::read, null);

    /** What a reader may take whatever it reads: buffers, messages, classes. */
    private static final long BASE_BYTES = 8L << 20;
    /** A camera with a small chip, on which windows are put into their places. */
    private static final Instrument SMALL = small(Instruments.ctio());

    private static final String TABLE_MARK = "@@ ";

    private final long bytesForByte;
    private final Reader reader;
    private final @Nullable Class<? extends Exception> own;

    /** Reads bytes. */
    @FunctionalInterface
    private interface Reader {
        void read(byte[] bytes) throws Exception;
    }

    FuzzTarget(long bytesForByte, Reader reader, @Nullable Class<? extends Exception> own) {
        this.bytesForByte = bytesForByte;
        this.reader = reader;
        this.own = own;
    }

    /** Name of its folder of seeds. */
    String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What may be allocated while this many bytes are read, garbage included. */
    long mostBytes(int length) {
        return BASE_BYTES + bytesForByte * length;
    }

    /**
     * Reads bytes.
     *
     * @return whether they were accepted
     * @throws Exception what the reader throws, unless it is what it says it throws
     */
    boolean accepts(byte[] bytes) throws Exception {
        try {
            reader.read(bytes);
            return true;
        } catch (Exception e) {
            if (own != null
                    && own.isInstance(e)
                    && e.getMessage() != null
                    && !e.getMessage().isBlank()) {
                return false;
            }
            throw e;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void frame(byte[] bytes) {
        new InstrumentReader(SMALL)
                .read(FitsSource.of("fuzz.fits", bytes), ExposureRequest.of("fuzz.fits"), SMALL.config());
    }

    private static Instrument small(Instrument camera) {
        return new Instrument(
                camera.name(),
                camera.title(),
                camera.recognition(),
                camera.frames(),
                new ChipSize(40, 30),
                camera.amplifiers(),
                camera.vocabulary(),
                camera.dispersers(),
                camera.config(),
                camera.text());
    }

    private static void logbook(byte[] bytes) {
        Logbook logbook = Logbook.read(bytes, "fuzz.csv");
        for (LogbookEntry entry : logbook.entries()) {
            logbook.decide(entry);
        }
        logbook.decide("a.fits");
    }

    /** A folder of tables in one text: each begins with a line that names it. */
    private static void tables(byte[] bytes) {
        Map<String, byte[]> tables = new HashMap<>();
        String rest = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String part : rest.split(TABLE_MARK, -1)) {
            int end = part.indexOf('\n');
            if (end > 0) {
                tables.put(part.substring(0, end), part.substring(end + 1).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        new TableCalibration(new CalibrationContent("fuzz", tables));
    }

    private static void order(byte[] bytes) {
        WorkerSpec order = WorkerSpec.fromBytes(bytes);
        if (!Arrays.equals(order.toBytes(), bytes)
                && text(bytes).equals(new String(text(bytes).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                && !text(bytes).contains("\ufffd")) {
            throw new IllegalStateException("the order that was read is another one");
        }
    }
}
