package io.spectractor.core.forward;

import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.config.DispersionConfig;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.config.SpectrumConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.fit.SymmetricSolver;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.forward.equations.ParameterPriors;
import io.spectractor.core.forward.equations.Template;
import io.spectractor.core.forward.neighbours.FieldStars;
import io.spectractor.core.forward.neighbours.KnownSourceLight;
import io.spectractor.core.forward.neighbours.NeighbourSearch;
import io.spectractor.core.forward.neighbours.NeighbourSpectrum;
import io.spectractor.core.forward.neighbours.NeighbourSpectrumSearch;
import io.spectractor.core.forward.stamps.ProfileCorrection;
import io.spectractor.core.psf.ChromaticShape;
import io.spectractor.core.psf.PointSpreadFunction;
import java.util.Arrays;
import java.util.List;

/** Window, parameters, priors and start of a fit, made from what is known before it. Immutable. */
public final class ForwardSetup {
    /**
     * Half width of a stamp along the dispersion, in FWHM. The light beyond, 2 % of a Moffat profile's, is that of the
     * amplitudes of the fit before: with stamps of 4 FWHM fluxes differ by less than 2 % of their error (root mean square).
     */
    private static final double HALF_FWHM = 2.5;

    private static final int MIN_HALF_PX = 8;
    private static final int MAX_HALF_PX = 30;
    /** 1σ of the factor on a tabulated ratio of the orders, and on an assumed one. */
    private static final double RATIO_ERROR = 0.01;

    private static final double ASSUMED_RATIO_ERROR = 1;
    private static final double THIRD_RATIO_ERROR = 0.1;
    /** 1σ of what fraction a higher order is wider or narrower than the first at the same wavelength. */
    private static final double WIDER_ERROR = 0.1;
    /** How much the water above a site varies, mm. */
    private static final double WATER_PRIOR_MM = 5;

    /** Lines and template see the same pixels: the lines count for a quarter of what they say. */
    private static final double LINES_VARIANCE = 4;

    private static final double TRACE_PRIOR_PX = 5;
    private static final double STAR_POSITION_PX = 1;
    private static final double NEIGHBOUR_POSITION_PX = 2;
    /** 1σ of a neighbour's light, in the brightest that the residuals show. */
    private static final double NEIGHBOUR_LIGHT = 10;

    public final ForwardInput input;
    final PsfConfig psfConfig;
    public final PointSpreadFunction psf;
    public final ProfileWindow window;
    public final TraceGeometry geometry;
    public final int half;
    public final ForwardParameters layout;
    public final ParameterPriors priors;
    final KnownSourceLight known;
    final NeighbourSpectrum neighbour;
    final FieldStars stars;
    public final double[] start;
    /** What the profile has beyond its family. */
    public final ProfileCorrection correction;

    private ForwardSetup(
            ForwardInput input,
            PsfConfig psfConfig,
            ProfileWindow window,
            ForwardParameters layout,
            ParameterPriors priors,
            NeighbourSpectrum neighbour,
            FieldStars stars,
            double[] start,
            ProfileCorrection correction) {
        this.input = input;
        this.psfConfig = psfConfig;
        this.psf = PointSpreadFunction.of(psfConfig.type());
        this.window = window;
        this.geometry = input.lines().geometry();
        this.half = half(input.profile());
        this.layout = layout;
        this.priors = priors;
        this.known = known(input, window, psf);
        this.neighbour = neighbour;
        this.stars = stars;
        this.start = start;
        this.correction = correction;
    }

