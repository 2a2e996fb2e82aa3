package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.core.atmosphere.AtmosphereComponent;
import io.spectractor.core.atmosphere.AtmosphereGrid;
import io.spectractor.core.atmosphere.AtmosphereGridReader;
import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.AtmosphericTransmission;
import io.spectractor.core.optics.TabulatedCurve;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The error budget of the atmosphere, measured over the whole range of the grids that it was fitted to. */
class TransmissionErrorTest {
    private static final AtmosphericTransmission FORMULAS =
            new AtmosphericTransmission(EmbeddedCalibration.load().atmosphereTables());
    private static final double[] WATER = {0, 2.5, 5, 7.5, 10};
    private static final double[] AEROSOLS = {0, 0.025, 0.05, 0.075, 0.1};

    private double max;
    private double sumOfSquares;
    private int count;

    private static Path folder() {
        String root = System.getenv("SPECTRACTOR_GOLDEN");
        assumeTrue(root != null, "SPECTRACTOR_GOLDEN is not set");
        Path folder =
                Path.of(String.valueOf(root)).resolveSibling("calib-source").resolve("atmosphere");
        assumeTrue(Files.isDirectory(folder), folder + " does not exist");
        return folder;
    }

    @ParameterizedTest
    @EnumSource(TransmissionError.class)
    void theBudgetIsWhatIsMeasured(TransmissionError budget) throws IOException {
        switch (budget) {
            case RAYLEIGH -> columns("rayleigh", AtmosphereComponent.RAYLEIGH);
            case GASES -> columns("O2abs", AtmosphereComponent.GASES);
            case OZONE -> columns("OZabs", AtmosphereComponent.OZONE);
            case WATER -> water();
            case AEROSOLS -> aerosols();
            case CLEAR -> all(new double[] {0});
            case ALL -> all(AEROSOLS);
        }
        double rms = Math.sqrt(sumOfSquares / count);
        assertThat(max).isBetween(0.85 * budget.max(), budget.max());
        assertThat(rms).isBetween(0.85 * budget.rms(), budget.rms());
    }

