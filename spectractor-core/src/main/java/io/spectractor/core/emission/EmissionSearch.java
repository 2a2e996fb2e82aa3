package io.spectractor.core.emission;

import io.spectractor.core.calibration.FeatureShift;
import io.spectractor.core.calibration.LineFeature;
import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.config.DispersionConfig;
import io.spectractor.core.emission.LinePeaks.Peak;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.target.ExpectedLine;
import io.spectractor.core.target.SpectralLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Takes a spectrum for a sum of narrow lines on a smooth continuum: finds its peaks, identifies them by their pattern, and
 * fits lines, distance and shift together.
 */
public final class EmissionSearch {
    /** Peaks without which nothing can be identified. */
    private static final int FEWEST = 3;
    /** Height over the continuum of the third of the highest peaks, in a spectrum of lines. */
    private static final double CONTRAST = 2;
    /** Share of the light that is in peaks. */
    private static final double SHARE = 0.15;
    /** Fall of χ², in its scale, that a line must bring. */
    private static final double WORTH = 20;
    /** The same of a line that the catalogue lacks. */
    private static final double WORTH_STRANGER = 80;
    /** What the fall by a line counts that the catalogue does not call bright: a brighter one beside it may be meant. */
    private static final double RARE = 0.67;
    /** Share of a line that nothing else can take for its own, without which it is not looked for. */
    private static final double OWN = 0.05;
    /** Lines nearer to each other are one, in FWHM. */
    private static final double BLEND = 0.4;
    /** A stranger that is nearer to a line is what its profile leaves, in FWHM. */
    private static final double APART = 1.5;

    /** Share of a lamp's peaks that its lines explain at the right distance. */
    private static final double EXPLAINED = 0.6;
    /** Relative error of a lamp's distance if they don't. */
    private static final double WIDE = 0.25;

    private static final int MOST_LINES = 45;
    private static final int STEPS = 8;
    /** Velocities of nebulae, v/c. */
    private static final double REDSHIFT_ERR = 1.5e-4;

    /** How much wider than the image the lines of quasars are looked for. */
    private static final double BROAD = 2.5;

    private static final double WIDTH_ERR = 0.3;
    private static final double WIDTH_ERR_BROAD = 3;
    /** No centre is better than this, px: what the profile's asymmetry and the refraction leave. */
    static final double PLACE_ERR_PX = 0.03;

    private final DispersionConfig dispersion;
    private final PointSpreadFunction psf;

    public EmissionSearch(DispersionConfig dispersion, PointSpreadFunction psf) {
        this.dispersion = dispersion;
        this.psf = psf;
    }

    /**
     * What is asked.
     *
     * @param spectrum all orders together
     * @param nominal geometry with the nominal distance
     * @param even what a source of even light would give per column
     * @param orderTwo the second order
     * @param lines lines that it may have, at rest, nm in air
     * @param redshifts that it may have
     * @param shiftErrPx 1σ of the shift of order 0, px
     * @param broad whether lines may be wider than the image
     */
    public record Question(
            ColumnSpectrum spectrum,
            TraceGeometry nominal,
            EvenLight even,
            OrderOverlap orderTwo,
            List<ExpectedLine> lines,
            double[] redshifts,
            double shiftErrPx,
            boolean broad) {}