    public static ForwardSetup of(
            ForwardInput input, SpectrumConfig config, PsfConfig psfConfig, DispersionConfig dispersion) {
        PointSpreadFunction psf = PointSpreadFunction.of(psfConfig.type());
        ColumnSpectrum profile = input.profile();
        ProfileWindow window = ProfileWindow.cut(
                input.image(), input.sky(), profile.firstColumn(), input.startY(), config.halfHeightPx());
        double[] skyPrecision = skyPrecision(input);
        KnownSourceLight known = known(input, window, psf);
        ForwardParameters layout = new ForwardParameters(
                startSeries(input, psfConfig, psf),
                window.columns,
                psf.lowerBounds(),
                psf.upperBounds(config.halfHeightPx()),
                skyPrecision.length == 0 ? 0 : input.sky().size(),
                known.size());
        TraceGeometry geometry = input.lines().geometry();
        ReferenceSpectrum reference = input.reference();
        double water = reference == null ? 0 : reference.typicalWaterMm();
        double[] start = layout.start(new Template(geometry.distanceMm(), geometry.shiftPx(), water));
        System.arraycopy(known.mean(), 0, start, layout.known, known.size());
        double[] sigma = new double[layout.count];
        Arrays.fill(sigma, Double.POSITIVE_INFINITY);
        System.arraycopy(known.sigma(), 0, sigma, layout.known, known.size());
        double[] defaults = psf.defaultShape();
        for (int q = 0; q < layout.order2; q++) {
            int p = layout.slopeOf(q);
            sigma[q] = p == 0 ? TRACE_PRIOR_PX : 2 * Math.max(Math.abs(defaults[p - 1]), 0.5);
        }
        double ratioError = input.ratioAssumed() ? ASSUMED_RATIO_ERROR : RATIO_ERROR;
        sigma[layout.order2] = dispersion.subtractOrder2() ? ratioError : 0;
        sigma[layout.order3] = dispersion.subtractOrder2() ? (input.thirdAssumed() ? 1 : THIRD_RATIO_ERROR) : 0;
        sigma[layout.width2] = dispersion.subtractOrder2() ? WIDER_ERROR : 0;
        sigma[layout.width3] = dispersion.subtractOrder2() ? WIDER_ERROR : 0;
        sigma[layout.distance] = 0;
        sigma[layout.distance + 1] = 0;
        sigma[layout.distance + 2] = reference == null ? 0 : WATER_PRIOR_MM;
        ParameterPriors priors =
                new ParameterPriors(start, sigma, layout.sky, layout.skySize, skyPrecision, new double[4]);
        NeighbourSpectrum noSpectrum = new NeighbourSpectrum(window, input.startY(), psf.shapeCount(), false);
        FieldStars noStars = new FieldStars(window, List.of(), psf.shapeCount());
        return new ForwardSetup(
                input, psfConfig, window, layout, priors, noSpectrum, noStars, start, ProfileCorrection.NONE);
    }

    private static KnownSourceLight known(ForwardInput input, ProfileWindow window, PointSpreadFunction psf) {
        double[] lambda = input.lines().geometry().wavelengths(window.firstColumn, 1, window.columns, 1);
        return new KnownSourceLight(window, input.known(), lambda, psf.shapeCount());
    }

    /** The same with distance and shift free, starting from fitted parameters. */
    public ForwardSetup withWavelengths(double[] fitted) {
        return new ForwardSetup(
                input,
                psfConfig,
                window,
                layout,
                priors.withWavelengths(true, wavePrecision(input.lines())),
                neighbour,
                stars,
                fitted,
                correction);
    }

    /** The same with another correction of the profile, starting from fitted parameters. */
    ForwardSetup withCorrection(ProfileCorrection learned, double[] fitted) {
        return new ForwardSetup(input, psfConfig, window, layout, priors, neighbour, stars, fitted, learned);
    }

    /** The same with a neighbour's spectrum and no stars, starting from fitted parameters. */
    public ForwardSetup withNeighbour(NeighbourSpectrumSearch.Found found, double[] fitted) {
        NeighbourSpectrum spectrum = new NeighbourSpectrum(window, input.startY(), psf.shapeCount(), true);
        ForwardParameters with = layout.withNeighbour(spectrum.size());
        double[] mean = new double[spectrum.size()];
        double[] sigma = new double[spectrum.size()];
        mean[0] = found.offsetPx();
        sigma[0] = NEIGHBOUR_POSITION_PX;
        System.arraycopy(found.light(), 0, mean, 1, found.light().length);
        // only knots without a pixel are left to this prior
        Arrays.fill(
                sigma,
                1,
                sigma.length,
                NEIGHBOUR_LIGHT * Arrays.stream(found.light()).max().orElse(1));
        double[] from = Arrays.copyOf(fitted, with.count);
        System.arraycopy(mean, 0, from, with.neighbour, mean.length);
        System.arraycopy(fitted, layout.distance, from, with.distance, Template.SIZE);
        return new ForwardSetup(
                input,
                psfConfig,
                window,
                with,
                priors.with(with.neighbour, mean, sigma),
                spectrum,
                stars,
                from,
                correction);
    }

