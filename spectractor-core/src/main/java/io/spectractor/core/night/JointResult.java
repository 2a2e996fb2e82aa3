package io.spectractor.core.night;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a joint fit found. */
public final class JointResult {
    private static final double[] NONE = {};

    private final NightLayout layout;
    private final List<SpectrumWork> works;
    private final List<NightSpectrum> spectra;
    private final double[] all;
    private final List<double[]> own;
    private final double[] greyMeans;
    private final SpectrumSums[] sums;
    private final NightPrior prior;
    private final AtmosphereLimits limits;
    private final ArrowheadSystem system;
    private final ArrowheadSystem free;
    private final double[] covariance;
    private final boolean converged;
    private final int iterations;
    private final GreyFactors greyFactors;
    private final double[] @Nullable [] conditionals;

    JointResult(
            NightLayout layout,
            List<SpectrumWork> works,
            List<NightSpectrum> spectra,
            double[] all,
            List<double[]> own,
            double[] greyMeans,
            SpectrumSums[] sums,
            NightPrior prior,
            AtmosphereLimits limits,
            ArrowheadSystem system,
            ArrowheadSystem free,
            boolean converged,
            int iterations) {
        this.layout = layout;
        this.works = works;
        this.spectra = List.copyOf(spectra);
        this.all = all;
        this.own = own;
        this.greyMeans = greyMeans;
        this.sums = sums;
        this.prior = prior;
        this.limits = limits;
        this.system = system;
        this.free = free;
        this.covariance = free.globalCovariance();
        this.greyFactors = new GreyFactors(layout, free, covariance, own);
        this.converged = converged;
        this.iterations = iterations;
        this.conditionals = new double[spectra.size()][];
    }

    /**
     * A number with its error.
     *
     * @param value the number
     * @param error its standard deviation, marginal over all other parameters; NaN if it was held
     */
    public record Measured(double value, double error) {}

    NightLayout layout() {
        return layout;
    }

    List<SpectrumWork> works() {
        return works;
    }

    double[] all() {
        return all;
    }

    List<double[]> own() {
        return own;
    }

    double[] greyMeans() {
        return greyMeans;
    }

    /** The spectra, in the order of all results. */
    public List<NightSpectrum> spectra() {
        return spectra;
    }

    /** Number of nights that the spectra are of. */
    public int nights() {
        return layout.nights();
    }

    /** The settings of the fit. */
    public JointSettings settings() {
        return layout.settings();
    }

    /** Whether the fit converged; without it no number means anything. */
    public boolean converged() {
        return converged;
    }

    /** Steps taken. */
    public int iterations() {
        return iterations;
    }

    /** Sum over the spectra. */
    public double chi2() {
        double sum = 0;
        for (SpectrumSums s : sums) {
            sum += s.chi2();
        }
        return sum;
    }

    /** chi2 of one spectrum. */
    public double chi2(int k) {
        return sums[k].chi2();
    }

    /** Columns of one spectrum that counted. */
    public int columns(int k) {
        return sums[k].columns();
    }

    /** Columns that counted less free parameters; deviations from a constant or a line, which have a narrow prior, are none. */
    public int degreesOfFreedom() {
        int n = 0;
        for (SpectrumSums s : sums) {
            n += s.columns();
        }
        boolean narrow = settings().aerosolScatter() > 0 && settings().aerosols() != TimeVariation.EACH;
        return n - prior.free() + (narrow ? spectra.size() + AirLayout.WAVES : 0);
    }

    /** Logarithm of the evidence. */
    public double logEvidence() {
        return LaplaceEvidence.log(layout, own, chi2(), prior, system);
    }

    NightPrior prior() {
        return prior;
    }

    /** The sums of the spectra at the fit. */
    List<SpectrumSums> sums() {
        return List.of(sums);
    }

    AtmosphereLimits limits() {
        return limits;
    }

    double[] globalCovariance() {
        return covariance.clone();
    }

    ArrowheadSystem system() {
        return system;
    }

