package io.spectractor.catalogue.spectra;

import io.spectractor.calib.PassBand;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.hats.CatalogueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds and reads spectra: products and nightly files, by what a file is. */
public final class SpectrumFiles {
    private final ProductSpectra products;
    private final NightSpectra nights;

    /**
     * @param store curves of instruments and the air
     * @param stars names and positions
     * @param bands what light is summed up in
     */
    public SpectrumFiles(CalibrationStore store, StarNames stars, List<PassBand> bands) {
        BandPhotometry photometry = new BandPhotometry(bands);
        this.products = new ProductSpectra(store, stars, photometry);
        this.nights = new NightSpectra(store, stars, photometry);
    }

    /**
     * What was read.
     *
     * @param rows the spectra, in the order of the files' names
     * @param problems a line for each file or spectrum that could not be taken
     */
    public record Found(List<SpectrumRow> rows, List<String> problems) {}

    /**
     * The files behind words: files as they are, of folders the {@code *_spectrum.fits} and {@code *.h5} below them.
     *
     * @throws CatalogueException if there is no such file, or nothing in a folder
     */
    public static List<Path> find(List<Path> words) {
        TreeSet<Path> files = new TreeSet<>();
        for (Path word : words) {
            if (!Files.isDirectory(word)) {
                if (!Files.isRegularFile(word)) {
                    throw new CatalogueException(word + " is not there; name spectra, or folders of them");
                }
                files.add(word);
                continue;
            }
            List<Path> inside;
            try (Stream<Path> walk = Files.walk(word)) {
                inside = walk.filter(SpectrumFiles::isSpectrum).toList();
            } catch (IOException | java.io.UncheckedIOException e) {
                throw new CatalogueException(word + " cannot be listed: " + e.getMessage(), e);
            }
            if (inside.isEmpty()) {
                throw new CatalogueException(word + " holds no spectra (*_spectrum.fits) and no nightly files (*.h5)");
            }
            files.addAll(inside);
        }
        return List.copyOf(files);
    }

    private static boolean isSpectrum(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return !name.startsWith(".")
                && (name.endsWith("_spectrum.fits") || name.endsWith(".h5") || name.endsWith(".hdf5"))
                && Files.isRegularFile(file);
    }

    /** Reads files; one that cannot be read is a problem of its own. */
    public Found read(List<Path> files) {
        List<Found> each = files.parallelStream().map(this::read).toList();
        return new Found(
                each.stream().flatMap(found -> found.rows.stream()).toList(),
                each.stream().flatMap(found -> found.problems.stream()).toList());
    }

    private Found read(Path file) {
        List<String> problems = new ArrayList<>();
        List<SpectrumRow> rows = new ArrayList<>();
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length > 4 && bytes[1] == 'H' && bytes[2] == 'D' && bytes[3] == 'F') {
                rows.addAll(nights.read(file, bytes, problems));
            } else {
                rows.add(products.read(file, bytes));
            }
        } catch (IOException | RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            problems.add(message.contains(String.valueOf(file.getFileName())) ? message : file + ": " + message);
        }
        return new Found(rows, problems);
    }

    /**
     * Puts a position into a row.
     *
     * @throws IOException if there is none, or it is none
     */
    static void place(
            String file, SpectrumRow.Cells cells, StarNames.@Nullable Position position, @Nullable String target)
            throws IOException {
        if (position == null) {
            throw new IOException(file + ": nobody knows where " + (target == null ? "its target" : target)
                    + " is; name its position in a table with the columns name,ra,dec (degrees) after --positions");
        }
        boolean sound = position.ra() >= 0 && position.ra() < 360 && Math.abs(position.dec()) <= 90;
        if (!sound) {
            throw new IOException(file + ": its position (" + position.ra() + ", " + position.dec() + ") from "
                    + position.origin() + " is none in degrees; name the right one after --positions");
        }
        cells.put(SpectraColumn.RA, position.ra())
                .put(SpectraColumn.DEC, position.dec())
                .put(SpectraColumn.POSITION_EPOCH, position.epoch())
                .put(SpectraColumn.POSITION_ORIGIN, position.origin());
    }
}