    /**
     * The lines, if the spectrum is one of lines.
     *
     * @param sure whether the object is known to have lines; else they must stand out
     */
    public Optional<Emission> search(Question q, boolean sure, Deadline deadline) {
        ColumnSpectrum s = q.spectrum();
        double[] continuum = LinePeaks.continuum(s.rate());
        double[] error = LinePeaks.errors(s);
        List<Peak> peaks = LinePeaks.find(s.rate(), error, continuum, LinePeaks.profile(s, q.broad() ? BROAD : 1));
        if (peaks.size() < FEWEST || !(sure || standOut(peaks, s))) {
            return Optional.empty();
        }
        double distanceErrMm = dispersion.distanceErrorMm();
        LinePattern.Match match = match(q, peaks, distanceErrMm, deadline);
        int explained = LinePattern.explained(match, peaks, q.lines(), q.nominal(), s.firstColumn());
        if (isLamp(q) && explained < Math.max(FEWEST, EXPLAINED * peaks.size())) {
            double wide = Math.max(distanceErrMm, WIDE * q.nominal().distanceMm());
            LinePattern.Match other = match(q, peaks, wide, deadline);
            int more = LinePattern.explained(other, peaks, q.lines(), q.nominal(), s.firstColumn());
            if (more > FEWEST && more > explained) {
                match = other;
                distanceErrMm = wide;
            }
        }
        return Optional.of(new Fit(q, match, distanceErrMm, deadline).run());
    }

    private static LinePattern.Match match(Question q, List<Peak> peaks, double distanceErrMm, Deadline deadline) {
        return LinePattern.search(
                peaks,
                q.lines(),
                q.nominal(),
                q.spectrum().firstColumn(),
                q.spectrum().size(),
                new LinePattern.Prior(q.nominal().distanceMm(), distanceErrMm, q.shiftErrPx(), q.redshifts()),
                deadline);
    }

    /** A lamp stands on a bench whose distance may be known by eye only, and its few lines have a pattern of their own. */
    private static boolean isLamp(Question q) {
        return !q.lines().isEmpty()
                && q.lines().stream().allMatch(line -> line.line().origin() == SpectralLine.Origin.LAMP);
    }

    private static boolean standOut(List<Peak> peaks, ColumnSpectrum s) {
        double[] contrast = peaks.stream().mapToDouble(Peak::contrast).sorted().toArray();
        double light = peaks.stream().mapToDouble(Peak::rate).sum();
        return contrast[contrast.length - FEWEST] > CONTRAST
                && light > SHARE * Arrays.stream(s.rate()).sum();
    }

    /** One spectrum whose lines are known about. */
    private final class Fit {
        private final Question q;
        private final ColumnSpectrum s;
        private final LinePattern.Match match;
        private final Deadline deadline;
        private final Continuum below;
        private final Doublets doublets;
        private final double[] means;
        private final double[] sigmas;
        private ColumnScene scene;
        /** Chosen lines; null for strangers, which have only a wavelength. */
        private final List<ExpectedLine> lines = new ArrayList<>();

        private final List<Double> strangers = new ArrayList<>();
        private double[] at;

        Fit(Question q, LinePattern.Match match, double distanceErrMm, Deadline deadline) {
            this.q = q;
            this.s = q.spectrum();
            this.match = match;
            this.deadline = deadline;
            this.below = new Continuum(q.even(), s.rate(), q.broad());
            this.doublets = new Doublets(match.redshift());
            this.means = new double[] {q.nominal().distanceMm(), 0, 1};
            this.sigmas = new double[] {distanceErrMm, q.shiftErrPx(), q.broad() ? WIDTH_ERR_BROAD : WIDTH_ERR};
            this.at = new double[] {match.distanceMm(), match.shiftPx(), 1};
            this.scene = scene(s.rate());
        }

        private ColumnScene scene(double[] expected) {
            return new ColumnScene(s, q.nominal(), psf, below, q.orderTwo()::ratio, doublets, expected, means, sigmas);
        }

        Emission run() {
            choose();
            LineFit.Result fit = fit().fit(at, STEPS);
            for (int round = 0; round < 2; round++) {
                at = fit.parameters();
                scene = scene(fit.model());
                choose();
                if (round > 0) {
                    addUnidentifiedLines();
                }
                fit = fit().fit(at, STEPS);
            }
            at = fit.parameters();
            return emission(fit);
        }