    @Test
    void theDocumentationHasTheBudget() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "atmosphere.md"))).contains(TransmissionError.markdown());
    }

    /** The grid interpolates exactly at its points, and between them stays near the formulas. */
    @Test
    void gridAndFormulasAgreeBetweenTheGridPoints() throws IOException {
        AtmosphereGrid grid = grid();
        AtmosphereParameters between = new AtmosphereParameters(1.131, 784, 270, 3.9, 0.03, 1.2);
        double[] lambda = {400.5, 500.5, 600.5, 719.5, 760.5, 940.5};
        double[] a = grid.transmission(between, lambda);
        double[] b = FORMULAS.transmission(between, lambda);
        for (int i = 0; i < lambda.length; i++) {
            assertThat(a[i]).as("at %s nm", lambda[i]).isBetween(b[i] - 0.006, b[i] + 0.006);
        }
        assertThat(grid.transmission(between, new double[] {349, 1101})).containsExactly(0, 0);
    }

    private static AtmosphereGrid grid() throws IOException {
        String name = "reduc_20170530_134_atmsim.fits";
        return AtmosphereGridReader.read(Files.readAllBytes(folder().resolve(name)), name);
    }

    private void all(double[] aerosols) throws IOException {
        AtmosphereModel grid = grid();
        for (double a : aerosols) {
            for (double w : WATER) {
                for (double o = 100; o <= 700; o += 100) {
                    AtmosphereParameters p = new AtmosphereParameters(1.131, 784, o, w, a, 1.2);
                    count(FORMULAS.transmission(p, grid.nodesNm()), grid.atNodes(p));
                }
            }
        }
    }

    private void water() throws IOException {
        AtmosphereModel grid = grid();
        AtmosphereParameters dry = new AtmosphereParameters(1.131, 784, 300, 0, 0, 1.2);
        double[] reference = grid.atNodes(dry);
        for (double w : WATER) {
            AtmosphereParameters wet = dry.withWater(w);
            double[] ours = interpolated(FORMULAS.atNodes(wet, AtmosphereComponent.WATER), grid.nodesNm());
            count(ours, quotient(grid.atNodes(wet), reference));
        }
    }

    private void aerosols() throws IOException {
        AtmosphereModel grid = grid();
        AtmosphereParameters clear = new AtmosphereParameters(1.131, 784, 300, 0, 0, 1.2);
        double[] reference = grid.atNodes(clear);
        for (double a : AEROSOLS) {
            AtmosphereParameters hazy = clear.withAerosols(a, 1.2);
            double[] ours = interpolated(FORMULAS.atNodes(hazy, AtmosphereComponent.AEROSOLS), grid.nodesNm());
            double[] theirs = quotient(grid.atNodes(hazy), reference);
            for (int i = 0; i < ours.length; i++) {
                ours[i] *= reference[i];
                theirs[i] *= reference[i];
            }
            count(ours, theirs);
        }
    }

    private static double[] quotient(double[] a, double[] b) {
        double[] q = new double[a.length];
        for (int i = 0; i < q.length; i++) {
            q[i] = a[i] / b[i];
        }
        return q;
    }

    /** A component against getObsAtmo's grid, whose rows are wavelengths and whose columns are airmass (and ozone). */
    private void columns(String file, AtmosphereComponent component) throws IOException {
        Path folder = folder();
        String json = Files.readString(folder.resolve("CTIO_atmospherictransparencygrid_params.json"));
        double[] lambda = list(json, "WL");
        double[] airmass = list(json, "AIRMASS");
        double[] ozone = component == AtmosphereComponent.OZONE ? list(json, "OZ") : new double[] {300};
        double[] values = npy(folder.resolve("CTIO_atmospherictransparencygrid_" + file + ".npy"));
        assertThat(values).hasSize(lambda.length * airmass.length * ozone.length);
        Set<AtmosphereComponent> only = EnumSet.of(component);
        for (int z = 0; z < airmass.length; z++) {
            for (int o = 0; o < ozone.length; o++) {
                AtmosphereParameters p = new AtmosphereParameters(airmass[z], 774.6052, ozone[o], 0, 0, 1.2);
                double[] ours = interpolated(FORMULAS.atNodes(p, only), lambda);
                double[] theirs = new double[lambda.length];
                for (int i = 0; i < lambda.length; i++) {
                    theirs[i] = values[(i * airmass.length + z) * ozone.length + o];
                }
                count(ours, theirs);
            }
        }
    }

    private static double[] interpolated(double[] atNodes, double[] lambda) {
        TabulatedCurve curve = new TabulatedCurve(FORMULAS.nodesNm(), atNodes, TabulatedCurve.Outside.HOLD);
        double[] out = new double[lambda.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = curve.at(lambda[i]);
        }
        return out;
    }

    private void count(double[] ours, double[] theirs) {
        for (int i = 0; i < ours.length; i++) {
            double d = ours[i] - theirs[i];
            max = Math.max(max, Math.abs(d));
            sumOfSquares += d * d;
            count++;
        }
    }

    private static double[] list(String json, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\":\\s*\\[([^\\]]*)\\]").matcher(json);
        assertThat(matcher.find()).as(key).isTrue();
        return Pattern.compile(",")
                .splitAsStream(matcher.group(1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** A float64 array of numpy, little-endian, C order, version 1. */
    private static double[] npy(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = bytes.getShort(8);
        String text = new String(bytes.array(), 10, header, StandardCharsets.US_ASCII);
        assertThat(text).contains("'<f8'").contains("'fortran_order': False");
        double[] values = new double[(bytes.capacity() - 10 - header) / Double.BYTES];
        bytes.position(10 + header);
        bytes.asDoubleBuffer().get(values);
        return values;
    }
}
