package io.spectractor.cli;

import io.spectractor.batch.config.ConfigLoader;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that decide the configuration. */
final class ConfigOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration, YAML, or an ini file of the Python package Spectractor.")
    private @Nullable Path file;

    @Option(
            names = {"-s", "--set"},
            paramLabel = "section.key=value",
            description = "A value of the configuration; wins over --config. 'spectractor config keys' lists all.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--extraction",
            paramLabel = "METHOD",
            description = "aperture, psf1d, psf2d or forward; short for --set extraction.method=METHOD.")
    private @Nullable String extraction;

    @Option(
            names = "--instrument",
            paramLabel = "NAME|FILE",
            description = "The instrument: a name of 'spectractor instrument list', or a file that describes it."
                    + " Without it the headers decide.")
    private @Nullable String instrument;

    /** Finds the instrument where nobody names it. */
    @FunctionalInterface
    interface InstrumentFinder {
        Instrument find() throws InterruptedException;
    }

    /** The configuration where no images can tell the instrument: CTIO's unless another one is named. */
    ConfigLoader.Loaded load(Path workingFolder) {
        try {
            return load(workingFolder, Instruments::ctio);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nothing waits here", e);
        }
    }

    /**
     * The configuration.
     *
     * @param finder asked for the instrument if neither an option nor the configuration file names it
     */
    ConfigLoader.Loaded load(Path workingFolder, InstrumentFinder finder) throws InterruptedException {
        return load(workingFolder, finder, List.of());
    }

    /**
     * The same with values that options of their own say.
     *
     * @param more as those of {@code --set}, over which they win
     */
    ConfigLoader.Loaded load(Path workingFolder, InstrumentFinder finder, List<String> more)
            throws InterruptedException {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(more);
        if (extraction != null) {
            Release.require("--extraction", extraction, List.of("aperture", "psf1d", "psf2d", "forward"), List.of());
            all.add("extraction.method=" + extraction);
        }
        ConfigLoader.Written written = ConfigLoader.read(file == null ? null : workingFolder.resolve(file), all);
        if (instrument != null) {
            return written.of(InstrumentChoice.named(instrument, workingFolder));
        }
        Optional<Instrument> stated = written.instrument();
        return written.of(stated.isPresent() ? stated.get() : finder.find());
    }
}
