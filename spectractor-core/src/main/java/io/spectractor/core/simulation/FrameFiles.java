package io.spectractor.core.simulation;

import io.spectractor.core.optics.TabulatedCurve;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTable;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.fits.NullDataHDU;
import nom.tam.util.FitsOutputStream;

/** Writes simulated frames: the frame as its camera does, its truth as a FITS table and as CSV. */
public final class FrameFiles {
    /** Without the comment of nom-tam-fits, which holds the time when the Java virtual machine started. */
    private static final String FIRST_CARD =
            String.format(Locale.ROOT, "%-80s", "SIMPLE  =                    T / conforms to the FITS standard");

    private static final int LONGEST_KEYWORD = 8;

    private FrameFiles() {}

    /**
     * Writes {@code <stem>.fits} into a folder and {@code truth/<stem>_truth.fits} and {@code truth/<stem>_truth.csv}
     * below it, so that the folder itself holds nothing but exposures. Files appear whole or not at all.
     *
     * @return the path of the frame
     * @throws IOException if the folder can't be written
     */
    public static Path write(SimulatedFrame frame, Path folder, String stem) throws IOException {
        return write(frame, imageBytes(frame), folder, stem);
    }

    /**
     * The same as a camera stores frames.
     *
     * @throws IllegalArgumentException if the frame hasn't the size of the camera's
     */
    public static Path write(SimulatedFrame frame, CameraFormat format, Path folder, String stem) throws IOException {
        return write(frame, imageBytes(frame, format), folder, stem);
    }

    private static Path write(SimulatedFrame frame, byte[] bytes, Path folder, String stem) throws IOException {
        Path truth = folder.resolve("truth");
        Files.createDirectories(truth);
        writeWhole(truth.resolve(stem + "_truth.fits"), truthBytes(frame.truth()));
        writeTruthCsv(frame.truth(), truth.resolve(stem + "_truth.csv"));
        Path image = folder.resolve(stem + ".fits");
        writeWhole(image, bytes);
        return image;
    }

    /** The frame as a FITS file: 32-bit floats in ADU, the camera's cards. The same frame gives the same bytes. */
    public static byte[] imageBytes(SimulatedFrame frame) {
        float[][] rows = new float[frame.height()][frame.width()];
        for (int y = 0; y < frame.height(); y++) {
            System.arraycopy(frame.adu(), y * frame.width(), rows[y], 0, frame.width());
        }
        try {
            BasicHDU<?> hdu = Fits.makeHDU(rows);
            for (FrameCard card : frame.cards()) {
                add(hdu.getHeader(), card);
            }
            return bytes(List.of(hdu));
        } catch (FitsException e) {
            throw new IllegalStateException("cannot assemble the simulated frame: " + e.getMessage(), e);
        }
    }

    /**
     * The frame as a camera stores it. The same frame gives the same bytes.
     *
     * @throws IllegalArgumentException if the frame hasn't the size of the camera's
     */
    public static byte[] imageBytes(SimulatedFrame frame, CameraFormat format) {
        try {
            return bytes(CameraFiles.hdus(frame, format));
        } catch (FitsException e) {
            throw new IllegalStateException("cannot assemble the simulated frame: " + e.getMessage(), e);
        }
    }

    /** The truth as a FITS file: an empty primary HDU with the numbers, and the binary table TRUTH. */
    public static byte[] truthBytes(SimulationTruth truth) {
        try {
            BasicHDU<?> primary = new NullDataHDU();
            for (FrameCard card : TruthCards.of(truth)) {
                add(primary.getHeader(), card);
            }
            return bytes(List.of(primary, truthTable(truth)));
        } catch (FitsException e) {
            throw new IllegalStateException("cannot assemble the truth table: " + e.getMessage(), e);
        }
    }

