package io.spectractor.core.night;

import io.spectractor.core.atmosphere.AtmosphereParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the parameters of a night stand: those of all spectra together in one vector, those of a spectrum in one of its
 * own. Every derivative of the flux is one of a few columns times a factor, so that the sums over the columns are formed
 * once and sorted in afterwards.
 */
final class NightLayout {
    static final int GREY = 0;
    static final int SHIFT = 1;
    static final int RESOLUTION = 2;
    /** Light of the second order beyond that of the instrument; only where it is looked for. */
    static final int OWN_ORDER2 = 3;

    /** Columns of derivatives before those of the throughput's coefficients. */
    static final int BASE_GREY = 0;

    static final int BASE_AIR = 1;
    static final int BASE_ANGSTROM = 4;
    static final int BASE_SHIFT = 5;
    static final int BASE_RESOLUTION = 6;
    static final int BASE_ORDER2 = 7;
    static final int BASE_COEFFICIENTS = 8;

    private static final double GREY_SPREAD = 0.3;
    private static final double SHIFT_SPREAD_NM = 0.5;
    private static final double RESOLUTION_SPREAD = 0.5;
    private static final double ORDER2_SPREAD = 0.2;
    private static final double THROUGHPUT_SPREAD = 0.1;
    private static final double USUAL_KNOTS_NM = 25;
    private static final double ANGSTROM_SPREAD = 0.7;
    private static final double STAR_KNOTS_NM = 60;

    /** A parameter: its place, the column of its derivative and a factor on that. */
    record Entry(int parameter, int base, double factor) {}

    private final JointSettings settings;
    private final ThroughputBasis basis;
    private final List<String> instruments;
    private final Set<String> seconds = new TreeSet<>();
    private final List<Long> nights;
    private final AirLayout air;
    private final int angstromAt;
    private final int instrumentsAt;
    private final int perInstrument;
    private final List<String> stars;
    private final ThroughputBasis starBasis;
    private final int starsAt;
    private final int lossesAt;
    private final UnknownLosses losses;
    private final int globals;
    private final int locals;

    NightLayout(JointSettings settings, ThroughputBasis basis, TableOzone tableOzone, List<NightSpectrum> spectra) {
        this.settings = settings;
        this.basis = basis;
        TreeSet<String> names = new TreeSet<>();
        TreeSet<Long> evenings = new TreeSet<>();
        for (NightSpectrum s : spectra) {
            names.add(s.instrument());
            if (s.order2() != null) {
                seconds.add(s.instrument());
            }
            evenings.add(evening(s));
        }
        this.nights = new ArrayList<>(evenings);
        this.instruments = new ArrayList<>(names);
        this.air = new AirLayout(
                settings,
                nights,
                spectra.stream().mapToDouble(NightSpectrum::mjd).toArray(),
                settings.order2() ? 4 : 3);
        int g = air.globals();
        this.angstromAt = g;
        this.instrumentsAt = g + 1;
        this.perInstrument = 2 + basis.size();
        TreeSet<String> targets = new TreeSet<>();
        spectra.forEach(s -> targets.add(s.target()));
        this.stars = targets.size() > 1 && settings.starError() > 0 ? new ArrayList<>(targets) : List.of();
        this.starBasis = basis.coarser(
                stars.isEmpty() ? ThroughputBasis.Kind.FIXED : ThroughputBasis.Kind.SMOOTH, STAR_KNOTS_NM);
        this.starsAt = instrumentsAt + perInstrument * instruments.size();
        this.lossesAt = starsAt + starBasis.size() * stars.size();
        int bases = BASE_COEFFICIENTS + basis.size() + starBasis.size();
        this.losses = new UnknownLosses(settings, tableOzone, instruments, nights, lossesAt, bases);
        this.globals = lossesAt + losses.parameters();
        this.locals = air.locals();
    }

    JointSettings settings() {
        return settings;
    }

    ThroughputBasis basis() {
        return basis;
    }

