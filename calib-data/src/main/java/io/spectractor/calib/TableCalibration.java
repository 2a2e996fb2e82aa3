package io.spectractor.calib;

import io.spectractor.core.atmosphere.AtmosphereGrid;
import io.spectractor.core.atmosphere.AtmosphereTables;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.target.SpectralLine;
import io.spectractor.core.target.SpectralTemplate;
import io.spectractor.core.target.Target;
import io.spectractor.core.target.TargetCatalogue;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A calibration store over tables, all read and checked when it is made; of the tables of this build, each when it is
 * asked for. Immutable, safe for threads.
 *
 * <p>The core can't tell how the {@link CalibrationContent} came here.
 */
public final class TableCalibration implements CalibrationStore {
    private final CalibrationContent content;
    private final NamedEntries<Disperser> dispersers;
    private final NamedEntries<TabulatedCurve> throughputs;
    private final NamedEntries<Optional<TabulatedCurve>> throughputErrors;
    private final NamedEntries<Optional<TabulatedCurve>> transmissionErrors;
    private final NamedEntries<TabulatedCurve> filters;
    private final List<SpectralLine> lines;
    private final TargetCatalogue targets;
    private final Supplier<List<SpectralTemplate>> templates;
    private final AtmosphereTables atmosphereTables;
    private final SortedMap<String, AtmosphereGrid> atmosphereGrids;

    /**
     * @throws CalibrationException if a table is missing or malformed
     */
    public TableCalibration(CalibrationContent content) {
        CalibrationParser parser = new CalibrationParser(content);
        this.content = content;
        this.dispersers = parser.dispersers();
        this.throughputs = parser.throughputs();
        this.throughputErrors = parser.errors("throughputs.csv", "name", "table", "throughput_err");
        this.transmissionErrors = parser.errors("dispersers.csv", "label", "transmission", "transmission_err");
        this.filters = parser.filters();
        this.lines = parser.lines();
        this.targets = parser.targets();
        this.templates = Memoized.of(() -> TemplateTables.of(content));
        this.atmosphereTables = parser.atmosphereTables();
        this.atmosphereGrids = Collections.unmodifiableSortedMap(GridTables.of(content));
        if (!content.trusted()) {
            for (NamedEntries<?> entries :
                    List.of(dispersers, throughputs, throughputErrors, transmissionErrors, filters)) {
                entries.makeAll();
            }
            targets.names().forEach(targets::find);
            Objects.requireNonNull(templates.get());
        }
    }

    /** The tables behind this store. */
    public CalibrationContent content() {
        return content;
    }

    @Override
    public String version() {
        return content.version();
    }

    @Override
    public String sha256() {
        return content.sha256();
    }

    @Override
    public SortedSet<String> disperserNames() {
        return dispersers.names();
    }

    @Override
    public Optional<Disperser> disperser(String label) {
        return dispersers.find(label);
    }

    @Override
    public SortedSet<String> throughputNames() {
        return throughputs.names();
    }

    @Override
    public Optional<TabulatedCurve> throughput(String name) {
        return throughputs.find(name);
    }

    @Override
    public Optional<TabulatedCurve> throughputError(String name) {
        return throughputErrors.find(name).flatMap(error -> error);
    }

    @Override
    public Optional<TabulatedCurve> transmissionError(String disperser) {
        return transmissionErrors.find(disperser).flatMap(error -> error);
    }

    /** Labels of the filters. */
    public SortedSet<String> filterNames() {
        return filters.names();
    }

    @Override
    public Optional<TabulatedCurve> filter(String label) {
        return filters.find(label);
    }

    @Override
    public List<SpectralLine> lines() {
        return lines;
    }

    @Override
    public SortedSet<String> targetNames() {
        return targets.names();
    }

    @Override
    public Optional<Target> target(String name) {
        return targets.find(name);
    }

    @Override
    public Optional<String> targetNearMiss(String name) {
        return targets.nearMiss(name);
    }

    @Override
    public List<SpectralTemplate> templates() {
        return templates.get();
    }

    @Override
    public AtmosphereTables atmosphereTables() {
        return atmosphereTables;
    }

    @Override
    public SortedSet<String> atmosphereGridNames() {
        return new TreeSet<>(atmosphereGrids.keySet());
    }

    @Override
    public Optional<AtmosphereGrid> atmosphereGrid(String name) {
        return Optional.ofNullable(atmosphereGrids.get(name));
    }
}
