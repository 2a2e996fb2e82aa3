package io.spectractor.core.simulation;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.AmplifierGrid.AmplifierRule;
import io.spectractor.core.instrument.ChipSize;
import io.spectractor.core.instrument.DescribedDisperser;
import io.spectractor.core.instrument.FrameLayout;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.instrument.Label;
import io.spectractor.core.instrument.LabelRule;
import io.spectractor.core.instrument.NumberRule;
import io.spectractor.core.instrument.NumberRule.Source;
import io.spectractor.core.instrument.Orientation;
import io.spectractor.core.instrument.Quantity;
import io.spectractor.core.instrument.RawGeometry;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.DispersionRelation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The camera of a described instrument as plans of frames need it: its chip as it lies in the extracted image, its
 * dispersers, and the sky and air above its site. Immutable.
 */
public final class SimulatedCamera {
    private static final LocalDate CAMPAIGN_OF_2017 = LocalDate.of(2017, 5, 30);
    private static final LocalDate OTHERWISE = LocalDate.of(2024, 6, 24);
    /** Rows and columns that are kept free at the edges beside those that the background needs, px. */
    private static final double EDGE_PX = 50;
    /** Mean pressure of the ranges that plans draw from, which are those of CTIO, hPa. */
    private static final double CTIO_PRESSURE_HPA = 782.5;

    private static final double USUAL_NOISE_E = 8;
    private static final String USUAL_DISPERSER = "HoloAmAg";

    private final Instrument instrument;
    private final ExtractionConfig config;
    private final boolean ctio;
    private final SimulatedDetector detector;

    private SimulatedCamera(Instrument instrument, ExtractionConfig config, boolean ctio, SimulatedDetector detector) {
        this.instrument = instrument;
        this.config = config;
        this.ctio = ctio;
        this.detector = detector;
    }

    /**
     * The camera that a configuration describes.
     *
     * @throws IllegalArgumentException if the description doesn't say how large its chip is
     */
    public static SimulatedCamera of(ExtractionConfig config) {
        Instrument instrument = Instrument.of(config);
        boolean ctio = instrument.text().equals(Instruments.ctio().text());
        return new SimulatedCamera(
                instrument, config, ctio, ctio ? SimulatedDetector.ctio() : detector(instrument, config));
    }

    private static SimulatedDetector detector(Instrument instrument, ExtractionConfig config) {
        FrameLayout layout = instrument.frames().get(0);
        ChipSize size = size(instrument);
        List<AmplifierRule> rules = instrument.amplifiers().amplifiers();
        double[] gains = new double[rules.size()];
        double[] noises = new double[rules.size()];
        for (int i = 0; i < gains.length; i++) {
            AmplifierRule rule = rules.get(i);
            double gain = rule.gain() > 0 ? rule.gain() : config.ccd().gain();
            double noise = rule.noise() > 0 ? rule.noise() : USUAL_NOISE_E;
            gains[i] = config.instrument().gain() > 0 ? config.instrument().gain() : gain;
            noises[i] =
                    config.instrument().readNoise() > 0 ? config.instrument().readNoise() : noise;
        }
        Orientation orientation = layout.orientation();
        return new SimulatedDetector(
                orientation.width(size.columns(), size.rows()),
                orientation.height(size.columns(), size.rows()),
                instrument.amplifiers().columns(),
                gains,
                noises,
                config.ccd().saturationAdu(),
                Double.POSITIVE_INFINITY,
                0,
                0,
                0,
                0,
                true);
    }

    /** Size of the image in files: that of the chip, or of the assembled raw file. */
    static ChipSize size(Instrument instrument) {
        ChipSize chip = instrument.chip();
        if (chip != null) {
            return chip;
        }
        for (FrameLayout layout : instrument.frames()) {
            RawGeometry raw = layout.raw();
            if (raw != null && raw.columns() > 0) {
                return new ChipSize(raw.columns(), raw.rows());
            }
        }
        throw new IllegalArgumentException(
                "simulation: the description of " + instrument.name()
                        + " does not say how large its chip is; add 'chip: {columns: ..., rows: ...}' to it, or columns and rows to 'raw'");
    }

    /** The description. */
    public Instrument instrument() {
        return instrument;
    }

    /** Whether it is the camera of the campaign of 2017, whose plans are frozen. */
    boolean isCtio() {
        return ctio;
    }

    /** The chip without blemishes. */
    public SimulatedDetector detector() {
        return detector;
    }

    /** The chip with what rays and defects leave on it. */
    SimulatedDetector withBlemishes(int hotColumns, int deadColumns) {
        // columns of a turned chip run along the spectrum: one that is dead would be no defect but the end of it
        boolean upright = ctio || !instrument.frames().get(0).orientation().swapsAxes();
        return detector.withBlemishes(25, 40, upright ? hotColumns : 0, upright ? deadColumns : 0);
    }

