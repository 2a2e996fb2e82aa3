package io.spectractor.core.simulation;

import io.spectractor.core.atmosphere.AtmosphereParameters;

/** Weather that drifts: each quantity wanders around its mean of the night and forgets where it was within about 2 h. */
final class NightWeather {
    private static final double MEMORY_H = 2;

    private final RandomSource random;
    private final double evening;
    private final double cooling;
    private final double pressure;
    private final double ozone;
    /** In units of their spread: seeing, cloud, water, aerosols, sky, temperature, pressure. */
    private final double[] state = new double[7];

    /** @param random is drawn from further */
    NightWeather(RandomSource random) {
        this.random = random;
        evening = random.uniform(8, 14);
        cooling = random.uniform(0.2, 0.6);
        pressure = random.uniform(779, 786);
        ozone = random.uniform(250, 310);
        for (int i = 0; i < state.length; i++) {
            state[i] = random.gaussian();
        }
    }

    /** Lets time pass. */
    void advance(double hours) {
        double kept = Math.exp(-hours / MEMORY_H);
        double fresh = Math.sqrt(1 - kept * kept);
        for (int i = 0; i < state.length; i++) {
            state[i] = kept * state[i] + fresh * random.gaussian();
        }
    }

    /** Seeing at the zenith, arcsec. */
    double seeingArcsec() {
        return 1.05 * Math.exp(0.15 * clipped(0));
    }

    /** Fraction of light that thin grey clouds let through: clear most of the time. */
    double cloudTransmission() {
        return Math.exp(-0.08 * Math.max(0, clipped(1)));
    }

    SimulatedAtmosphere air() {
        return new SimulatedAtmosphere(
                round(ozone, 1),
                round(4 * Math.exp(0.25 * clipped(2)), 100),
                round(0.035 * Math.exp(0.3 * clipped(3)), 1e4),
                AtmosphereParameters.USUAL_ANGSTROM_EXPONENT);
    }

    double skyAduPerS() {
        return 0.2 * Math.exp(0.15 * clipped(4));
    }

    /** @param hours since the evening */
    double temperatureCelsius(double hours) {
        return round(evening - cooling * hours + 0.5 * clipped(5), 10);
    }

    double pressureHPa() {
        return round(pressure + 0.6 * clipped(6), 10);
    }

    /** Higher when it is colder. */
    double humidityPercent(double hours) {
        return Math.rint(Math.max(5, Math.min(95, 60 - 3 * temperatureCelsius(hours))));
    }

    private double clipped(int i) {
        return Math.max(-2.5, Math.min(2.5, state[i]));
    }

    private static double round(double value, double perUnit) {
        return Math.rint(value * perUnit) / perUnit;
    }
}
