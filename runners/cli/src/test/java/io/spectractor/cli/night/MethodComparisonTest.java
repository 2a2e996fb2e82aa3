package io.spectractor.cli.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.batch.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MethodComparisonTest {
    @TempDir
    Path folder;

    private void fit(String file, String disperser, boolean converged, double pwv, double sigma) throws IOException {
        String text = String.format(
                Locale.ROOT,
                "{\"spectrum\": \"%s_spectrum.fits\", \"disperser\": \"%s\", \"converged\": %s, \"parameters\": ["
                        + "{\"label\": \"PWV\", \"value\": %s, \"sigma\": %s}, {\"label\": \"A1\", \"value\": 1},"
                        + " {\"label\": \"ozone\", \"value\": 300}]}",
                file.replaceAll("_.*", ""),
                disperser,
                converged,
                pwv,
                sigma);
        Files.writeString(folder.resolve(file + ".json"), text);
    }

    @Test
    void differencesAreThoseOfPairs() throws IOException {
        fit("a_atmosphere", "HoloAmAg", true, 4.0, 0.1);
        fit("a_atmosphere1d", "HoloAmAg", true, 4.3, 0.2);
        fit("b_atmosphere", "HoloAmAg", true, 5.0, 0.1);
        fit("b_atmosphere1d", "HoloAmAg", true, 5.1, 0.2);
        fit("c_atmosphere", "HoloAmAg", true, 6.0, 0.4);
        fit("c_atmosphere1d", "HoloAmAg", true, 6.2, 0.2);
        fit("d_atmosphere", "Ron400", true, 2.0, 0.1);
        fit("d_atmosphere1d", "Ron400", true, 1.0, 0.1);
        // without a partner, and not converged
        fit("e_atmosphere1d", "Ron400", true, 9, 0.1);
        fit("f_atmosphere", "Ron400", true, 9, 0.1);
        fit("f_atmosphere1d", "Ron400", false, 1, 0.1);

        MethodComparison methods = MethodComparison.read(List.of(folder));

        assertThat(methods.dispersers()).containsExactly("HoloAmAg", "Ron400");
        MethodComparison.Difference pwv = methods.of("HoloAmAg", "PWV");
        assertThat(pwv.count()).isEqualTo(3);
        assertThat(pwv.mean()).isCloseTo(0.2, within(1e-12));
        assertThat(pwv.sigma()).isCloseTo(0.1, within(1e-12));
        assertThat(pwv.mad()).isCloseTo(0.14826, within(1e-5));
        // 0.3 / 0.2, 0.1 / 0.2, 0.2 / 0.4
        assertThat(pwv.pull()).isCloseTo(Math.sqrt((2.25 + 0.25 + 0.25) / 3), within(1e-12));
        assertThat(pwv.correlation()).isBetween(0.98, 1.0);
        assertThat(methods.of("Ron400", "PWV").count()).isEqualTo(1);
        assertThat(methods.of("Ron400", "PWV").sigma()).isNaN();
        // held at a value: nothing was measured
        assertThat(methods.of("HoloAmAg", "ozone").count()).isZero();
        assertThat(methods.png()).hasSizeGreaterThan(5000);
    }

    @Test
    void whatCannotBeComparedIsNamed() throws IOException {
        assertThatThrownBy(() -> MethodComparison.read(List.of(folder.resolve("none"))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("none does not exist");
        fit("a_atmosphere1d", "HoloAmAg", true, 4.3, 0.2);
        assertThatThrownBy(() -> MethodComparison.read(List.of(folder)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("no spectrum there was fitted in both ways")
                .hasMessageContaining("--data spectrum");
        Files.writeString(folder.resolve("a_atmosphere.json"), "{");
        assertThatThrownBy(() -> MethodComparison.read(List.of(folder)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("a_atmosphere.json is not a result of 'spectractor fit'");
        assertThat(MethodComparison.read(List.of()).pairs()).isEmpty();
    }
}
