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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Calibration data that are others but for what a subclass changes. */
public abstract class ForwardingCalibration implements CalibrationStore {
    private final CalibrationStore store;

    /** @param store answers what the subclass does not */
    protected ForwardingCalibration(CalibrationStore store) {
        this.store = store;
    }

    /** SHA-256 of texts one after the other, 64 lower-case hexadecimal digits: a hash that stands for several contents. */
    protected static String joinedSha256(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(String.join("", parts).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String version() {
        return store.version();
    }

    @Override
    public String sha256() {
        return store.sha256();
    }

    @Override
    public SortedSet<String> disperserNames() {
        return store.disperserNames();
    }

    @Override
    public Optional<Disperser> disperser(String label) {
        return store.disperser(label);
    }

    @Override
    public Optional<TabulatedCurve> throughputError(String name) {
        return store.throughputError(name);
    }

    @Override
    public Optional<TabulatedCurve> transmissionError(String disperser) {
        return store.transmissionError(disperser);
    }

    @Override
    public SortedSet<String> throughputNames() {
        return store.throughputNames();
    }

    @Override
    public Optional<TabulatedCurve> throughput(String name) {
        return store.throughput(name);
    }

    @Override
    public Optional<TabulatedCurve> filter(String label) {
        return store.filter(label);
    }

    @Override
    public List<SpectralLine> lines() {
        return store.lines();
    }

    @Override
    public SortedSet<String> targetNames() {
        return store.targetNames();
    }

    @Override
    public Optional<Target> target(String name) {
        return store.target(name);
    }

    @Override
    public Optional<String> targetNearMiss(String name) {
        return store.targetNearMiss(name);
    }

    @Override
    public List<SpectralTemplate> templates() {
        return store.templates();
    }

    @Override
    public Optional<BadPixelMask> badPixels() {
        return store.badPixels();
    }

    @Override
    public Optional<FlatField> flat() {
        return store.flat();
    }

    @Override
    public Optional<SkyData> sky() {
        return store.sky();
    }

    @Override
    public AtmosphereTables atmosphereTables() {
        return store.atmosphereTables();
    }

    @Override
    public SortedSet<String> atmosphereGridNames() {
        return store.atmosphereGridNames();
    }

    @Override
    public Optional<AtmosphereGrid> atmosphereGrid(String name) {
        return store.atmosphereGrid(name);
    }
}
