package io.spectractor.cli.night;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.SourceSpectrum;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.DescribedCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.instrument.Quantity;
import io.spectractor.core.night.CovarianceCheck;
import io.spectractor.core.night.NightSpectrum;
import io.spectractor.core.observation.HeaderReading;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.optics.Throughput;
import io.spectractor.core.target.Target;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes spectra of a night out of what files say, options and calibration data; names what it leaves out and why. */
final class NightAssembly {
    private static final double FWHM_PER_SIGMA = 2.3548;
    private static final double KNOWN_PROFILE = 0.05;
    private static final double UNKNOWN_PROFILE = 0.3;
    private static final double USUAL_RESOLUTION_PX = 1.5;
    /** Mean pressure on Cerro Pachón, where nightly files without pressure come from, hPa: MERRA-2 of 2022 to 2024. */
    private static final double PACHON_HPA = 743;

    /** Scale of what may be left of the second order under a spectrum; its amount is fitted. */
    private static final double RESIDUAL_RATIO = 0.1;

    private final CalibrationStore store;
    private final AtmosphereModel atmosphere;
    private final JointOptions options;
    private final Map<String, SourceSpectrum> lights = new HashMap<>();
    private TabulatedCurve telescope = TabulatedCurve.constant(1);
    private JointRecord.@Nullable Site site;
    private final List<Kept> kept = new ArrayList<>();
    private final Map<String, String> leftOut = new TreeMap<>();

    NightAssembly(CalibrationStore store, AtmosphereModel atmosphere, JointOptions options) {
        this.store = store;
        this.atmosphere = atmosphere;
        this.options = options;
    }

    /**
     * A spectrum that can be fitted.
     *
     * @param spectrum the spectrum
     * @param header what its file says of the exposure
     */
    record Kept(NightSpectrum spectrum, SpectrumHeader header) {}

    /** Spectra that can be fitted, in the order of their times. */
    List<Kept> kept() {
        List<Kept> sorted = new ArrayList<>(kept);
        sorted.sort(Comparator.comparingDouble((Kept k) -> k.spectrum().mjd())
                .thenComparing(k -> k.spectrum().name()));
        return sorted;
    }

    /** Names of what was left out, with the reason. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    void leaveOut(String name, String why) {
        leftOut.put(name, why);
    }

    /** The telescope that most of the spectra were taken with. */
    static String usualTelescope(List<RawSpectrum> spectra) {
        Map<String, Integer> telescopes = new TreeMap<>();
        for (RawSpectrum s : spectra) {
            telescopes.merge(telescope(s), 1, Integer::sum);
        }
        return telescopes.entrySet().stream()
                .max(Comparator.comparingInt(e -> e.getValue()))
                .map(e -> e.getKey())
                .orElse("");
    }

    /** Adds spectra; those that cannot be fitted are left out. */
    void add(List<RawSpectrum> spectra, String usualTelescope) {
        for (RawSpectrum s : spectra) {
            try {
                keep(spectrum(s, known(s, usualTelescope)), s.header());
                site = site == null ? site(s) : site;
            } catch (IllegalArgumentException | FitException e) {
                leaveOut(s.name(), reason(s, e));
            }
        }
    }

    /** Why a spectrum is left out, without its name. */
    static String reason(RawSpectrum s, RuntimeException e) {
        return String.valueOf(e.getMessage()).replace(s.name() + ": ", "");
    }

    private static String telescope(RawSpectrum s) {
        String name = s.telescope();
        return name == null ? "no telescope named" : name.replace("/null", "");
    }

    private void keep(NightSpectrum s, SpectrumHeader header) {
        for (Kept k : kept) {
            NightSpectrum other = k.spectrum();
            if (Math.abs(other.mjd() - s.mjd()) < 1e-6
                    && other.target().equals(s.target())
                    && Arrays.equals(other.flux(), s.flux())) {
                throw new IllegalArgumentException("the same spectrum as " + other.name());
            }
        }
        CovarianceCheck.require(s);
        kept.add(new Kept(s, header));
    }

    /**
     * What a fit has to know of a spectrum besides its columns, from the file or else from the options.
     *
     * @param target star
     * @param disperser label
     * @param airmass airmass
     * @param pressureHPa at the telescope
     * @param mjd middle of the exposure
     */
    record Known(String target, String disperser, double airmass, double pressureHPa, double mjd) {}

