package io.spectractor.cli.night;

import io.spectractor.batch.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a worker anywhere needs to fit one night but for calibration data; kept in the folder of the night, where the result
 * goes too.
 *
 * @param evening date of the night, noon to noon UTC
 * @param files with its spectra, absolute paths; they may hold other nights too
 * @param spectra how many there are
 * @param telescope that took them
 * @param nightly whether they bring their instrument along, as nightly files do
 * @param leftOut names of what belongs to no night, with the reason
 * @param options of the joint fit, as words of a command line
 * @param grid imported grid of the atmosphere, or file of one, or null for our formulas
 * @param key hash of all that decides the result
 */
record NightOrder(
        String evening,
        List<String> files,
        int spectra,
        String telescope,
        boolean nightly,
        SortedMap<String, String> leftOut,
        List<String> options,
        @Nullable String grid,
        String key) {
    /** Name of its file. */
    static final String NAME = "night.json";

    /**
     * Writes it into the folder of the night, which is made if it is not there.
     *
     * @return the file
     */
    Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.write(folder.resolve(NAME), (Json.pretty(this) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads an order.
     *
     * @throws IOException if the file is no order
     */
    static NightOrder read(Path file) throws IOException {
        return Json.read(Files.readString(file), NightOrder.class);
    }
}
