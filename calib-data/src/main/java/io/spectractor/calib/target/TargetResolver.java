package io.spectractor.calib.target;

import io.spectractor.calib.http.FetchException;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.target.Target;
import io.spectractor.core.target.TargetCatalogue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves the targets of a batch, once, before any image is touched: from the calibration data, then the cache, then,
 * only when it is allowed, from outside. A service that does not answer is not asked again in this batch. Nothing here
 * makes a batch fail: what is not found stays unresolved.
 */
public final class TargetResolver {
    private static final Logger LOG = LoggerFactory.getLogger(TargetResolver.class);

    private final CalibrationStore store;
    private final TargetCache cache;
    private final @Nullable OnlineCatalogues online;

    /**
     * @param store calibration data
     * @param cache of what was found before
     * @param online services to ask, or null if nobody outside may be asked
     */
    public TargetResolver(CalibrationStore store, TargetCache cache, @Nullable OnlineCatalogues online) {
        this.store = store;
        this.cache = cache;
        this.online = online;
    }

    /**
     * Resolves names.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public ResolvedTargets resolve(Collection<String> names) throws InterruptedException {
        Batch batch = new Batch();
        SortedMap<String, String> distinct = new TreeMap<>();
        names.stream()
                .filter(n -> !n.isBlank())
                .forEach(n -> distinct.putIfAbsent(TargetCatalogue.normalise(n), n.strip()));
        for (String name : distinct.values()) {
            batch.resolve(name);
        }
        return new ResolvedTargets(batch.catalogued, batch.added, batch.unresolved);
    }

    /** One call; remembers which services are gone. */
    private final class Batch {
        private final List<String> catalogued = new ArrayList<>();
        private final List<TargetRecord> added = new ArrayList<>();
        private final SortedMap<String, String> unresolved = new TreeMap<>();
        private final Map<String, String> gone = new TreeMap<>();

        void resolve(String name) throws InterruptedException {
            Optional<Target> known = store.target(name);
            if (known.isPresent()) {
                catalogued.add(name);
                if (wantsSpectrum(known.get())) {
                    // under the catalogue's name, whatever alias was asked for
                    Optional<TargetRecord> cached = cache.find(known.get().name());
                    Optional<TargetRecord> better =
                            cached.filter(c -> c.lambdaNm() != null).map(c -> merged(known.get(), c));
                    if (better.isEmpty()) {
                        better = spectrum(TargetRecord.of(known.get(), TargetRecord.CALIBRATION_DATA));
                    }
                    better.map(b -> b.named(name)).ifPresent(added::add);
                }
                return;
            }
            Optional<TargetRecord> cached = cache.find(name);
            if (cached.isPresent()) {
                added.add(cached.get());
                return;
            }
            Optional<TargetRecord> found = ask(name);
            if (found.isPresent()) {
                TargetRecord record = wantsSpectrum(found.get().target())
                        ? spectrum(found.get()).orElse(found.get())
                        : found.get();
                cache.store(record);
                added.add(record);
            }
        }

        private Optional<TargetRecord> ask(String name) throws InterruptedException {
            if (online == null) {
                unresolved.put(
                        name,
                        "neither in the calibration data nor in the cache; --online asks CDS Sesame" + nearMiss(name));
                return Optional.empty();
            }
            String before = gone.get("sesame");
            if (before != null) {
                unresolved.put(name, "not asked: " + before);
                return Optional.empty();
            }
            try {
                Optional<TargetRecord> found = online.find(name);
                found.ifPresent(TargetRecord::target);
                if (found.isEmpty()) {
                    unresolved.put(name, "unknown to CDS Sesame" + nearMiss(name));
                }
                return found;
            } catch (FetchException e) {
                gone.put("sesame", String.valueOf(e.getMessage()));
                unresolved.put(name, String.valueOf(e.getMessage()));
            } catch (IOException | IllegalArgumentException e) {
                unresolved.put(name, "CDS Sesame: " + e.getMessage());
            }
            return Optional.empty();
        }

        /** The record with a spectrum of the archive, which then is in the cache. */
        private Optional<TargetRecord> spectrum(TargetRecord star) throws InterruptedException {
            if (online == null || gone.containsKey("calspec")) {
                return Optional.empty();
            }
            try {
                Optional<TargetRecord> found = online.withSpectrum(star);
                found.ifPresent(cache::store);
                return found;
            } catch (FetchException e) {
                gone.put("calspec", String.valueOf(e.getMessage()));
                LOG.warn("no energy distributions from CALSPEC: {}", e.getMessage());
            } catch (IOException e) {
                LOG.warn("energy distribution of {}: {}", star.name(), e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** Also where the red end is a continuation: the archive has longer ones. */
    private static boolean wantsSpectrum(Target target) {
        boolean measured = target.sed() != null
                && (target.sedOrigin() == null || !target.sedOrigin().extrapolated());
        return !measured && target.kind() == Target.Kind.STAR;
    }

    /** A name that is one slip away: said, never taken. */
    private String nearMiss(String name) {
        return store.targetNearMiss(name)
                .map(near -> "; did you mean " + near + "? Nothing was assumed")
                .orElse("");
    }

    /** Position and redshift of the calibration data, spectrum of the cache. */
    private static TargetRecord merged(Target known, TargetRecord cached) {
        double[] lambda = cached.lambdaNm();
        double[] flux = cached.fluxErgSCm2Nm();
        TargetRecord record = TargetRecord.of(known, TargetRecord.CALIBRATION_DATA);
        return lambda == null || flux == null
                ? record
                : record.withSed(lambda, flux, cached.sedSource() == null ? "cache" : cached.sedSource());
    }
}
