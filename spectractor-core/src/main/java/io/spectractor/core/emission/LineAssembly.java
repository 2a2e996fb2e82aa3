package io.spectractor.core.emission;

import io.spectractor.core.calibration.FeatureShift;
import io.spectractor.core.calibration.OrderOverlap.Overlap;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.psf.PointSpreadFunction;
import java.util.ArrayList;
import java.util.List;

/** Turns a fit of the pixels of lines into columns with their covariance. */
final class LineAssembly {
    /** 1σ of the Gaussians as which lines stand in the spectrum, px: narrow, and wide enough to be seen and measured. */
    private static final double SHOWN_SIGMA_PX = 0.85;
    /** What is left of a line beside it, as a fraction of what the image shows there. */
    private static final double WINGS = 0.01;
    /** What the second order of the continuum may be wrong by, as a fraction of it. */
    private static final double RATIO_ERROR = 0.1;
    /** Relative error of every column that no light makes smaller. */
    private static final double MODEL_ERROR = 3e-3;
    /** The same of every line: its profile is one of a family. */
    private static final double LINE_ERROR = 0.01;

    private final EmissionModel.Input input;
    private final ProfileWindow window;
    private final PointSpreadFunction psf;
    private final Continuum continuum;
    private final PixelScene scene;
    private final LineFit.Result fit;
    private final double[] lambdas;
    private final TraceGeometry geometry;
    private final double scale;

    LineAssembly(
            EmissionModel.Input input,
            ProfileWindow window,
            PointSpreadFunction psf,
            Continuum continuum,
            PixelScene scene,
            LineFit.Result fit,
            double[] lambdas) {
        this.input = input;
        this.window = window;
        this.psf = psf;
        this.continuum = continuum;
        this.scene = scene;
        this.fit = fit;
        this.lambdas = lambdas;
        this.geometry = input.emission().solution().geometry().with(fit.parameters()[0], fit.parameters()[1]);
        this.scale = fit.scale();
    }

    EmissionModel.Output assemble() {
        int n = window.columns;
        double[] below = new double[n];
        for (int k = 0; k < continuum.size(); k++) {
            for (int i = 0; i < n; i++) {
                below[i] += fit.strengths()[lambdas.length + k] * continuum.part(k)[i];
            }
        }
        Overlap overlap = input.orderTwo().secondOrder(spectrum(below, new double[n * n]), geometry);
        double[] second = overlap.rate().clone();
        double[][] response = new double[lambdas.length + continuum.size()][n];
        double[] rate = new double[n];
        double[] wings = new double[n];
        for (int k = 0; k < lambdas.length; k++) {
            double x1 = geometry.columnOf(lambdas[k], 1) - window.firstColumn;
            double x2 = geometry.columnOf(lambdas[k], 2) - window.firstColumn;
            double light = fit.strengths()[k];
            double higher = light
                    * fit.parameters()[PixelScene.ORDER2]
                    * input.orderTwo().ratio(lambdas[k]);
            double[] seen = new double[n];
            show(response[k], x1, 1);
            show(second, x2, higher);
            var profile = psf.at(scene.shape(fit.parameters(), (int) Math.min(Math.max(Math.rint(x1), 0), n - 1)));
            for (int i = 0; i < n; i++) {
                rate[i] += light * response[k][i];
                seen[i] = Math.abs(light) * profile.pixelTransverse(i - x1)
                        + Math.abs(higher) * profile.pixelTransverse(i - x2);
                wings[i] += seen[i];
            }
        }
        for (int i = 0; i < n; i++) {
            // what lies below the lines is all orders: where the second is the brighter one, the first is not seen
            double first = Math.max(below[i] - overlap.rate()[i], 0);
            rate[i] += first;
            for (int k = 0; k < continuum.size(); k++) {
                double share = below[i] != 0 ? first / below[i] : 1;
                response[lambdas.length + k][i] = continuum.part(k)[i] * Math.min(Math.max(share, 0), 1);
            }
        }
        double[] order2 = overlap.rate();
        for (int i = 0; i < n; i++) {
            wings[i] += order2[i] * (below[i] > 2 * order2[i] ? RATIO_ERROR : 1) / WINGS;
        }
        return new EmissionModel.Output(spectrum(rate, covariance(response, rate, wings)), emission(), second);
    }

