package io.spectractor.core.reference;

import io.spectractor.core.calibration.GaussianFilter;
import io.spectractor.core.config.DispersionConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.optics.TabulatedCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Chooses the reference by which a spectrum is explained best: over all templates and the whole prior of the distance, by
 * the likelihood of the whole spectrum, a smooth factor free; telluric bands are part of every candidate.
 */
public final class ReferenceSearch {
    /** What the extraction by columns and a Gaussian resolution leave of a spectrum, as a fraction of the light. */
    private static final double MODEL_ERROR = 0.004;
    /** The same of the brightest column: nothing is known better than that where there is hardly any light. */
    private static final double FAINT_ERROR = 1e-3;
    /** What the bands of more or less water are off by from those of the typical amount in proportion: 1σ, in their depth. */
    private static final double WATER_ERROR = 0.1;
    /** How well the second order is known before it is fitted. */
    private static final double SECOND_ORDER_ERROR = 0.3;

    private static final double CONTINUUM_SIGMA_PX = 12;
    private static final int EDGE_PX = 6;
    /** Velocities of stars, v/c: 120 km/s, so that a halo star of 400 km/s is not impossible. */
    private static final double REDSHIFT_SIGMA = 4e-4;

    private static final double KNOWN_REDSHIFT_SIGMA = 5e-5;
    /** χ², in its scale, by which a template must beat the known reference to raise doubt. */
    private static final double DOUBT = 10;

    private static final double POOR = 4;
    private static final double[] RESOLUTIONS = {0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.35};
    /** Rounds of a blend, since its place and its shares depend on each other. */
    private static final int BLENDS = 2;
    /** χ² by which the features must beat a smooth spectrum. */
    private static final double SIGNIFICANT = 60;

    private final TemplateLibrary library;
    private final DispersionConfig dispersion;

    public ReferenceSearch(TemplateLibrary library, DispersionConfig dispersion) {
        this.library = library;
        this.dispersion = dispersion;
    }

    /**
     * Whether a known energy distribution explains the spectrum.
     *
     * @param fits whether it does
     * @param choice the known one, or the templates that explain it better
     * @param place where the whole spectrum with that reference has its wavelengths
     */
    public record Verdict(boolean fits, ReferenceChoice choice, ReferenceChoice.Place place) {}

    /**
     * Holds the spectrum against the target's own energy distribution, and against the templates if that leaves doubt.
     *
     * @param spectrum all orders together
     * @param firstOrder its first order, ADU/s per column
     * @param path what calibration data and header say of the light and its way
     * @param sed the target's energy distribution as observed
     * @param deadline checked between candidates
     */
    public Verdict judge(
            ColumnSpectrum spectrum, double[] firstOrder, LightPath path, TabulatedCurve sed, Deadline deadline) {
        StarTemplate known = StarTemplate.of("known", sed, 0);
        Search own = new Search(spectrum, firstOrder, path, path.geometry(sed), 0, KNOWN_REDSHIFT_SIGMA, deadline);
        Hypothesis best = own.best(List.of(known));
        Verdict right = new Verdict(true, own.known(best), best.place());
        double least = own.least(library.templates(), best);
        double spread = path.isMeasured() ? own.spread(best) : 0;
        boolean better = best.chi2() - least >= DOUBT * own.scale(least);
        if (!better && own.scale(best.chi2()) < POOR && !ReferenceEvidence.isOffColour(spread)) {
            return right;
        }
        Search any = new Search(spectrum, firstOrder, path, path.geometry(null), 0, REDSHIFT_SIGMA, deadline);
        Hypothesis other = any.mixed(library.templates());
        ReferenceEvidence evidence = new ReferenceEvidence(
                best.chi2(),
                other.chi2(),
                any.flat(other),
                own.smooth.norm(),
                any.smooth.freedom(),
                spread,
                // a mixture may have the colour of no star
                Math.min(any.spread(other), any.spread(any.refined.get(0))));
        if (!evidence.isAgainstKnown()) {
            return right;
        }
        Hypothesis star = any.blended(other, library.templates());
        ReferenceChoice replacement = any.choice(star, any.probability(other));
        return new Verdict(false, replacement.as(ReferenceChoice.Origin.REPLACED), star.place());
    }