    /** Labels of its dispersers that the calibration data or the description know; all there are if it names none. */
    public List<String> dispersers(CalibrationStore described) {
        List<String> known = new ArrayList<>();
        if (!ctio) {
            for (DescribedDisperser own : instrument.dispersers()) {
                if (described.disperserNames().contains(own.label())) {
                    known.add(own.label());
                }
            }
        }
        return known.isEmpty() ? List.copyOf(described.disperserNames()) : known;
    }

    /**
     * The disperser where nobody chooses one: the hologram HoloAmAg if it is one of them and its first order fits on the
     * chip, else the first of them that does.
     *
     * @param labels of {@link #dispersers}
     */
    public String usualDisperser(List<String> labels, CalibrationStore described) {
        if (labels.contains(USUAL_DISPERSER) && fits(USUAL_DISPERSER, described)) {
            return USUAL_DISPERSER;
        }
        return labels.stream()
                .filter(label -> fits(label, described))
                .findFirst()
                .orElse(labels.get(0));
    }

    private boolean fits(String label, CalibrationStore described) {
        return ctio || described.disperser(label).filter(this::fits).isPresent();
    }

    /** Whether a first order fits on the chip, and the maps of the disperser say what happens where its order 0 may lie. */
    private boolean fits(Disperser disperser) {
        double x = detector.width() / 4.0;
        double y = detector.height() / 2.0;
        return reachPx(disperser) < 0.75 * detector.width()
                && disperser.grooves().covers(x, y)
                && disperser.angle().covers(x, y);
    }

    /** What the description says that every frame shows, such as the lamp of a bench; empty for a telescope. */
    public Optional<String> usualTarget() {
        return instrument.vocabulary().of(Label.TARGET).stream()
                .map(LabelRule::constant)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    /** The night where nobody chooses one. */
    public LocalDate night() {
        return ctio ? CAMPAIGN_OF_2017 : OTHERWISE;
    }

    /** Degrees east. */
    double longitudeDeg() {
        if (ctio) {
            return SiderealTime.CTIO_LONGITUDE_DEG;
        }
        for (NumberRule rule : instrument.vocabulary().of(Quantity.LONGITUDE)) {
            if (rule.source() == Source.CONSTANT) {
                return rule.plus();
            }
        }
        return 0;
    }

    /** What its pressure is above that of CTIO, hPa: that of the standard atmosphere at its altitude. */
    double pressureOffsetHPa() {
        if (ctio) {
            return 0;
        }
        double km = Math.max(0, config.site().altitudeKm());
        return 1013.25 * Math.pow(1 - 6.5 * km / 288.15, 5.255_88) - CTIO_PRESSURE_HPA;
    }

    /** Its sky over that of CTIO's camera, ADU/s per pixel: equally bright per square arcsecond. */
    double skyFactor() {
        if (ctio) {
            return 1;
        }
        ExtractionConfig other = Instruments.ctio().config();
        double scale = arcsecPerPx() / other.ccd().plateScaleArcsec();
        return scale
                * scale
                * (config.site().collectingAreaCm2() / other.site().collectingAreaCm2())
                * (other.ccd().gain() / config.ccd().gain());
    }

    /** Plate scale, arcsec/px; where it is unknown the seeing is given in pixels. */
    double arcsecPerPx() {
        double scale = config.ccd().plateScaleArcsec();
        return scale > 0 ? scale : 1;
    }

    /**
     * A place from which the first order stays on the chip, as far as that can be.
     *
     * @param dispersers all of them fit there
     */
    PixelPosition place(List<Disperser> dispersers, RandomSource random) {
        int around = config.background().distancePx() + config.background().widthPx();
        double edge = around + EDGE_PX;
        double reach = 0;
        double lower = 0;
        double upper = 0;
        for (Disperser disperser : dispersers) {
            double length = reachPx(disperser);
            double rise = length * Math.tan(Math.toRadians(angleDeg(disperser)));
            reach = Math.max(reach, length);
            lower = Math.max(lower, -rise);
            upper = Math.max(upper, rise);
        }
        double left = Math.min(edge, detector.width() / 4.0);
        double x = Math.max(left, between(random, left, detector.width() - reach - left));
        double y = between(random, edge + lower, detector.height() - edge - upper);
        return new PixelPosition(x, y);
    }

    /** Evenly between two ends; half-way between them where they leave no room. */
    private static double between(RandomSource random, double low, double high) {
        double u = random.uniform();
        return low < high ? low + u * (high - low) : (low + high) / 2;
    }

    private double angleDeg(Disperser disperser) {
        return disperser.angle().at(detector.width() / 4.0, detector.height() / 2.0);
    }

    private double reachPx(Disperser disperser) {
        PixelPosition middle = new PixelPosition(detector.width() / 4.0, detector.height() / 2.0);
        double length = DispersionRelation.of(
                        disperser,
                        middle,
                        DispersionRelation.incidenceRad(
                                middle.x(), detector.width(), config.ccd().plateScaleArcsec()),
                        config.dispersion().distanceMm(),
                        config.ccd().pixelSizeMm())
                .distancePx(config.dispersion().lambdaMaxNm(), 1);
        return Double.isNaN(length) ? detector.width() : length;
    }
}