    List<String> instruments() {
        return List.copyOf(instruments);
    }

    /** What the error of a star's energy distribution is made of. */
    ThroughputBasis starBasis() {
        return starBasis;
    }

    private int star(NightSpectrum s) {
        return starsAt + starBasis.size() * Math.max(0, stars.indexOf(s.target()));
    }

    int globals() {
        return globals;
    }

    int locals() {
        return locals;
    }

    int bases() {
        return BASE_COEFFICIENTS + basis.size() + starBasis.size() + losses.bases();
    }

    /** Losses beyond air and throughput. */
    UnknownLosses losses() {
        return losses;
    }

    /** True over tabulated throughput, times the mean grey factor. */
    double throughput(double[] all, String instrument, double lambdaNm) {
        return basis.factor(all, coefficients(instrument), lambdaNm)
                * losses.curve().factor(losses.tableOzone(all, instrument), lambdaNm);
    }

    /** The air. */
    AirLayout air() {
        return air;
    }

    int nights() {
        return nights.size();
    }

    /** Day on whose noon the night of a spectrum begins, UTC. */
    static long evening(NightSpectrum s) {
        return (long) Math.floor(s.mjd() - 0.5);
    }

    int angstrom() {
        return angstromAt;
    }

    private int instrumentAt(NightSpectrum s) {
        return instrumentsAt + perInstrument * instruments.indexOf(s.instrument());
    }

    int resolution(NightSpectrum s) {
        return instrumentAt(s);
    }

    int order2(NightSpectrum s) {
        return instrumentAt(s) + 1;
    }

    int coefficients(NightSpectrum s) {
        return instrumentAt(s) + 2;
    }

    /** Where the coefficients of an instrument's throughput begin. */
    int coefficients(String instrument) {
        return instrumentsAt + perInstrument * instruments.indexOf(instrument) + 2;
    }

    /** Which of the parameters of all spectra are coefficients of a throughput. */
    boolean[] coefficientPlaces() {
        boolean[] places = new boolean[globals];
        for (String name : instruments) {
            for (int j = 0; j < basis.size(); j++) {
                places[coefficients(name) + j] = true;
            }
        }
        return places;
    }

    ColumnModel.State state(NightSpectrum s, double[] all, double[] own, AtmosphereLimits limits) {
        AtmosphereParameters above = new AtmosphereParameters(
                s.airmass(),
                s.pressureHPa(),
                limits.clamp(AtmosphereQuantity.OZONE, air.value(AtmosphereQuantity.OZONE, s, all, own)),
                limits.clamp(AtmosphereQuantity.WATER, air.value(AtmosphereQuantity.WATER, s, all, own)),
                limits.clamp(AtmosphereQuantity.AEROSOLS, air.value(AtmosphereQuantity.AEROSOLS, s, all, own)),
                all[angstromAt]);
        double resolution = s.resolutionPx() * Math.exp(all[resolution(s)] + own[RESOLUTION]);
        return new ColumnModel.State(
                above,
                own[SHIFT],
                Math.min(Math.max(resolution, 0.3), ColumnModel.MAX_RESOLUTION_PX),
                all[order2(s)] + (settings.order2() ? own[OWN_ORDER2] : 0),
                all,
                coefficients(s),
                star(s),
                losses.tableOzone(all, s.instrument()),
                losses.slope(all, s));
    }