    /** The same with stars under the spectrum, starting from fitted parameters. */
    public ForwardSetup withStars(List<NeighbourSearch.Candidate> found, double[] fitted) {
        ForwardParameters with = layout.withStars(found.size());
        double[] from = Arrays.copyOf(fitted, with.count);
        System.arraycopy(fitted, layout.distance, from, with.distance, Template.SIZE);
        double[] sigma = new double[with.distance - layout.distance];
        for (int s = 0; s < found.size(); s++) {
            NeighbourSearch.Candidate star = found.get(s);
            int at = with.stars + FieldStars.PARAMETERS * s;
            from[at] = star.rate();
            from[at + 1] = star.column();
            from[at + 2] = window.firstRow[star.column()] + star.row();
            sigma[FieldStars.PARAMETERS * s] = Double.POSITIVE_INFINITY;
            sigma[FieldStars.PARAMETERS * s + 1] = STAR_POSITION_PX;
            sigma[FieldStars.PARAMETERS * s + 2] = STAR_POSITION_PX;
        }
        double[] mean = Arrays.copyOfRange(from, with.stars, with.distance);
        FieldStars field = new FieldStars(window, found, psf.shapeCount());
        return new ForwardSetup(
                input,
                psfConfig,
                window,
                with,
                priors.with(with.stars, mean, sigma),
                neighbour,
                field,
                from,
                correction);
    }

    private static int half(ColumnSpectrum profile) {
        return (int) Math.min(MAX_HALF_PX, Math.max(MIN_HALF_PX, Math.ceil(HALF_FWHM * profile.meanFwhmPx())));
    }

    /** Trace correction and shape of the transverse fit as series. */
    private static ChromaticShape startSeries(ForwardInput input, PsfConfig config, PointSpreadFunction psf) {
        ColumnSpectrum profile = input.profile();
        int n = profile.size();
        double[] rows = input.lines().geometry().rows(profile.firstColumn(), n, 1);
        double[] t = new double[n];
        double[][] values = new double[n][psf.shapeCount() + 1];
        double[] weights = new double[n];
        for (int c = 0; c < n; c++) {
            t[c] = ChromaticShape.coordinate(c, n);
            values[c][0] = profile.traceY()[c] - rows[c];
            for (int s = 0; s < psf.shapeCount(); s++) {
                values[c][s + 1] = profile.shape().get(s)[c];
            }
            double snr = profile.rate()[c] / profile.error(c);
            // All columns count a little, so that even the faintest spectrum has a trace.
            weights[c] = 1e-6 + Math.max(0, Math.min(snr * snr, 1e4));
        }
        int[] degrees = new int[psf.shapeCount() + 1];
        Arrays.fill(degrees, config.degree());
        degrees[0] = config.traceDegree();
        return ChromaticShape.fit(t, values, weights, degrees);
    }

    /**
     * Inverse covariance of the line solution. Lines and template see the same pixels; the lines, robust against features
     * that the reference lacks, keep the template from running away.
     */
    private static double[] wavePrecision(WavelengthSolution lines) {
        double d = LINES_VARIANCE * lines.distanceErrMm() * lines.distanceErrMm();
        double s = LINES_VARIANCE * lines.shiftErrPx() * lines.shiftErrPx();
        double c = LINES_VARIANCE * lines.covariance();
        return SymmetricSolver.inverse(new double[] {d, c, c, s}, 2);
    }

    /** Inverse covariance of the sky's coefficients; empty when the sky is known exactly. */
    private static double[] skyPrecision(ForwardInput input) {
        try {
            return SymmetricSolver.inverse(input.sky().covariance(), input.sky().size());
        } catch (FitException e) {
            return new double[0];
        }
    }
}
