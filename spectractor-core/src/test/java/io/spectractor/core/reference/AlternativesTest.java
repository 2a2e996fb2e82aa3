package io.spectractor.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.reference.ReferenceChoice.Alternative;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlternativesTest {
    private static final int FREEDOM = 500;

    /** A star whose flux changes with wavelength by a power. */
    private static StarTemplate star(String name, double power) {
        double[] flux = new double[TemplateGrid.SIZE];
        Arrays.setAll(flux, i -> Math.pow(TemplateGrid.lambdaNm(i) / 600, power));
        return new StarTemplate(name, Set.of(name), TemplateGrid.normalised(flux));
    }

    private static Hypothesis at(StarTemplate star, double distanceMm, double chi2) {
        return new Hypothesis(star, distanceMm, 0.1, 0, chi2, new double[9]);
    }

    /** Alternatives to a star; others are as given, at the place of the best and at their own. */
    private static List<Alternative> of(Hypothesis best, Hypothesis... others) {
        Map<String, Hypothesis> places =
                Arrays.stream(others).collect(Collectors.toMap(h -> h.template().name(), h -> h));
        return Alternatives.of(
                best,
                Stream.concat(Stream.of(best), Arrays.stream(others))
                        .map(Hypothesis::template)
                        .toList(),
                FREEDOM,
                t -> t.name().equals(best.template().name())
                        ? best.chi2()
                        : Objects.requireNonNull(places.get(t.name())).chi2(),
                start -> Objects.requireNonNull(places.get(start.template().name())));
    }

    @Test
    void whatWasChosenIsNoAlternativeToItself() {
        assertThat(of(at(star("A", -2), 55, 510))).isEmpty();
    }

    @Test
    void starsThatExplainTheSpectrumAsWellCountInFullAndOthersLess() {
        List<Alternative> found =
                of(at(star("A", -2), 55, 510), at(star("C", 0), 55.02, 4 * 510), at(star("B", -1), 55.01, 510));

        assertThat(found).hasSize(2);
        assertThat(found.get(0).share()).isCloseTo(Math.sqrt(0.5), within(1e-12));
        assertThat(found.get(1).share()).isCloseTo(Math.sqrt(0.5 / 4), within(1e-12));
        assertThat(found.get(0).distanceMm()).isCloseTo(0.01 * Math.sqrt(0.5), within(1e-9));
        assertThat(found.get(1).distanceMm()).isCloseTo(0.02 * Math.sqrt(0.5 / 4), within(1e-9));
        assertThat(found.get(0).shiftPx()).isZero();
    }

    /** A mixture that fits within the noise is not better than that. */
    @Test
    void noChi2IsBelowThatOfNoise() {
        assertThat(of(at(star("A", -2), 55, 300), at(star("B", -1), 55.01, 500))
                        .get(0)
                        .share())
                .isEqualTo(1);
    }

    @Test
    void anotherSolutionIsNoErrorOfThisOne() {
        Alternative other =
                of(at(star("A", -2), 55, 510), at(star("B", -1), 55.5, 510)).get(0);

        assertThat(other.share()).isEqualTo(1);
        assertThat(other.distanceMm()).isZero();
    }

    /** The bands of an M star differ line by line, whatever it was blended of; its place is that of the blend. */
    @Test
    void aCoolStarIsAsUnsureInDetailAsItsNeighboursDiffer() {
        Alternative other = of(at(star("blend", 4), 55, 510), at(star("B", 5), 55.02, 4 * 510))
                .get(0);

        assertThat(other.share()).isEqualTo(1);
        assertThat(other.distanceMm()).isCloseTo(0.01, within(1e-9));
    }
}
