package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.AtmosphericTransmission;
import io.spectractor.core.atmosphere.SourceSpectrum;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.night.AtmosphereQuantity;
import io.spectractor.core.night.FittedColumns;
import io.spectractor.core.night.JointFit;
import io.spectractor.core.night.JointResult;
import io.spectractor.core.night.JointResult.Measured;
import io.spectractor.core.night.JointSettings;
import io.spectractor.core.night.NightSpectrum;
import io.spectractor.core.night.ThroughputFactor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A throughput that was tabulated with an atmosphere of the wrong ozone. */
class TableOzoneTest {
    private static final double LACKING_DU = 250;
    /** Knots so far apart that the factor cannot follow the bands at all. */
    private static final JointSettings SETTINGS = JointSettings.usual().withStep(60);

    private static final double[] LAMBDA = {430, 520, 575, 603, 650, 720};

    private final AtmosphereModel air =
            new AtmosphericTransmission(EmbeddedCalibration.load().atmosphereTables());
    private final SimulatedObservingNight night = new SimulatedObservingNight(air, 23, 10, false, false, 1);
    private final List<NightSpectrum> spectra =
            night.spectra.stream().map(this::throughTheWrongTable).toList();

    private double lacking(double lambda) {
        double[] at = {lambda};
        double without = air.transmission(new AtmosphereParameters(1, 780, 0, 1, 0.05, 1.2), at)[0];
        double with = air.transmission(new AtmosphereParameters(1, 780, LACKING_DU, 1, 0.05, 1.2), at)[0];
        return with > 0 ? with / without : 1;
    }

    private NightSpectrum throughTheWrongTable(NightSpectrum s) {
        SourceSpectrum light =
                SourceSpectrum.of(SimulatedObservingNight.sed(), l -> SimulatedObservingNight.table(l) / lacking(l));
        return new NightSpectrum(
                s.name(),
                s.target(),
                s.instrument(),
                s.mjd(),
                s.airmass(),
                s.pressureHPa(),
                s.lambdaNm(),
                s.flux(),
                s.covariance(),
                s.usable(),
                s.relativeWidth(),
                s.resolutionPx(),
                s.resolutionSpread(),
                light,
                null);
    }

    private JointResult fit(JointSettings settings) {
        return new JointFit(air, settings).fit(spectra, Deadline.none());
    }

    @Test
    void itIsToldFromTheOzoneOfTheAir() {
        JointResult r = fit(SETTINGS.withTableOzone(300));

        Measured ozone = r.quantity(AtmosphereQuantity.OZONE, 0);
        assertThat(ozone.value()).isCloseTo(night.ozone, within(3 * ozone.error()));
        Measured table = r.tableOzone("GRATING");
        assertThat(table.value()).isCloseTo(LACKING_DU, within(3 * table.error()));
        assertThat(table.error()).isLessThan(LACKING_DU / 3);
    }

    @Test
    void itIsPartOfTheThroughput() {
        JointResult r = fit(SETTINGS.withTableOzone(300));

        ThroughputFactor t = r.throughput("GRATING", LAMBDA);
        FittedColumns columns = FittedColumns.of(r, 0);
        double mean = 0;
        for (double g : night.grey) {
            mean += g / night.grey.length;
        }
        for (int j = 0; j < LAMBDA.length; j++) {
            double error = Math.sqrt(t.covariance()[j * LAMBDA.length + j]);
            double truth = mean * night.factor(LAMBDA[j]) * lacking(LAMBDA[j]);
            assertThat(t.factor()[j]).as("%.0f nm", LAMBDA[j]).isCloseTo(truth, within(3 * error));
            int i = 0;
            while (columns.lambdaNm()[i] < LAMBDA[j]) {
                i++;
            }
            assertThat(columns.factor()[i]).isCloseTo(t.factor()[j], within(0.003));
        }
    }
}
