package io.spectractor.cli.night;

import io.spectractor.batch.Hashes;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.product.CodeVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which spectra belong to which night, known from their headers alone: the columns are read when the night is fitted, so that the
 * memory does not grow with the number of nights.
 *
 * @param nights in the order of their dates
 * @param leftOut names of what belongs to no night, with the reason
 * @param telescope that most spectra were taken with
 * @param nightly whether all spectra bring their instrument along, as nightly files do
 */
record NightPlan(List<Night> nights, SortedMap<String, String> leftOut, String telescope, boolean nightly) {

    /**
     * One night.
     *
     * @param evening its date
     * @param files that have spectra of it
     * @param spectra how many
     * @param inputs a line for each file, with name and SHA-256 of its content
     */
    record Night(LocalDate evening, List<Path> files, int spectra, String inputs) {}

    /** What is known of a file. */
    private record Outline(
            Path file,
            String sha256,
            List<RawSpectrum> spectra,
            @Nullable String problem) {}

    /** A night in the making. */
    private static final class Gathered {
        private final List<Path> files = new ArrayList<>();
        private final StringBuilder inputs = new StringBuilder();
        private int last = -1;
        private int spectra;

        void add(int number, Outline outline) {
            spectra++;
            // a file that was named twice is read twice, and what it holds is left out the second time
            if (number != last) {
                last = number;
                files.add(outline.file());
                inputs.append(outline.file().getFileName())
                        .append(' ')
                        .append(outline.sha256())
                        .append('\n');
            }
        }
    }

    /** Reads the headers of all files. */
    static NightPlan of(List<Path> files, NightAssembly assembly) {
        Outline[] outlines = new Outline[files.size()];
        IntStream.range(0, outlines.length).parallel().forEach(i -> outlines[i] = outline(files.get(i)));
        List<RawSpectrum> all = new ArrayList<>();
        for (Outline o : outlines) {
            all.addAll(o.spectra());
        }
        String telescope = NightAssembly.usualTelescope(all);
        SortedMap<String, String> leftOut = new TreeMap<>();
        SortedMap<LocalDate, Gathered> nights = new TreeMap<>();
        for (int i = 0; i < outlines.length; i++) {
            Outline o = outlines[i];
            if (o.problem() != null) {
                String name = String.valueOf(o.file().getFileName());
                leftOut.put(name, o.problem().replace(name + ": ", ""));
            }
            for (RawSpectrum s : o.spectra()) {
                try {
                    LocalDate evening =
                            assembly.fittedWith(assembly.known(s, telescope).mjd());
                    nights.computeIfAbsent(evening, e -> new Gathered()).add(i, o);
                } catch (IllegalArgumentException | FitException e) {
                    leftOut.put(s.name(), NightAssembly.reason(s, e));
                }
            }
        }
        List<Night> planned = new ArrayList<>();
        nights.forEach(
                (evening, g) -> planned.add(new Night(evening, List.copyOf(g.files), g.spectra, g.inputs.toString())));
        boolean nightly = !all.isEmpty() && all.stream().allMatch(s -> s.light() != null);
        return new NightPlan(List.copyOf(planned), leftOut, telescope, nightly);
    }

    private static Outline outline(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            List<RawSpectrum> spectra = NightFiles.outlines(String.valueOf(file.getFileName()), bytes);
            return new Outline(file, Hashes.sha256(bytes), spectra, null);
        } catch (IOException e) {
            return new Outline(file, "", List.of(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * The work order of a night.
     *
     * @param calibrationSha256 of the calibration data
     * @param options of the joint fit
     * @param grid name of an imported grid of the atmosphere, or an absolute path, or null
     */
    NightOrder order(Night night, String calibrationSha256, JointOptions options, @Nullable String grid) {
        String key = Hashes.sha256(String.join(
                "\n",
                CodeVersion.version(),
                calibrationSha256,
                String.valueOf(grid),
                String.join(" ", options.words()),
                inputs(night)));
        return new NightOrder(
                night.evening().toString(),
                night.files().stream()
                        .map(file -> file.toAbsolutePath().toString())
                        .toList(),
                night.spectra(),
                telescope,
                nightly,
                leftOut,
                options.words(),
                grid,
                key);
    }

    /** What decides the result of a night besides settings, calibration data and program. */
    private String inputs(Night night) {
        StringBuilder text = new StringBuilder(night.inputs());
        text.append(telescope).append(' ').append(nightly).append('\n');
        for (Map.Entry<String, String> e : leftOut.entrySet()) {
            text.append("left out ")
                    .append(e.getKey())
                    .append(' ')
                    .append(e.getValue())
                    .append('\n');
        }
        return text.toString();
    }
}
