package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.product.ProductWriter;
import io.spectractor.testkit.SmallProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    @TempDir
    Path folder;

    private FakeProgram program;

    @BeforeEach
    void product() throws IOException {
        program = new FakeProgram(folder);
        Files.write(
                folder.resolve("a_spectrum.fits"),
                new ProductWriter().toBytes(SmallProduct.of("a.fits", 2, new TreeSet<>())));
    }

    @Test
    void aProductEqualsItself() {
        assertThat(program.run("compare", "a_spectrum.fits", "a_spectrum.fits", "--range", "300,1100"))
                .isZero();
        assertThat(program.out())
                .contains("rms 0.0000")
                .contains("shift +0.00 nm")
                .contains("flux ratio 1.0000");
    }

    @Test
    void aCsvWithCommentsIsATruth() throws IOException {
        Files.writeString(folder.resolve("truth.csv"), "# nm, flux\n200,2\n1300,2\n");
        assertThat(program.run("compare", "a_spectrum.fits", "truth.csv", "--range", "300,1100", "--json"))
                .isZero();
        assertThat(program.out()).contains("\"relative_rms\":").contains("\"pull_width\":");
    }

    @Test
    void whatCannotBeComparedIsNamed() throws IOException {
        Files.writeString(folder.resolve("bad.csv"), "wavelength,flux\n");
        assertThat(program.run("compare", "a_spectrum.fits", "bad.csv")).isEqualTo(2);
        assertThat(program.err()).contains("bad.csv").contains("wavelength");
        assertThat(program.run("compare", "a_spectrum.fits", "none.csv")).isEqualTo(2);
        assertThat(program.err()).contains("none.csv");
        assertThat(program.run("compare", "a_spectrum.fits", "a_spectrum.fits", "--range", "900,400"))
                .isEqualTo(2);
        assertThat(program.err()).contains("--range 900,400");
        assertThat(program.run("compare", "a_spectrum.fits", "a_spectrum.fits", "--range", "2000,3000"))
                .isEqualTo(2);
        assertThat(program.err()).contains("no flux between 2000");
    }
}
