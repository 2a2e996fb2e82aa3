package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.http.HttpSettings;
import io.spectractor.calib.sed.SedFile;
import io.spectractor.calib.target.OnlineCatalogues;
import io.spectractor.calib.target.ResolvedTargets;
import io.spectractor.calib.target.TargetCache;
import io.spectractor.calib.target.TargetResolver;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.target.TargetCatalogue;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Options that decide who may be asked about targets. */
final class TargetOptions {
    @Option(
            names = "--online",
            description = "Ask CDS Sesame about unknown targets and CALSPEC for their spectra, once, before the first"
                    + " image.")
    private boolean online;

    @Option(
            names = "--sesame",
            paramLabel = "URL",
            defaultValue = OnlineCatalogues.SESAME,
            description = "Where Sesame answers.")
    private String sesame = OnlineCatalogues.SESAME;

    @Option(
            names = "--calspec",
            paramLabel = "URL",
            defaultValue = OnlineCatalogues.CALSPEC,
            description = "Folder of the CALSPEC spectra.")
    private String calspec = OnlineCatalogues.CALSPEC;

    @Option(
            names = "--sed",
            paramLabel = "[STAR=]FILE",
            description =
                    "The star's spectrum above the atmosphere: FITS (CALSPEC's or another table), ECSV, CSV or text with"
                            + " wavelength and flux. STAR= where the images show more than one star; may be repeated.")
    private List<String> seds = List.of();

    /**
     * Resolves targets.
     *
     * @param cache folder of the cache
     * @param offline ask nobody, whatever the options say
     */
    ResolvedTargets resolve(
            Services services, Path cache, Collection<String> names, CalibrationStore calibration, boolean offline)
            throws InterruptedException {
        OnlineCatalogues catalogues = online && !offline
                ? new OnlineCatalogues(sesame, calspec, CalibrationChoice.fetcher(services, HttpSettings.brief()))
                : null;
        ResolvedTargets targets =
                new TargetResolver(calibration, new TargetCache(cache.resolve("targets")), catalogues).resolve(names);
        for (String sed : seds) {
            targets = withSed(targets, sed, services, names, calibration);
        }
        targets.unresolved()
                .forEach((name, reason) -> services.err()
                        .println(
                                "note: target " + name + " is not resolved, its images get a caveat (" + reason + ")"));
        return targets;
    }

    private static ResolvedTargets withSed(
            ResolvedTargets targets,
            String option,
            Services services,
            Collection<String> names,
            CalibrationStore calibration) {
        SortedMap<String, String> distinct = new TreeMap<>();
        names.stream()
                .filter(n -> !n.isBlank())
                .forEach(n -> distinct.putIfAbsent(TargetCatalogue.normalise(n), n.strip()));
        int equals = option.indexOf('=');
        String file = equals < 0 ? option : option.substring(equals + 1);
        String name;
        if (equals < 0) {
            if (distinct.size() != 1) {
                throw new UsageException("--sed " + option + ": the images show "
                        + (distinct.isEmpty()
                                ? "no star that has a name; give it with --target"
                                : distinct.size() + " stars (" + String.join(", ", distinct.values())
                                        + "); say whose spectrum it is, --sed STAR=FILE"));
            }
            name = distinct.values().iterator().next();
        } else {
            String wanted = option.substring(0, equals).strip();
            String found = distinct.get(TargetCatalogue.normalise(wanted));
            if (found == null) {
                throw new UsageException("--sed " + option + ": no image shows " + wanted + "; they show "
                        + String.join(", ", distinct.values()));
            }
            name = found;
        }
        SedFile sed;
        try {
            sed = SedFile.read(services.workingFolder().resolve(file));
        } catch (CalibrationException e) {
            throw new UsageException("--sed " + String.valueOf(e.getMessage()), e);
        }
        services.err().println("note: spectrum of " + name + " from " + file + ": " + sed.note());
        return targets.withSed(name, calibration.target(name).orElse(null), sed, file);
    }
}
