package io.spectractor.cli.night;

import io.spectractor.batch.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which files an argument names: itself, the spectra of a folder or of a run, or what a list names. */
public final class NightInputs {
    private NightInputs() {}

    /**
     * The files.
     *
     * @throws UsageException if one does not exist, or there are none
     */
    public static List<Path> expand(List<Path> arguments, Path workingFolder) {
        List<Path> files = new ArrayList<>();
        for (Path argument : arguments) {
            String text = argument.toString();
            if (text.startsWith("@")) {
                files.addAll(list(workingFolder.resolve(text.substring(1)), workingFolder));
            } else {
                add(workingFolder.resolve(argument), files);
            }
        }
        if (files.isEmpty()) {
            throw new UsageException("no spectra in " + arguments + "; expected *_spectrum.fits or *.h5");
        }
        return files;
    }

    private static List<Path> list(Path list, Path workingFolder) {
        List<Path> files = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(list)) {
                String name = line.strip();
                if (!name.isEmpty() && !name.startsWith("#")) {
                    Path beside = list.toAbsolutePath().resolveSibling(name);
                    add(Files.exists(beside) ? beside : workingFolder.resolve(name), files);
                }
            }
        } catch (IOException e) {
            throw new UsageException("the list " + list + " cannot be read: " + e, e);
        }
        return files;
    }

    private static void add(Path place, List<Path> files) {
        if (Files.isDirectory(place)) {
            try (Stream<Path> inside = Files.list(place)) {
                inside.filter(NightInputs::isSpectrum).sorted().forEach(files::add);
            } catch (IOException e) {
                throw new UsageException("the folder " + place + " cannot be read: " + e, e);
            }
        } else if (Files.isRegularFile(place)) {
            files.add(place);
        } else {
            throw new UsageException("spectrum " + place + " does not exist");
        }
    }

    private static boolean isSpectrum(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith("_spectrum.fits")
                || name.endsWith("_spectrum.fits.gz")
                || name.endsWith(".h5")
                || name.endsWith(".hdf5")
                || name.endsWith(".ecsv");
    }
}