        private double[] wavelengths() {
            double[] lambda = new double[lines.size() + strangers.size()];
            for (int k = 0; k < lambda.length; k++) {
                lambda[k] = k < lines.size() ? moved(lines.get(k)) : strangers.get(k - lines.size());
            }
            return lambda;
        }

        private double moved(ExpectedLine line) {
            return line.wavelengthNm() * (1 + match.redshift());
        }

        private LineFit fit() {
            return new LineFit(scene, wavelengths(), deadline);
        }

        /** Chooses lines of the catalogue anew, each the one that lowers χ² most. */
        private void choose() {
            lines.clear();
            List<ExpectedLine> candidates = new ArrayList<>();
            TraceGeometry geometry = q.nominal().with(at[0], at[1]);
            for (ExpectedLine line : q.lines()) {
                double column = geometry.columnOf(moved(line), 1) - s.firstColumn();
                if (column > 1 && column < s.size() - 2) {
                    candidates.add(line);
                }
            }
            double[] lambda = candidates.stream().mapToDouble(this::moved).toArray();
            double[][] responses = scene.components(at, lambda);
            while (lines.size() < MOST_LINES) {
                deadline.check();
                LineFit.Result now = fit().strengths(at);
                prune(now);
                int best = -1;
                double gain = 0;
                for (int k = 0; k < lambda.length; k++) {
                    double fall = fall(responses[k], now);
                    double counts = LinePattern.isBright(candidates.get(k)) ? fall : RARE * fall;
                    if (fall > WORTH * now.scale() && counts > gain && isFree(lambda[k], geometry)) {
                        gain = counts;
                        best = k;
                    }
                }
                if (best < 0) {
                    break;
                }
                lines.add(candidates.get(best));
            }
            while (prune(fit().strengths(at))) {
                deadline.check();
            }
            // a partner that the image tells apart stands alone
            for (ExpectedLine candidate : candidates) {
                double there = moved(candidate);
                if (lines.stream().anyMatch(l -> doublets.partner(moved(l)).orElse(0) == there)
                        && isFree(there, geometry)) {
                    lines.add(candidate);
                }
            }
            lines.sort(Comparator.comparingDouble(ExpectedLine::wavelengthNm));
        }

        /** How much χ² falls with a component more, all others free; 0 if it would be negative. */
        private double fall(double[] response, LineFit.Result now) {
            int m = now.strengths().length;
            double cross = 0;
            double norm = 0;
            double[] shared = new double[m];
            for (int i = 0; i < response.length; i++) {
                double weighted = scene.weight()[i] * response[i];
                if (weighted != 0) {
                    cross += weighted * (s.rate()[i] - now.model()[i]);
                    norm += weighted * response[i];
                    for (int k = 0; k < m; k++) {
                        shared[k] += weighted * now.components()[k][i];
                    }
                }
            }
            double taken = 0;
            for (int k = 0; k < m; k++) {
                for (int l = 0; l < m; l++) {
                    taken += shared[k] * now.covariance(k, l) * shared[l];
                }
            }
            double alone = norm - taken;
            return cross > 0 && alone > OWN * norm ? cross * cross / alone : 0;
        }

        private boolean isFree(double lambda, TraceGeometry geometry) {
            // the fainter line of a pair without the brighter one is that one in the wrong place
            if (doublets.brighterPartner(lambda).stream()
                    .anyMatch(brighter -> Arrays.stream(wavelengths()).noneMatch(l -> l == brighter))) {
                return false;
            }
            double column = geometry.columnOf(lambda, 1);
            for (double other : wavelengths()) {
                if (Math.abs(geometry.columnOf(other, 1) - column) < BLEND * s.meanFwhmPx()) {
                    return false;
                }
            }
            return true;
        }

        /** Takes out lines that are no light; whether there were any. */
        private boolean prune(LineFit.Result fit) {
            boolean any = false;
            for (int k = lines.size() - 1; k >= 0; k--) {
                if (!(fit.strengths()[k] > 2 * Math.sqrt(fit.covariance(k, k)))) {
                    lines.remove(k);
                    any = true;
                }
            }
            return any;
        }

