package io.spectractor.core.calibration;

import io.spectractor.core.astrometry.SkyData;
import io.spectractor.core.atmosphere.AtmosphereGrid;
import io.spectractor.core.atmosphere.AtmosphereTables;
import io.spectractor.core.observation.BadPixelMask;
import io.spectractor.core.observation.FlatField;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.target.SpectralLine;
import io.spectractor.core.target.SpectralTemplate;
import io.spectractor.core.target.Target;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The calibration data that an extraction reads, wherever it came from. Immutable, safe for threads.
 *
 * <p>Names are matched without regard to case and blanks.
 */
public interface CalibrationStore {
    /** Version of the data. */
    String version();

    /** SHA-256 over the content, 64 hexadecimal digits. */
    String sha256();

    /** Labels of the dispersers, as headers and logbooks write them. */
    SortedSet<String> disperserNames();

    /** The disperser with this label, or nothing. */
    Optional<Disperser> disperser(String label);

    /** Names of the instrument throughputs. */
    SortedSet<String> throughputNames();

    /** Fraction of light that telescope and detector turn into electrons, or nothing. */
    Optional<TabulatedCurve> throughput(String name);

    /** 1σ of an instrument throughput, or nothing when nobody gave it. */
    default Optional<TabulatedCurve> throughputError(String name) {
        return Optional.empty();
    }

    /** 1σ of the first-order transmission of a disperser, or nothing when nobody gave it. */
    default Optional<TabulatedCurve> transmissionError(String disperser) {
        return Optional.empty();
    }

    /** Transmission of a filter by its label in the header, or nothing. */
    Optional<TabulatedCurve> filter(String label);

    /** All spectral lines. */
    List<SpectralLine> lines();

    /** Names of the targets. */
    SortedSet<String> targetNames();

    /** A target by its name, or nothing. */
    Optional<Target> target(String name);

    /** The name of the target that an unknown name probably means, one slip away, or nothing; for proposals only. */
    default Optional<String> targetNearMiss(String name) {
        return Optional.empty();
    }

    /** Spectra of kinds of stars, besides those of the targets, for stars that have none; empty if there are none. */
    default List<SpectralTemplate> templates() {
        return List.of();
    }

    /** Pixels of the chip that are known to be bad, or nothing. */
    default Optional<BadPixelMask> badPixels() {
        return Optional.empty();
    }

    /** Response of the chip's pixels, by which frames are divided, or nothing. */
    default Optional<FlatField> flat() {
        return Optional.empty();
    }

    /** World coordinates of images and the stars of their field, or nothing. */
    default Optional<SkyData> sky() {
        return Optional.empty();
    }

    /** Absorption by the gases of the atmosphere, for any state of it. */
    AtmosphereTables atmosphereTables();

    /** Names of the atmosphere grids of the Python package that were imported, none of which is used unasked. */
    default SortedSet<String> atmosphereGridNames() {
        return Collections.emptySortedSet();
    }

    /** An imported atmosphere grid, or nothing. */
    default Optional<AtmosphereGrid> atmosphereGrid(String name) {
        return Optional.empty();
    }
}
