package io.spectractor.cli.demo;

import io.spectractor.batch.UsageException;
import io.spectractor.core.atmosphere.AtmosphereGrid;
import io.spectractor.core.atmosphere.AtmosphereGridReader;
import io.spectractor.core.calibration.CalibrationStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;

/** What {@code --grid} means. */
public final class AtmosphereChoice {
    private AtmosphereChoice() {}

    /**
     * The grid of this name in the calibration data, or in a file.
     *
     * @param name of an imported grid, or a path
     * @param folder what a relative path is relative to
     * @throws UsageException if it is neither
     */
    public static AtmosphereGrid grid(String name, Path folder, CalibrationStore store) {
        Optional<AtmosphereGrid> imported = store.atmosphereGrid(name);
        if (imported.isPresent()) {
            return imported.get();
        }
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            SortedSet<String> known = store.atmosphereGridNames();
            throw new UsageException("--grid " + name + ": there is no such file, and the calibration data hold "
                    + (known.isEmpty()
                            ? "no grid; 'spectractor calib import' takes *_atmsim.fits over"
                            : "only the grids " + String.join(", ", known)));
        }
        try {
            return AtmosphereGridReader.read(Files.readAllBytes(file), String.valueOf(file.getFileName()));
        } catch (IOException e) {
            throw new UsageException("the grid cannot be read: " + e.getMessage(), e);
        }
    }
}