    /** The factors of the columns of derivatives of a spectrum: what a step of its parameters adds up to in each of them. */
    double[] factors(NightSpectrum s, double[] all, double[] own) {
        double[] factors = new double[bases()];
        factors[BASE_GREY] = own[GREY];
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            factors[BASE_AIR + q.index()] = air.value(q, s, all, own);
        }
        factors[BASE_ANGSTROM] = all[angstromAt];
        factors[BASE_SHIFT] = own[SHIFT];
        factors[BASE_RESOLUTION] = all[resolution(s)] + own[RESOLUTION];
        factors[BASE_ORDER2] = all[order2(s)] + (settings.order2() ? own[OWN_ORDER2] : 0);
        System.arraycopy(all, coefficients(s), factors, BASE_COEFFICIENTS, basis.size());
        System.arraycopy(all, star(s), factors, BASE_COEFFICIENTS + basis.size(), starBasis.size());
        losses.factors(factors, all, s);
        return factors;
    }

    /** A layout of the same spectra with other time variations. */
    NightLayout with(JointSettings other, List<NightSpectrum> spectra) {
        return new NightLayout(other, basis, losses.curve(), spectra);
    }

    /** Parameters of all spectra that one depends on. */
    List<Entry> globalEntries(NightSpectrum s) {
        List<Entry> entries = new ArrayList<>();
        air.addGlobalEntries(entries, s);
        if (settings.angstromFree()) {
            entries.add(new Entry(angstromAt, BASE_ANGSTROM, 1));
        }
        entries.add(new Entry(resolution(s), BASE_RESOLUTION, 1));
        if (settings.order2() && s.order2() != null) {
            entries.add(new Entry(order2(s), BASE_ORDER2, 1));
        }
        for (int j = 0; j < basis.size(); j++) {
            entries.add(new Entry(coefficients(s) + j, BASE_COEFFICIENTS + j, 1));
        }
        for (int j = 0; j < starBasis.size(); j++) {
            entries.add(new Entry(star(s) + j, BASE_COEFFICIENTS + basis.size() + j, 1));
        }
        losses.addEntries(entries, s);
        return entries;
    }

    /** Parameters of one spectrum, in their order. */
    List<Entry> localEntries() {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(GREY, BASE_GREY, 1));
        entries.add(new Entry(SHIFT, BASE_SHIFT, 1));
        entries.add(new Entry(RESOLUTION, BASE_RESOLUTION, 1));
        if (settings.order2()) {
            entries.add(new Entry(OWN_ORDER2, BASE_ORDER2, 1));
        }
        air.addLocalEntries(entries);
        return entries;
    }

    double[] globalMeans() {
        double[] means = new double[globals];
        air.globalPriors(means, new double[globals]);
        means[angstromAt] = settings.angstrom();
        return means;
    }

    /** Standard deviations of the priors; 0 holds a parameter. */
    double[] globalSpreads() {
        double[] spreads = new double[globals];
        air.globalPriors(new double[globals], spreads);
        spreads[angstromAt] = settings.angstromFree() ? ANGSTROM_SPREAD : 0;
        // as free on the scale of the usual knots, however narrow the bins
        double spread = THROUGHPUT_SPREAD * Math.sqrt(Math.max(1, USUAL_KNOTS_NM / settings.stepNm()));
        for (int i = 0; i < instruments.size(); i++) {
            int at = instrumentsAt + i * perInstrument;
            spreads[at] = RESOLUTION_SPREAD;
            spreads[at + 1] = settings.order2() && seconds.contains(instruments.get(i)) ? ORDER2_SPREAD : 0;
            for (int j = 0; j < basis.size(); j++) {
                spreads[at + 2 + j] = spread;
            }
        }
        Arrays.fill(spreads, starsAt, lossesAt, settings.starError());
        losses.spreads(spreads);
        return spreads;
    }

    double[] localMeans() {
        double[] means = new double[locals];
        air.localPriors(means, new double[locals]);
        return means;
    }

    double[] localSpreads(NightSpectrum s) {
        double[] spreads = new double[locals];
        spreads[GREY] = GREY_SPREAD;
        spreads[SHIFT] = SHIFT_SPREAD_NM;
        spreads[RESOLUTION] = s.resolutionSpread();
        if (settings.order2()) {
            spreads[OWN_ORDER2] = s.order2() == null ? 0 : ORDER2_SPREAD;
        }
        air.localPriors(new double[locals], spreads);
        return spreads;
    }
}