    /**
     * What is known of a spectrum.
     *
     * @throws IllegalArgumentException if something is missing or outside its range, or another telescope took it
     */
    Known known(RawSpectrum s, String usualTelescope) {
        if (!usualTelescope.equals(telescope(s))) {
            throw new IllegalArgumentException("taken with " + telescope(s) + ", the others with " + usualTelescope
                    + "; a joint fit is of one telescope");
        }
        String target = options.star != null && s.target() == null ? options.star : s.target();
        String disperser = options.grating != null && s.disperser() == null ? options.grating : s.disperser();
        double airmass = or(s.airmass(), options.airmass);
        double pressure = or(s.pressureHPa(), options.pressure);
        if (Double.isNaN(pressure) && s.light() != null) {
            pressure = PACHON_HPA;
        }
        double mjd = Double.isNaN(s.mjd()) && options.date != null ? FitsSpectrum.mjd(options.date) : s.mjd();
        require(target != null, s.cards().target(), "--star");
        require(disperser != null, s.cards().disperser(), "--grating");
        require(!Double.isNaN(airmass), s.cards().airmass(), "--airmass");
        require(!Double.isNaN(pressure), s.cards().pressure(), "--pressure");
        require(!Double.isNaN(mjd), s.cards().time(), "--date");
        atmosphere.ranges().airmass().require(airmass);
        atmosphere.ranges().pressure().require(pressure);
        return new Known(target, disperser, airmass, pressure, mjd);
    }

    /** The date that names what a spectrum is fitted with: its night's evening, or the first day of its season. */
    LocalDate fittedWith(double mjd) {
        return options.fittedWith(NightTable.evening(mjd));
    }

    private NightSpectrum spectrum(RawSpectrum s, Known known) {
        SourceSpectrum light = s.light() == null ? light(s, known.target(), known.disperser()) : s.light();
        double mean = mean(s.fwhm());
        double[] widths = new double[s.lambdaNm().length];
        for (int i = 0; i < widths.length; i++) {
            double w = s.fwhm().length == widths.length ? s.fwhm()[i] / mean : 1;
            // a wild profile of one column must not become a wild resolution
            widths[i] = w > 0 && w < Double.POSITIVE_INFINITY ? Math.min(Math.max(w, 0.4), 2.5) : 1;
        }
        boolean measured = mean > 0;
        return new NightSpectrum(
                s.name(),
                known.target(),
                FittedThroughput.instrumentName(known.disperser(), s.filter()),
                known.mjd(),
                known.airmass(),
                known.pressureHPa(),
                s.lambdaNm(),
                s.flux(),
                s.covariance(),
                s.good(),
                widths,
                measured ? Math.min(mean / FWHM_PER_SIGMA, 5) : USUAL_RESOLUTION_PX,
                measured ? KNOWN_PROFILE : UNKNOWN_PROFILE,
                light,
                s.order2() ? l -> RESIDUAL_RATIO : null);
    }

    private static double or(double value, @Nullable Double otherwise) {
        return Double.isNaN(value) && otherwise != null ? otherwise : value;
    }

    private static void require(boolean there, String card, String option) {
        if (!there) {
            throw new IllegalArgumentException("it doesn't tell " + card + ", and " + option + " was not given");
        }
    }

    private static double mean(double[] fwhm) {
        double sum = 0;
        int count = 0;
        for (double f : fwhm) {
            if (f > 0 && f < Double.POSITIVE_INFINITY) {
                sum += f;
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** Where the telescope stands, or null where nothing tells. */
    JointRecord.@Nullable Site site() {
        return site;
    }

    /** What the description of the instrument says, or assumes where headers are silent. */
    private static JointRecord.@Nullable Site site(RawSpectrum s) {
        ExtractionConfig config = s.config();
        if (s.light() != null) {
            config = Instruments.named("auxtel").orElseThrow().config();
        }
        if (config == null) {
            return null;
        }
        HeaderReading silent = new HeaderReading(Instrument.of(config), card -> null);
        Double longitude = silent.number(Quantity.LONGITUDE).value();
        return longitude == null
                ? null
                : new JointRecord.Site(longitude, config.site().latitudeDeg());
    }

    /** Throughput of the telescope, as it was tabulated; 1 where the spectra brought their own along. */
    TabulatedCurve telescope() {
        return telescope;
    }

    private SourceSpectrum light(RawSpectrum s, String target, String label) {
        ExtractionConfig known = s.config();
        ExtractionConfig config = known == null ? Instruments.ctio().config() : known;
        String site = config.site().throughput();
        String filter = s.filter();
        return lights.computeIfAbsent(site + "|" + target + "|" + label + "|" + filter, key -> {
            CalibrationStore own = DescribedCalibration.of(store, Instrument.of(config));
            TabulatedCurve sed = own.target(target).map(Target::sed).orElse(null);
            if (sed == null) {
                throw new IllegalArgumentException("the calibration data have no energy distribution of " + target);
            }
            Disperser disperser =
                    own.disperser(label).orElseThrow(() -> new IllegalArgumentException("unknown disperser " + label));
            telescope = own.throughput(site)
                    .orElseThrow(() -> new IllegalArgumentException("the calibration data have no throughput " + site));
            TabulatedCurve curve = filter == null
                    ? null
                    : own.filter(filter).orElseThrow(() -> new IllegalArgumentException("unknown filter " + filter));
            Throughput throughput = Throughput.of(telescope, curve);
            return SourceSpectrum.of(
                    sed, l -> throughput.at(l) * disperser.transmission().at(l));
        });
    }
}