    /** A line as a narrow Gaussian. */
    private static void show(double[] row, double centre, double light) {
        if (Double.isNaN(centre) || light == 0) {
            return;
        }
        double norm = light / (SHOWN_SIGMA_PX * Math.sqrt(2 * Math.PI));
        int from = (int) Math.max(0, Math.ceil(centre - 8 * SHOWN_SIGMA_PX));
        int to = (int) Math.min(row.length - 1, Math.floor(centre + 8 * SHOWN_SIGMA_PX));
        for (int i = from; i <= to; i++) {
            double u = (i - centre) / SHOWN_SIGMA_PX;
            row[i] += norm * Math.exp(-0.5 * u * u);
        }
    }

    private double[] covariance(double[][] response, double[] rate, double[] wings) {
        int n = rate.length;
        int m = response.length;
        double[] out = new double[n * n];
        double[] row = new double[m];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < m; k++) {
                double sum = 0;
                for (int l = 0; l < m; l++) {
                    sum += response[l][i] != 0 ? fit.covariance(k, l) * response[l][i] : 0;
                }
                row[k] = sum;
            }
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < m; k++) {
                    sum += row[k] * response[k][j];
                }
                out[i * n + j] = scale * sum;
                out[j * n + i] = scale * sum;
            }
        }
        double least = 0;
        for (int i = 0; i < n; i++) {
            least = Math.max(least, 1e-6 * Math.abs(rate[i]));
        }
        for (int i = 0; i < n; i++) {
            double floor = Math.hypot(Math.hypot(MODEL_ERROR * rate[i], WINGS * wings[i]), least);
            out[i * n + i] += floor * floor;
        }
        return out;
    }

    private Emission emission() {
        Emission before = input.emission();
        int m = fit.strengths().length;
        LineShifts shifts = new LineShifts(scene, fit, lambdas);
        List<MeasuredLine> lines = new ArrayList<>();
        for (int k = 0; k < lambdas.length; k++) {
            MeasuredLine line = before.lines().get(k);
            double rate = fit.strengths()[k];
            double error = Math.hypot(Math.sqrt(scale * fit.covariance(k, k)), LINE_ERROR * rate);
            lines.add(new MeasuredLine(
                    line.line(),
                    lambdas[k],
                    rate,
                    error,
                    shifts.shiftPx(k),
                    Math.hypot(shifts.errorPx(k), EmissionSearch.PLACE_ERR_PX)));
        }
        WavelengthSolution old = before.solution();
        List<FeatureShift> features = old.features();
        WavelengthSolution solution = new WavelengthSolution(
                geometry,
                Math.max(Math.sqrt(scale * fit.covariance(m, m)), 0.3 * old.distanceErrMm()),
                Math.max(Math.sqrt(scale * fit.covariance(m + 1, m + 1)), 0.3 * old.shiftErrPx()),
                scale * fit.covariance(m, m + 1),
                true,
                features);
        return new Emission(
                solution,
                lines,
                before.redshift(),
                before.redshiftErr(),
                before.probability(),
                before.width(),
                before.misfit());
    }

    private ColumnSpectrum spectrum(double[] rate, double[] covariance) {
        ColumnSpectrum before = input.profile();
        int n = window.columns;
        double[] p = fit.parameters();
        double[] traceY = new double[n];
        double[] fwhm = new double[n];
        List<double[]> shapes = new ArrayList<>();
        for (int k = 0; k < psf.shapeCount(); k++) {
            shapes.add(new double[n]);
        }
        for (int c = 0; c < n; c++) {
            double[] shape = scene.shape(p, c);
            traceY[c] = scene.traceY(p, c);
            fwhm[c] = psf.fwhm(shape);
            for (int k = 0; k < shape.length; k++) {
                shapes.get(k)[c] = shape[k];
            }
        }
        double[] residuals = new double[window.signal.length];
        byte[] rejected = window.mask.clone();
        for (int i = 0; i < residuals.length; i++) {
            double w = scene.weight()[i];
            residuals[i] = Math.sqrt(w) * (window.signal[i] - fit.model()[i]);
            if (rejected[i] == 0 && w == 0) {
                rejected[i] = CcdImage.COSMIC;
            }
        }
        return new ColumnSpectrum(
                window.firstColumn,
                rate,
                covariance,
                before.flags().clone(),
                before.stripSum(),
                traceY,
                psf.shapeNames(),
                shapes,
                fwhm,
                window.firstRow.clone(),
                window.rows,
                fit.model(),
                residuals,
                rejected,
                fit.chi2() / fit.freedom(),
                before.traceErrPx());
    }
}