    /** Covariance of two linear forms of the parameters. */
    private double covariance(LinearForm a, LinearForm b) {
        int g = layout.globals();
        double[] left = effective(a);
        double[] right = effective(b);
        double sum = 0;
        for (int i = 0; i < g; i++) {
            if (left[i] == 0) {
                continue;
            }
            double row = 0;
            for (int j = 0; j < g; j++) {
                row += covariance[i * g + j] * right[j];
            }
            sum += left[i] * row;
        }
        for (int k = 0; k < spectra.size(); k++) {
            double[] la = a.own()[k];
            double[] lb = b.own()[k];
            if (la.length > 0 && lb.length > 0) {
                double[] c = conditional(k);
                int n = layout.locals();
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        sum += la[i] * c[i * n + j] * lb[j];
                    }
                }
            }
        }
        return sum;
    }

    private double[] conditional(int k) {
        double[] known = conditionals[k];
        if (known == null) {
            known = free.conditional(k);
            conditionals[k] = known;
        }
        return known;
    }

    /** The form as one of the parameters of all spectra: own parameters follow them by -U. */
    private double[] effective(LinearForm form) {
        int g = layout.globals();
        double[] out = form.all().clone();
        for (int k = 0; k < spectra.size(); k++) {
            double[] l = form.own()[k];
            double[] u = free.coupling(k);
            for (int i = 0; i < l.length; i++) {
                for (int j = 0; l[i] != 0 && j < g; j++) {
                    out[j] -= l[i] * u[i * g + j];
                }
            }
        }
        return out;
    }

    private record LinearForm(double[] all, double[][] own) {}

    private LinearForm form() {
        double[][] none = new double[spectra.size()][];
        Arrays.fill(none, NONE);
        return new LinearForm(new double[layout.globals()], none);
    }

    private Measured measured(double value, LinearForm form) {
        double variance = covariance(form, form);
        return new Measured(value, variance > 0 ? Math.sqrt(variance) : Double.NaN);
    }

    private LinearForm air(AtmosphereQuantity q, int k) {
        LinearForm f = form();
        double[] byOwn = new double[layout.locals()];
        layout.air().derivatives(q, spectra.get(k), f.all(), byOwn);
        if (layout.air().free(q) || layout.air().scatters(q)) {
            f.own()[k] = byOwn;
        }
        return f;
    }

    /** A quantity of the air above one spectrum. */
    public Measured quantity(AtmosphereQuantity q, int k) {
        return measured(layout.air().value(q, spectra.get(k), all, own.get(k)), air(q, k));
    }

    /**
     * A quantity at the middle of the night; only of one that is constant or linear. Of aerosols that scatter about a constant it is the
     * mean, with an error that holds for single spectra.
     */
    public Measured quantity(AtmosphereQuantity q) {
        Measured level = shared(layout.air().at(q));
        boolean scatters = layout.air().scatters(q) && settings().timeVariation(q) == TimeVariation.CONSTANT;
        return scatters
                ? new Measured(
                        level.value(), Math.hypot(level.error(), settings().aerosolScatter()))
                : level;
    }

    /** The slope per hour of a quantity that is linear in time. */
    public Measured slope(AtmosphereQuantity q) {
        return shared(layout.air().at(q) + 1);
    }

    /** Covariance of a quantity above two spectra. */
    public double covariance(AtmosphereQuantity q, int k, int j) {
        return covariance(air(q, k), air(q, j));
    }

    /** The Ångström exponent. */
    public Measured angstrom() {
        return settings().angstromFree() ? shared(layout.angstrom()) : new Measured(all[layout.angstrom()], Double.NaN);
    }

    /** A parameter of all spectra. */
    private Measured shared(int at) {
        LinearForm f = form();
        f.all()[at] = 1;
        return measured(all[at], f);
    }

    /** A parameter of a spectrum's own. */
    private Measured own(int k, int at) {
        LinearForm f = form();
        f.own()[k] = new double[layout.locals()];
        f.own()[k][at] = 1;
        return measured(own.get(k)[at], f);
    }

    /** True minus given wavelength, nm. */
    public Measured shift(int k) {
        return own(k, NightLayout.SHIFT);
    }

    /** Sigma of the resolution, columns. */
    public double resolutionPx(int k) {
        NightSpectrum s = spectra.get(k);
        return s.resolutionPx() * Math.exp(all[layout.resolution(s)] + own.get(k)[NightLayout.RESOLUTION]);
    }

    /** Mean over the spectra of the grey factors. */
    public double meanGrey() {
        return greyFactors.mean();
    }

    /** The grey factor of a spectrum over the mean of all. */
    public Measured grey(int k) {
        return greyFactors.measured(k);
    }

    /** Ozone that the tabulated throughput of an instrument lacks, DU; NaN as its error if that was not fitted. */
    public Measured tableOzone(String instrument) {
        return layout.losses().hasTableOzone()
                ? shared(layout.losses().tableOzone(instrument))
                : new Measured(0, Double.NaN);
    }

    /** Slope of the losses that grow with airmass, per unit of ln wavelength; NaN as its error if it was not fitted. */
    public Measured extinctionSlope(int k) {
        return layout.losses().hasSlope() ? shared(layout.losses().slope(spectra.get(k))) : new Measured(0, Double.NaN);
    }

    /** Relative error of the model of a spectrum that its residuals ask for. */
    public double modelError(int k) {
        return works.get(k).noise().rough();
    }

    /** Whether each column counted. */
    public boolean[] used(int k) {
        boolean[] used = new boolean[spectra.get(k).size()];
        for (int i : works.get(k).columns()) {
            used[i] = true;
        }
        return used;
    }

    /** The model of a spectrum, in its flux units. */
    public double[] expected(int k) {
        return works.get(k).expected();
    }

    /** Standard deviation of each column, of data and model together. */
    public double[] sigma(int k) {
        double[] out = new double[spectra.get(k).size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.sqrt(works.get(k).variance(i));
        }
        return out;
    }

    /** Names of the instruments. */
    public List<String> instruments() {
        return layout.instruments();
    }

    /**
     * The factor between true and tabulated throughput, times the mean grey factor, with its marginal covariance.
     *
     * @param instrument name
     * @param lambdaNm wavelengths, nm
     */
    public ThroughputFactor throughput(String instrument, double[] lambdaNm) {
        return ThroughputFactor.of(this, instrument, lambdaNm);
    }

    /** Covariance of many linear forms at once. */
    double[] covariances(List<double[]> onAll, List<double[][]> onOwn) {
        int n = onAll.size();
        double[] out = new double[n * n];
        List<LinearForm> forms = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            forms.add(new LinearForm(onAll.get(i), onOwn.get(i)));
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double v = covariance(forms.get(i), forms.get(j));
                out[i * n + j] = v;
                out[j * n + i] = v;
            }
        }
        return out;
    }
}