    /**
     * The best reference of a star without a known one.
     *
     * @param spectrum all orders together
     * @param firstOrder its first order, ADU/s per column
     * @param path what calibration data and header say of the light and its way
     * @param knownRedshift of the target, or NaN if nobody knows it
     * @param deadline checked between candidates
     */
    public ReferenceChoice search(
            ColumnSpectrum spectrum, double[] firstOrder, LightPath path, double knownRedshift, Deadline deadline) {
        boolean known = !Double.isNaN(knownRedshift);
        Search any = new Search(
                spectrum,
                firstOrder,
                path,
                path.geometry(null),
                known ? knownRedshift : 0,
                known ? KNOWN_REDSHIFT_SIGMA : REDSHIFT_SIGMA,
                deadline);
        Hypothesis best = any.mixed(library.templates());
        boolean shows = any.bare(best) - best.chi2() > SIGNIFICANT * any.scale(best.chi2());
        return shows
                ? any.choice(any.blended(best, library.templates()), any.probability(best))
                : ReferenceChoice.none();
    }

    /** One spectrum and what is asked of it. */
    private final class Search {
        private final LightPath path;
        private final double[] data;
        private final double[] weight;
        private final SmoothFactor smooth;
        private ColumnModel nominal;
        private final double[] mean;
        private final double[] sigma;
        private final Deadline deadline;
        private List<Hypothesis> scanned = List.of();
        private List<Hypothesis> refined = List.of();

        Search(
                ColumnSpectrum spectrum,
                double[] firstOrder,
                LightPath path,
                TraceGeometry geometry,
                double redshift,
                double redshiftSigma,
                Deadline deadline) {
            this.path = path;
            this.data = firstOrder;
            this.weight = weights(spectrum, firstOrder, waterDepth(path, geometry, spectrum));
            this.smooth = new SmoothFactor(data, weight);
            this.nominal = new ColumnModel(
                    geometry,
                    spectrum.firstColumn(),
                    spectrum.size(),
                    path.transmission(TemplateGrid.lambdasNm()),
                    path.moreWater(TemplateGrid.lambdasNm()),
                    spectrum.meanFwhmPx());
            this.mean = new double[] {geometry.distanceMm(), 0, redshift};
            this.sigma = new double[] {dispersion.distanceErrorMm(), dispersion.shiftPriorPx(), redshiftSigma};
            this.deadline = deadline;
        }

        /** Variance of the columns over what their errors say. */
        double scale(double chi2) {
            return Math.max(1, chi2 / smooth.freedom());
        }

        private ColumnModel model(StarTemplate template) {
            return nominal.with(path.geometry(template.sed(0)));
        }

        private HypothesisFit fit(ColumnModel model) {
            return new HypothesisFit(model, smooth, data, weight, mean, sigma);
        }

        /** The best of single templates, refined. */
        Hypothesis best(List<StarTemplate> templates) {
            scanned = TemplateScan.of(nominal, smooth, mean, sigma, templates, deadline);
            adaptResolution(scanned.get(0));
            double scale = scale(scanned.get(0).chi2());
            refined = new ArrayList<>();
            for (Hypothesis start : TemplateScan.starts(scanned, scale)) {
                deadline.check();
                refined.add(fit(model(start.template())).refine(start, scale));
            }
            refined.sort(Comparator.comparingDouble(Hypothesis::chi2));
            return refined.get(0);
        }

