package io.spectractor.cli.night;

import io.spectractor.batch.UsageException;
import io.spectractor.core.night.Course;
import io.spectractor.core.night.JointSettings;
import io.spectractor.core.night.NightFit;
import io.spectractor.core.night.ThroughputBasis;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the joint fit. */
public final class JointOptions {
    @Option(
            names = "--joint",
            description = "Fit all spectra together: they share the air of the night and the throughput of each"
                    + " instrument. Leaves joint.json and the throughputs in the folder of --out (default: joint, beside"
                    + " the first spectrum).")
    boolean joint;

    @Option(
            names = "--pwv",
            paramLabel = "auto|constant|linear|each",
            description = "Course of the water through the night (default: what the evidence prefers).")
    private String pwv = "auto";

    @Option(names = "--ozone", paramLabel = "auto|constant|linear|each", description = "Course of the ozone column.")
    private String ozone = "auto";

    @Option(names = "--aerosols", paramLabel = "auto|constant|linear|each", description = "Course of the aerosols.")
    private String aerosols = "auto";

    @Option(
            names = "--throughput",
            paramLabel = "smooth|bins|fixed",
            description = "What the tabulated throughput is multiplied with: a smooth factor (default), a number per bin,"
                    + " nothing.")
    private String throughput = "smooth";

    @Option(
            names = "--knots",
            paramLabel = "NM",
            description = "Distance of the knots of the smooth factor (default 25 nm), or width of the bins (default 5 nm).")
    private @Nullable Double knots;

    @Option(
            names = "--range",
            paramLabel = "MIN:MAX",
            description = "Wavelengths that count, nm (default 365:1055; 380:985 for nightly HDF5 files, beyond which other"
                    + " light contaminates them).")
    private @Nullable String range;

    @Option(names = "--airmass", paramLabel = "Z", description = "Airmass of spectra whose files don't tell it.")
    @Nullable Double airmass;

    @Option(names = "--pressure", paramLabel = "HPA", description = "Pressure at the telescope, where files don't tell it.")
    @Nullable Double pressure;

    @Option(names = "--star", paramLabel = "NAME", description = "The star, where files don't tell it.")
    @Nullable String star;

    @Option(names = "--grating", paramLabel = "LABEL", description = "The disperser, where files don't tell it.")
    @Nullable String grating;

    @Option(
            names = "--date",
            paramLabel = "ISO",
            description = "Time of the middle of the exposure, UTC, where files don't tell it.")
    @Nullable String date;

    /** Whether a joint fit was asked for. */
    public boolean joint() {
        return joint;
    }

    NightFit.Wish wish(String option, String word) {
        if (word.equalsIgnoreCase("auto")) {
            return NightFit.Wish.open();
        }
        try {
            return new NightFit.Wish(Course.valueOf(word.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + " " + word + ": expected auto, constant, linear or each", e);
        }
    }

    NightFit.Wish water() {
        return wish("--pwv", pwv);
    }

    NightFit.Wish ozone() {
        return wish("--ozone", ozone);
    }

    NightFit.Wish aerosols() {
        return wish("--aerosols", aerosols);
    }

    JointSettings settings(boolean nightly) {
        ThroughputBasis.Kind kind;
        try {
            kind = ThroughputBasis.Kind.valueOf(throughput.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--throughput " + throughput + ": expected one of "
                    + Arrays.toString(ThroughputBasis.Kind.values()).toLowerCase(Locale.ROOT), e);
        }
        JointSettings settings = JointSettings.usual().withThroughput(kind);
        if (nightly) {
            settings = settings.withRange(NIGHTLY_MIN_NM, NIGHTLY_MAX_NM);
        }
        if (knots != null) {
            if (!(knots >= 2 && knots <= 500)) {
                throw new UsageException("--knots " + knots + ": expected 2 to 500 nm");
            }
            settings = settings.withStep(knots);
        }
        return range == null ? settings : range(settings, range);
    }

    private static JointSettings range(JointSettings settings, String text) {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length == 2) {
                return settings.withRange(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("--range " + text + ": expected MIN:MAX in nm, e.g. 380:985", e);
        }
        throw new UsageException("--range " + text + ": expected MIN:MAX in nm, e.g. 380:985");
    }

    private static final double NIGHTLY_MIN_NM = 380;
    private static final double NIGHTLY_MAX_NM = 985;
}
