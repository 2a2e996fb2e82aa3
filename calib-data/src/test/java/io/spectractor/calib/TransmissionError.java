package io.spectractor.calib;

import io.spectractor.core.atmosphere.AtmosphericTransmission;
import java.util.Locale;

/**
 * Error budget of {@link AtmosphericTransmission}: the largest and the rms difference in transmission from libRadtran's
 * grids over their whole range. {@link TransmissionErrorTest} measures them again. The table in the
 * documentation is {@link #markdown()}.
 */
enum TransmissionError {
    RAYLEIGH(
            "Rayleigh",
            "getObsAtmo's grid: 300-1100 nm, airmass 1-2.6",
            9.5e-4,
            2.0e-4,
            "the grid's optical depth is 0.1 % larger"),
    OZONE(
            "ozone",
            "getObsAtmo's grid: 300-1100 nm, airmass 1-2.6, 0-625 DU",
            2.6e-4,
            4.5e-6,
            "the two grids differ at 350 nm, where one begins"),
    GASES(
            "O2, its pairs, NO2",
            "getObsAtmo's grid: 300-1100 nm, airmass 1-2.6",
            3.3e-3,
            1.2e-4,
            "in the A band, which grows with airmass by no exact power"),
    WATER(
            "water",
            "Spectractor's grid: 350-1099 nm, airmass 1.131, 0-10 mm",
            1.6e-3,
            1.3e-4,
            "three numbers per wavelength for four amounts; only one airmass, so that the airmass is taken to act as more"
                    + " water"),
    AEROSOLS(
            "aerosols",
            "Spectractor's grid: depth 0-0.1, no water",
            8.1e-3,
            2.1e-3,
            "libRadtran's aerosols follow no power of the wavelength"),
    CLEAR("all but aerosols", "Spectractor's grid: 0-10 mm, 100-700 DU", 1.6e-3, 1.9e-4, "mostly water"),
    ALL(
            "all",
            "Spectractor's grid, all of it",
            1.18e-2,
            2.1e-3,
            "its aerosols change with the water: at 10 mm they are 16 % thicker at 1050 nm than at 0 mm");

    private final String what;
    private final String grid;
    private final double max;
    private final double rms;
    private final String why;

    TransmissionError(String what, String grid, double max, double rms, String why) {
        this.what = what;
        this.grid = grid;
        this.max = max;
        this.rms = rms;
        this.why = why;
    }

    /** Largest difference in transmission. */
    double max() {
        return max;
    }

    /** Root of the mean squared difference in transmission. */
    double rms() {
        return rms;
    }

    /** All as a table in Markdown. */
    static String markdown() {
        StringBuilder text =
                new StringBuilder("| component | compared with | max | rms | why |\n|---|---|---|---|---|\n");
        for (TransmissionError e : values()) {
            text.append(String.format(
                    Locale.ROOT, "| %s | %s | %.1e | %.1e | %s |%n", e.what, e.grid, e.max, e.rms, e.why));
        }
        return text.toString().replace("\r", "");
    }
}