        /** The best mixture, refined. */
        Hypothesis mixed(List<StarTemplate> templates) {
            Hypothesis best = best(templates);
            ColumnModel model = model(best.template());
            StarTemplate mixture = TemplateMixture.of(best, templates, model, smooth, scale(best.chi2()));
            return fit(model(mixture)).refine(best.with(mixture), scale(best.chi2()));
        }

        /**
         * The mixture of a cool star bent towards many templates, refined. Spectra of other types are known well enough without;
         * for them more freedom is more scatter.
         */
        Hypothesis blended(Hypothesis mixture, List<StarTemplate> templates) {
            if (!mixture.template().isCool()) {
                return mixture;
            }
            Hypothesis best = mixture;
            for (int round = 0; round < BLENDS; round++) {
                deadline.check();
                ColumnModel model = model(best.template());
                // always from the mixture: shares of a blend's own would be free twice
                TemplateBlend.Blend blend = TemplateBlend.of(best.with(mixture.template()), templates, model, smooth);
                Hypothesis start = best.with(blend.template());
                double[] edges = model.edgesNm(best.distanceMm(), best.shiftPx());
                double chi2 = smooth.with(model.bands(edges))
                        .chi2(ColumnModel.light(model.seen(blend.template(), best.redshift()), edges));
                best = fit(model(blend.template())).refine(start, scale(chi2), blend);
            }
            return best;
        }

        /** Takes the resolution at which a hypothesis fits best: profiles have wings, and the seeing is a mean. */
        private void adaptResolution(Hypothesis at) {
            ColumnModel start = nominal;
            double[] edges = start.edgesNm(at.distanceMm(), at.shiftPx());
            double least = Double.POSITIVE_INFINITY;
            for (double factor : RESOLUTIONS) {
                ColumnModel model = start.widened(factor);
                double chi2 = smooth.with(model.bands(edges))
                        .chi2(ColumnModel.light(model.seen(at.template(), at.redshift()), edges));
                if (chi2 < least) {
                    least = chi2;
                    nominal = model;
                }
            }
        }

        /** Least χ² of templates at a place. */
        double least(List<StarTemplate> templates, Hypothesis at) {
            double[] edges = model(at.template()).edgesNm(at.distanceMm(), at.shiftPx());
            SmoothFactor there = smooth.with(nominal.bands(edges));
            double least = Double.POSITIVE_INFINITY;
            for (StarTemplate t : templates) {
                least = Math.min(least, there.chi2(ColumnModel.light(nominal.seen(t, 0), edges)));
            }
            return least;
        }

        /** χ² of a spectrum that has no features at all. */
        double bare(Hypothesis at) {
            double[] one = new double[TemplateGrid.SIZE];
            Arrays.fill(one, 1);
            return smooth.chi2(ColumnModel.light(one, nominal.edgesNm(at.distanceMm(), at.shiftPx())));
        }

        /** How far the factor between a hypothesis and the spectrum is from being the same everywhere. */
        double spread(Hypothesis at) {
            double[] edges = model(at.template()).edgesNm(at.distanceMm(), at.shiftPx());
            return smooth.with(nominal.bands(edges))
                    .spread(ColumnModel.light(nominal.seen(at.template(), at.redshift()), edges));
        }

        /** χ² of a star without lines behind the same air. */
        double flat(Hypothesis at) {
            double[] one = new double[TemplateGrid.SIZE];
            Arrays.fill(one, 1);
            double[] seen = nominal.seen(new StarTemplate("", Set.of(), one), 0);
            double[] edges = nominal.edgesNm(at.distanceMm(), at.shiftPx());
            return smooth.with(nominal.bands(edges)).chi2(ColumnModel.light(seen, edges));
        }

        /** Share of all candidates' likelihood that lies near the best distance. */
        double probability(Hypothesis best) {
            double scale = scale(best.chi2());
            double least = scanned.get(0).chi2();
            double near = 0;
            double all = 0;
            for (Hypothesis h : scanned) {
                double p = Math.exp(-0.5 * (h.chi2() - least) / scale);
                all += p;
                near += Math.abs(h.distanceMm() - scanned.get(0).distanceMm()) < TemplateScan.SAME_MM ? p : 0;
            }
            return near / all;
        }