        /** Adds peaks that no line of the catalogue explains. */
        private void addUnidentifiedLines() {
            TraceGeometry geometry = q.nominal().with(at[0], at[1]);
            LineFit.Result fit = fit().strengths(at);
            double[] error = new double[s.size()];
            for (int i = 0; i < error.length; i++) {
                double w = scene.weight()[i];
                error[i] = w > 0 ? Math.sqrt(fit.scale() / w) : 1e30;
            }
            double[] left = new double[s.size()];
            for (int i = 0; i < left.length; i++) {
                left[i] = s.rate()[i] - fit.model()[i];
            }
            double reach = APART * s.meanFwhmPx() * at[2];
            for (Peak peak : LinePeaks.find(left, error, new double[s.size()], LinePeaks.profile(s, at[2]))) {
                double column = s.firstColumn() + peak.column();
                double lambda = geometry.wavelengths(column, 1, 1, 1)[0];
                boolean apart = Arrays.stream(wavelengths())
                        .noneMatch(other -> Math.abs(geometry.columnOf(other, 1) - column) < reach
                                || Math.abs(geometry.columnOf(other, 2) - column) < reach);
                if (apart && peak.snr() * peak.snr() > WORTH_STRANGER && !Double.isNaN(lambda)) {
                    strangers.add(lambda);
                }
            }
        }

        private Emission emission(LineFit.Result fit) {
            double scale = fit.scale();
            double[] lambda = wavelengths();
            int m = fit.strengths().length;
            TraceGeometry geometry = q.nominal().with(at[0], at[1]);
            List<MeasuredLine> measured = new ArrayList<>();
            List<FeatureShift> features = new ArrayList<>();
            LineShifts shifts = new LineShifts(scene, fit, lambda);
            for (int k = 0; k < lambda.length; k++) {
                double rate = fit.strengths()[k];
                double error = Math.sqrt(scale * fit.covariance(k, k));
                double place = Math.hypot(shifts.errorPx(k), PLACE_ERR_PX);
                ExpectedLine line = k < lines.size() ? lines.get(k) : null;
                measured.add(new MeasuredLine(line, lambda[k], rate, error, shifts.shiftPx(k), place));
                if (line != null) {
                    ExpectedLine there = new ExpectedLine(line.line(), lambda[k], true);
                    features.add(new FeatureShift(
                            new LineFeature(List.of(there)),
                            shifts.shiftPx(k),
                            place,
                            rate / error,
                            geometry.columnOf(lambda[k], 1) + shifts.shiftPx(k),
                            fit.chi2() / fit.freedom()));
                }
            }
            measured.sort(Comparator.comparingDouble(MeasuredLine::lambdaNm));
            double floor = PLACE_ERR_PX * PLACE_ERR_PX / Math.max(1, lines.size());
            WavelengthSolution solution = new WavelengthSolution(
                    geometry,
                    Math.hypot(Math.sqrt(scale * fit.covariance(m, m)), REDSHIFT_ERR * at[0]),
                    Math.sqrt(scale * fit.covariance(m + 1, m + 1) + floor),
                    scale * fit.covariance(m, m + 1),
                    true,
                    features);
            double left = 0;
            double light = 0;
            for (int i = 0; i < s.size(); i++) {
                double r = s.rate()[i] - fit.model()[i];
                left += scene.weight()[i] > 0 ? r * r : 0;
                light += scene.weight()[i] > 0 ? s.rate()[i] * s.rate()[i] : 0;
            }
            return new Emission(
                    solution,
                    measured,
                    match.redshift(),
                    REDSHIFT_ERR,
                    match.probability(),
                    at[2],
                    Math.sqrt(left / Math.max(light, 1e-300)));
        }
    }
}
