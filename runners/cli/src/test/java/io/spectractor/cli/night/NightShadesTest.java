package io.spectractor.cli.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.plot.TimePlot;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times at which the Sun passes 0, -6, -12 and -18 degrees, from astropy 8.0.2's get_sun and AltAz, hours. */
class NightShadesTest {
    private static final double MJD = 59963;
    /** The Sun's disk and refraction aside, what formulas good to 0.01 degrees and steps of a minute allow. */
    private static final double MINUTES = 2.0 / 60;

    @Test
    void aSummerNightOnCerroPachon() {
        JointRecord.Site pachon = new JointRecord.Site(-70.7476862, -30.2446389756252);
        List<TimePlot.Shade> shades = NightShades.about(pachon, MJD + 0.2, MJD);
        double[] from = {-0.273, 0.241, 0.777, 1.343};
        double[] to = {10.061, 9.546, 9.011, 8.445};
        assertThat(shades).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(shades.get(i).from()).isCloseTo(from[i], within(MINUTES));
            assertThat(shades.get(i).to()).isCloseTo(to[i], within(MINUTES));
        }
    }

    @Test
    void aNorthernSummerNightIsNeverDark() {
        // 2023-06-21T06:00
        double zero = 60116.25;
        List<TimePlot.Shade> shades = NightShades.about(new JointRecord.Site(-70.7476862, 60), zero - 1.25 / 24, zero);
        assertThat(shades).hasSize(2);
        assertThat(shades.get(1).from()).isCloseTo(-2.046, within(MINUTES));
        assertThat(shades.get(1).to()).isCloseTo(-0.464, within(MINUTES));
    }

    @Test
    void withoutASiteThereAreNone() {
        assertThat(NightShades.about(null, MJD, MJD)).isEmpty();
    }
}