        private List<ReferenceChoice.Alternative> alternatives(Hypothesis best) {
            double[] edges = model(best.template()).edgesNm(best.distanceMm(), best.shiftPx());
            double scale = scale(best.chi2());
            SmoothFactor there = smooth.with(nominal.bands(edges));
            return Alternatives.of(
                    best,
                    library.templates(),
                    smooth.freedom(),
                    t -> there.chi2(ColumnModel.light(nominal.seen(t, best.redshift()), edges)),
                    start -> fit(model(start.template())).refine(start, scale));
        }

        ReferenceChoice choice(Hypothesis best, double probability) {
            return choice(best, probability, ReferenceChoice.Origin.TEMPLATE);
        }

        /** The known energy distribution as the reference. */
        ReferenceChoice known(Hypothesis best) {
            return choice(best, 1, ReferenceChoice.Origin.KNOWN).known();
        }

        private ReferenceChoice choice(Hypothesis best, double probability, ReferenceChoice.Origin origin) {
            double[] edges = model(best.template()).edgesNm(best.distanceMm(), best.shiftPx());
            double[] light = ColumnModel.light(nominal.seen(best.template(), best.redshift()), edges);
            double[] factor = smooth.with(nominal.bands(edges)).fit(light).factor();
            double square = 0;
            double used = 0;
            for (int i = 0; i < data.length; i++) {
                double expected = factor[i] * light[i];
                if (weight[i] > 0 && expected > 0) {
                    double share = weight[i] * expected * expected;
                    double r = data[i] / expected - 1;
                    square += share * r * r;
                    used += share;
                }
            }
            return new ReferenceChoice(
                    origin,
                    best.template().name(),
                    best.template().sed(best.redshift()),
                    best.redshift(),
                    Math.sqrt(best.covariance()[8]),
                    best.place(),
                    probability,
                    Math.sqrt(square / Math.max(used, 1e-300)),
                    origin == ReferenceChoice.Origin.KNOWN ? List.of() : alternatives(best));
        }
    }

    /** What typical water takes out of each column, at the nominal wavelengths. */
    private static double[] waterDepth(LightPath path, TraceGeometry geometry, ColumnSpectrum spectrum) {
        double[] water = path.water(TemplateGrid.lambdasNm());
        double[] lambda = geometry.wavelengths(spectrum.firstColumn(), 1, spectrum.size(), 1);
        double[] depth = new double[lambda.length];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = Double.isNaN(lambda[i]) ? 0 : Math.max(0, 1 - TemplateGrid.at(water, lambda[i]));
        }
        return GaussianFilter.smooth(depth, spectrum.meanFwhmPx());
    }

    private static double[] weights(ColumnSpectrum spectrum, double[] firstOrder, double[] waterDepth) {
        int n = firstOrder.length;
        double[] smooth = GaussianFilter.smooth(firstOrder, CONTINUUM_SIGMA_PX);
        double top = 0;
        for (double v : smooth) {
            top = Math.max(top, v);
        }
        double[] weight = new double[n];
        for (int i = EDGE_PX; i < n - EDGE_PX; i++) {
            if (spectrum.flags()[i] == 0) {
                double second = spectrum.rate()[i] - firstOrder[i];
                double variance = spectrum.error(i) * spectrum.error(i)
                        + square(MODEL_ERROR * smooth[i])
                        + square(FAINT_ERROR * top)
                        + square(WATER_ERROR * waterDepth[i] * smooth[i])
                        + square(SECOND_ORDER_ERROR * second);
                weight[i] = variance > 0 ? 1 / variance : 0;
            }
        }
        return weight;
    }

    private static double square(double v) {
        return v * v;
    }
}