    /** Wavelength (nm) and flux (erg/s/cm²/nm) per line, a comment first. */
    public static void writeTruthCsv(SimulationTruth truth, Path file) throws IOException {
        StringBuilder text = new StringBuilder("# wavelength_nm,flux_erg_s_cm2_nm (what reaches the detector plane:"
                + " star x atmosphere x telescope x disperser x flux scale)\n");
        for (int i = 0; i < truth.lambdaNm().length; i++) {
            text.append(String.format(Locale.ROOT, "%.3f,%.7e%n", truth.lambdaNm()[i], truth.flux()[i])
                    .replace("\r\n", "\n"));
        }
        writeWhole(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The spectrum of a truth that {@link #write} wrote.
     *
     * @return flux density, erg/s/cm²/nm, against wavelength, nm
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is no such file
     */
    public static TabulatedCurve readTruth(Path file) throws IOException {
        try (Fits fits = new Fits(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            if (fits.getHDU(1) instanceof BinaryTableHDU table
                    && table.getColumn("LAMBDA") instanceof double[] lambda
                    && table.getColumn("FLUX") instanceof double[] flux) {
                return new TabulatedCurve(lambda, flux, TabulatedCurve.Outside.HOLD);
            }
        } catch (FitsException e) {
            throw new IllegalArgumentException("it is not a truth of a simulation (" + e.getMessage() + ")", e);
        }
        throw new IllegalArgumentException("it is not a truth of a simulation: columns LAMBDA and FLUX are missing");
    }

    private static BinaryTableHDU truthTable(SimulationTruth truth) throws FitsException {
        BinaryTable table = new BinaryTable();
        List<String> names = new ArrayList<>();
        List<String> units = new ArrayList<>();
        addColumn(table, names, units, "LAMBDA", "nm", truth.lambdaNm());
        addColumn(table, names, units, "FLUX", "erg s-1 cm-2 nm-1", truth.flux());
        addColumn(table, names, units, "RATE", "adu s-1", truth.rate());
        addColumn(table, names, units, "FLUX_O2", "erg s-1 cm-2 nm-1", truth.order2Flux());
        addColumn(table, names, units, "X", "pixel", truth.x());
        addColumn(table, names, units, "Y", "pixel", truth.y());
        List<String> shapeNames = truth.settings().psf().shapeNames();
        for (int k = 0; k < shapeNames.size(); k++) {
            addColumn(
                    table,
                    names,
                    units,
                    shapeNames.get(k).toUpperCase(Locale.ROOT),
                    "",
                    truth.shape().get(k));
        }
        BinaryTableHDU hdu = BinaryTableHDU.wrap(table);
        for (int i = 0; i < names.size(); i++) {
            hdu.setColumnName(i, names.get(i), null);
            if (!units.get(i).isEmpty()) {
                hdu.getHeader().addValue("TUNIT" + (i + 1), units.get(i), "");
            }
        }
        hdu.getHeader().addValue("EXTNAME", "TRUTH", "one row per pixel along the first order");
        return hdu;
    }

    private static void addColumn(
            BinaryTable table, List<String> names, List<String> units, String name, String unit, double[] values)
            throws FitsException {
        table.addColumn(values);
        names.add(name);
        units.add(unit);
    }

    static void add(Header header, FrameCard card) throws FitsException {
        Object value = card.value();
        String keyword = keyword(card.keyword());
        if (value instanceof String text) {
            header.addValue(keyword, text, card.comment());
        } else if (value instanceof Boolean flag) {
            header.addValue(keyword, flag, card.comment());
        } else {
            header.addValue(keyword, (Number) value, card.comment());
        }
    }

    /** Long keywords, and those with blanks, as nom-tam-fits names the cards of the HIERARCH convention. */
    private static String keyword(String keyword) {
        return keyword.length() <= LONGEST_KEYWORD && keyword.matches("[A-Z0-9_-]+")
                ? keyword
                : "HIERARCH." + keyword.toUpperCase(Locale.ROOT).replace(' ', '.');
    }

    private static byte[] bytes(List<BasicHDU<?>> hdus) throws FitsException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream(1 << 16);
        try (Fits fits = new Fits();
                FitsOutputStream out = new FitsOutputStream(buffer)) {
            for (BasicHDU<?> hdu : hdus) {
                fits.addHDU(hdu);
            }
            fits.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        byte[] file = buffer.toByteArray();
        System.arraycopy(FIRST_CARD.getBytes(StandardCharsets.US_ASCII), 0, file, 0, FIRST_CARD.length());
        return file;
    }

    private static void writeWhole(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.write(temporary, bytes);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }
}
