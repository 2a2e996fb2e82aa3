package io.spectractor.cli.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scatter about neighbours of the same star, and where the star changes. */
class RepeatabilityTest {
    private static final double MINUTE = 1.0 / 1440;

    private final List<NightTable.Row> rows = new ArrayList<>();

    private void add(String star, double minutes, double pwv) {
        NightTable.Value none = new NightTable.Value(Double.NaN, Double.NaN);
        rows.add(new NightTable.Row(
                LocalDate.of(2023, 5, 10),
                "s" + rows.size(),
                star,
                "holo4_003",
                60000.2 + minutes * MINUTE,
                1.2,
                743,
                new NightTable.Value(pwv, 0.1),
                none,
                none,
                none,
                none,
                none,
                2,
                1,
                700,
                0,
                new SpectrumHeader("1", null, null, null, Collections.emptySortedMap())));
    }

    @Test
    void starsAreToldApart() {
        // a line of water, on which the second star has 0.3 mm too much; the middle one of the first star 0.06
        add("A", 0, 3.00);
        add("A", 10, 3.16);
        add("A", 20, 3.20);
        add("B", 30, 3.60);
        add("A", 40, 3.40);
        NightTable table = new NightTable(rows);

        Repeatability any = Repeatability.of(table, NightTable.Row::pwv, Repeatability.Stars.ANY);
        Repeatability same = Repeatability.of(table, NightTable.Row::pwv, Repeatability.Stars.SAME);
        Repeatability changing = Repeatability.of(table, NightTable.Row::pwv, Repeatability.Stars.CHANGING);

        assertThat(any.neighbours()).isEqualTo(3);
        assertThat(same.neighbours()).isEqualTo(1);
        assertThat(same.sigma()).isCloseTo(0.06 * Math.sqrt(2.0 / 3), within(1e-6));
        assertThat(same.pull()).isCloseTo(0.06 / (0.1 * Math.sqrt(1.5)), within(1e-6));
        assertThat(changing.neighbours()).isEqualTo(2);
        assertThat(changing.sigma()).isCloseTo(Math.sqrt((0.18 * 0.18 + 0.3 * 0.3) / 3), within(1e-6));
    }

    @Test
    void pairsOfTwoStarsAreNoPairsOfOne() {
        add("A", 0, 3);
        add("A", 1, 3.2);
        add("B", 2, 3.8);
        NightTable table = new NightTable(rows);

        assertThat(Repeatability.of(table, NightTable.Row::pwv, Repeatability.Stars.SAME)
                        .pairs())
                .isEqualTo(1);
        Repeatability changing = Repeatability.of(table, NightTable.Row::pwv, Repeatability.Stars.CHANGING);
        assertThat(changing.pairs()).isEqualTo(1);
        assertThat(changing.pairSigma()).isCloseTo(0.6 / Math.sqrt(2), within(1e-6));
    }
}
