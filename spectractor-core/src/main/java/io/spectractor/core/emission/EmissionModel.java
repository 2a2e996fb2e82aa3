package io.spectractor.core.emission;

import io.spectractor.core.background.SkyModel;
import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.config.DispersionConfig;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.config.SpectrumConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.OutlierRejection;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.psf.PointSpreadFunction;
import java.util.Arrays;

/**
 * Fits the pixels of a spectrogram of lines: light and places of all lines, their profile, a smooth continuum and the sky.
 * Nothing is deconvolved, so nothing rings.
 */
public final class EmissionModel {
    private static final int STEPS = 6;
    /** What the profile leaves of a line, as a fraction of its light. */
    private static final double MODEL_ERROR = 0.03;

    private static final double RATIO_ERROR = 0.01;
    private static final double WIDTH_ERROR = 0.2;
    private static final double TRACE_ERROR_PX = 0.5;
    /** 1σ of shape parameters, and of the variance that lines have of their own, px². */
    private static final double SHAPE_ERROR = 1;

    private static final double FWHM_PER_SIGMA = 2.3548;
    /** Lines see the same pixels as the solution before. */
    private static final double BEFORE_VARIANCE = 25;

    private final SpectrumConfig config;
    private final PsfConfig psfConfig;
    private final DispersionConfig dispersion;

    public EmissionModel(SpectrumConfig config, PsfConfig psfConfig, DispersionConfig dispersion) {
        this.config = config;
        this.psfConfig = psfConfig;
        this.dispersion = dispersion;
    }

    /**
     * What is known before.
     *
     * @param startY trace that the window of {@code profile} was cut about, px
     * @param profile the spectrum extracted column by column
     * @param emission its lines
     * @param even what a source of even light would give per column
     * @param ratioAssumed whether the second order's ratio is a guess
     */
    public record Input(
            CcdImage image,
            SkyModel sky,
            double[] startY,
            ColumnSpectrum profile,
            Emission emission,
            EvenLight even,
            OrderOverlap orderTwo,
            boolean ratioAssumed) {}

    /**
     * The fit.
     *
     * @param columns the first order: lines as narrow Gaussians on the continuum
     * @param emission the lines with their light in order 1
     * @param second order 2 per column, ADU/s
     */
    public record Output(ColumnSpectrum columns, Emission emission, double[] second) {}

    /** Fits the pixels. */
    public Output solve(Input input, Deadline deadline) {
        ColumnSpectrum before = input.profile();
        PointSpreadFunction psf = PointSpreadFunction.of(psfConfig.type());
        ProfileWindow window = ProfileWindow.cut(
                input.image(), input.sky(), before.firstColumn(), input.startY(), config.halfHeightPx());
        TraceGeometry geometry = input.emission().solution().geometry();
        double[] lambdas = input.emission().lines().stream()
                .mapToDouble(MeasuredLine::lambdaNm)
                .toArray();
        Continuum continuum =
                new Continuum(input.even(), before.rate(), input.emission().resolved());
        WavelengthSolution solution = input.emission().solution();
        double[] means = new double[PixelScene.parameters(psf)];
        double[] sigmas = new double[means.length];
        Arrays.fill(sigmas, SHAPE_ERROR);
        means[0] = geometry.distanceMm();
        means[1] = geometry.shiftPx();
        sigmas[0] = Math.sqrt(BEFORE_VARIANCE) * solution.distanceErrMm();
        sigmas[1] = Math.sqrt(BEFORE_VARIANCE) * solution.shiftErrPx();
        means[PixelScene.WIDTH] = 1;
        Arrays.fill(sigmas, PixelScene.WIDTH, PixelScene.TRACE, WIDTH_ERROR);
        Arrays.fill(sigmas, PixelScene.TRACE, PixelScene.ORDER2, TRACE_ERROR_PX);
        means[PixelScene.ORDER2] = 1;
        sigmas[PixelScene.ORDER2] = dispersion.subtractOrder2() ? (input.ratioAssumed() ? 1 : RATIO_ERROR) : 0;
        double wider = Math.max(input.emission().width(), 1);
        means[PixelScene.LINE] = (wider * wider - 1) * Math.pow(before.meanFwhmPx() / FWHM_PER_SIGMA, 2);
        OutlierRejection judge = new OutlierRejection(config.clipSigma(), MODEL_ERROR);
        double[] weight = OutlierRejection.weights(window, before.model(), window.mask);
        PixelScene scene = null;
        LineFit.Result fit = null;
        double[] at = means;
        for (int round = 0; round < 2; round++) {
            scene = new PixelScene(
                    before,
                    window,
                    geometry,
                    psf,
                    continuum,
                    input.orderTwo()::ratio,
                    new Doublets(input.emission().redshift()),
                    weight,
                    means,
                    sigmas);
            fit = new LineFit(scene, lambdas, deadline).fit(at, STEPS);
            at = fit.parameters();
            if (round == 0) {
                weight = OutlierRejection.weights(window, fit.model(), judge.judge(window, fit.model()));
            }
        }
        return new LineAssembly(input, window, psf, continuum, scene, fit, lambdas).assemble();
    }
}
