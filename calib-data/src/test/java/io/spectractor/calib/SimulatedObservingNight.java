package io.spectractor.calib;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.SourceSpectrum;
import io.spectractor.core.night.BandCovariance;
import io.spectractor.core.night.NightSpectrum;
import io.spectractor.core.optics.TabulatedCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A night of spectra with known air, made by a way of its own: photons on a grid of 0.05 nm, a Gaussian profile summed over
 * it, a throughput that differs from the table by a smooth factor, correlated noise.
 */
final class SimulatedObservingNight {
    private static final double STEP = 0.05;
    private static final double FIRST = 330;
    private static final int FINE = 15500;
    private static final double PIXEL_NM = 1.15;
    private static final int COLUMNS = 620;
    private static final double SIGMA_PX = 1.5;
    private static final double[] MOVING = {0.2, 0.6, 1, 0.6, 0.2};

    final double ozone;
    final double[] aerosols;
    final double[] water;
    final double[] grey;
    final double[] shift;
    final List<NightSpectrum> spectra = new ArrayList<>();

    private final AtmosphereModel atmosphere;
    private final Random random;
    private final double[] deviation;

    SimulatedObservingNight(
            AtmosphereModel atmosphere, long seed, int count, boolean waterDrifts, boolean aerosolsRise, double noise) {
        this(atmosphere, seed, count, waterDrifts, aerosolsRise, noise, 0);
    }

    /** @param scatter of the aerosols about what they would be else; they forget where they were within four spectra */
    SimulatedObservingNight(
            AtmosphereModel atmosphere,
            long seed,
            int count,
            boolean waterDrifts,
            boolean aerosolsRise,
            double noise,
            double scatter) {
        this.atmosphere = atmosphere;
        this.random = new Random(seed);
        this.ozone = 240 + 100 * random.nextDouble();
        this.aerosols = new double[count];
        this.water = new double[count];
        this.grey = new double[count];
        this.shift = new double[count];
        double first = 0.02 + 0.08 * random.nextDouble();
        double rise = aerosolsRise ? 0.06 + 0.04 * random.nextDouble() : 0;
        double level = 2 + 4 * random.nextDouble();
        double phase = 6 * random.nextDouble();
        this.deviation = new double[] {
            0.01 + 0.015 * random.nextDouble(),
            6 * random.nextDouble(),
            0.01 * random.nextDouble(),
            6 * random.nextDouble()
        };
        Random wind = new Random(~seed);
        double away = wind.nextGaussian();
        int cloudy = random.nextInt(count);
        for (int k = 0; k < count; k++) {
            double t = count > 1 ? k / (count - 1.0) : 0;
            aerosols[k] = Math.max(0, first + rise * t + scatter * away);
            away = 0.78 * away + 0.63 * wind.nextGaussian();
            water[k] = level + (waterDrifts ? 0.8 * Math.sin(phase + 5 * t) : 0);
            grey[k] = 0.9 + 0.1 * random.nextDouble();
            if (waterDrifts && k == cloudy) {
                grey[k] *= 0.6;
            }
            shift[k] = waterDrifts ? 0.15 * random.nextGaussian() : 0;
            double airmass = 1.03 + 1.1 * Math.pow(t, 2) + 0.05 * Math.cos(9 * t);
            spectra.add(spectrum(k, airmass, noise));
        }
    }

    double factor(double lambda) {
        return 1
                + deviation[0] * Math.sin(2 * Math.PI * (lambda - 350) / 430 + deviation[1])
                + deviation[2] * Math.cos(2 * Math.PI * (lambda - 350) / 185 + deviation[3]);
    }

    static double table(double lambda) {
        double x = (lambda - 620) / 330;
        return 0.4 * Math.exp(-x * x);
    }

    /** A hot star with lines of hydrogen. */
    private static double star(double lambda) {
        double flux = 1e-12 * Math.pow(500 / lambda, 3);
        for (double line : new double[] {656.3, 486.1, 434.0, 410.2}) {
            double d = (lambda - line) / 1.2;
            flux *= 1 - 0.5 * Math.exp(-0.5 * d * d);
        }
        return flux;
    }

    private NightSpectrum spectrum(int k, double airmass, double noise) {
        double[] fine = new double[FINE];
        for (int i = 0; i < FINE; i++) {
            fine[i] = FIRST + i * STEP;
        }
        double[] air = atmosphere.transmission(
                new AtmosphereParameters(airmass, 780, ozone, water[k], aerosols[k], 1.2), fine);
        double[] photons = new double[FINE];
        for (int i = 0; i < FINE; i++) {
            photons[i] = star(fine[i]) * table(fine[i]) * factor(fine[i]) * air[i] * fine[i];
        }
        double[] given = new double[COLUMNS];
        double[] flux = new double[COLUMNS];
        double[] error = new double[COLUMNS];
        double sigma = SIGMA_PX * PIXEL_NM / STEP;
        for (int c = 0; c < COLUMNS; c++) {
            double truth = 355 + c * PIXEL_NM;
            given[c] = truth - shift[k];
            double centre = (truth - FIRST) / STEP;
            double sum = 0;
            double weight = 0;
            for (int i = (int) (centre - 5 * sigma); i <= centre + 5 * sigma; i++) {
                double u = (i - centre) / sigma;
                double w = Math.exp(-0.5 * u * u);
                sum += w * photons[i];
                weight += w;
            }
            flux[c] = grey[k] * sum / weight / truth;
        }
        double top = Arrays.stream(flux).max().orElse(1);
        for (int c = 0; c < COLUMNS; c++) {
            error[c] = Math.sqrt(top * flux[c] + 1e-3 * top * top) / 150;
        }
        double[] covariance = new double[COLUMNS * COLUMNS];
        double[] white = new double[COLUMNS + MOVING.length];
        for (int i = 0; i < white.length; i++) {
            white[i] = random.nextGaussian();
        }
        double norm = 0;
        for (double m : MOVING) {
            norm += m * m;
        }
        for (int c = 0; c < COLUMNS; c++) {
            double e = 0;
            for (int j = 0; j < MOVING.length; j++) {
                e += MOVING[j] * white[c + j];
            }
            flux[c] += noise * error[c] * e / Math.sqrt(norm);
            for (int d = Math.max(0, c - MOVING.length + 1); d <= c; d++) {
                double r = 0;
                for (int j = 0; j + c - d < MOVING.length; j++) {
                    r += MOVING[j] * MOVING[j + c - d];
                }
                covariance[c * COLUMNS + d] = error[c] * error[d] * r / norm;
            }
        }
        boolean[] usable = new boolean[COLUMNS];
        Arrays.fill(usable, true);
        double[] width = new double[COLUMNS];
        Arrays.fill(width, 1);
        SourceSpectrum light = SourceSpectrum.of(sed(), SimulatedObservingNight::table);
        return new NightSpectrum(
                "s" + k,
                "STAR",
                "GRATING",
                58000 + k * 0.02,
                airmass,
                780,
                given,
                flux,
                BandCovariance.ofDense(covariance, COLUMNS),
                usable,
                width,
                SIGMA_PX,
                0.05,
                light,
                null);
    }

    static TabulatedCurve sed() {
        double[] lambda = new double[9000];
        double[] flux = new double[9000];
        for (int i = 0; i < lambda.length; i++) {
            lambda[i] = 295 + 0.1 * i;
            flux[i] = star(lambda[i]);
        }
        return new TabulatedCurve(lambda, flux, TabulatedCurve.Outside.HOLD);
    }
}
