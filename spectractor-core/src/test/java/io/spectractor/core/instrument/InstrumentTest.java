package io.spectractor.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentTest {
    private static final String AUXTEL = Instruments.source("auxtel");

    @ParameterizedTest
    @ValueSource(strings = {"ctio", "auxtel", "stardice", "lpnhe"})
    void theLineInProductsGivesTheSameInstrument(String name) {
        Instrument instrument = Instruments.named(name).orElseThrow();
        Instrument again = Instrument.parse("product", instrument.text());
        assertThat(again).isEqualTo(instrument);
        assertThat(Instrument.of(instrument.config())).isEqualTo(instrument);
    }

    @Test
    void headersTellTheInstrument() {
        assertThat(Instruments.recognising(Map.of("INSTRUME", "LATISS")::get))
                .containsExactly(Instruments.named("AuxTel").orElseThrow());
        assertThat(Instruments.recognising(Map.of("TELID", "ct36")::get)).containsExactly(Instruments.ctio());
        assertThat(Instruments.recognising(Map.of("OBSERVAT", "CTIO", "INSTRUME", "DECam")::get))
                .isEmpty();
    }

    /** DM column 100, row 3000: amplifier C10, which lies at x = 3000 here, in the first row of amplifiers. */
    @Test
    void amplifiersOfLatissLieWhereCameraGeomHasThem() {
        AmplifierGrid grid = Instruments.named("auxtel").orElseThrow().amplifiers();
        assertThat(grid.at(1, 0).name()).isEqualTo("C10");
        assertThat(grid.at(1, 0).gain()).isEqualTo(1.0811);
        assertThat(grid.at(0, 7).name()).isEqualTo("C07");
        assertThat(grid.at(0, 7).noise()).isEqualTo(8.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exposure: {card: EXPTIME, unit: s} | exposre: {card: EXPTIME} | unknown key 'exposre'; did you mean exposure?",
                "unit: mm, valid: [0, 150] | unit: furlong, valid: [0, 150] | 'furlong' is not a unit of distance",
                "gain: 1.0811 | gain: -1 | gain = -1.0 must be positive",
                "distance_mm: 187.1 | distance_mm: far | dispersion.distance_mm = 'far': expected a number",
                "pixel_size_mm: 0.010 | pixel_sise_mm: 0.010 | did you mean ccd.pixel_size_mm?",
                "x: -row | x: sideways | x runs along +column, -column, +row or -row, not 'sideways'",
                "valid: [0, 150] | valid: [150, 0] | valid starts at 150.0 and ends before it",
                "- {compute: position} | - {compute: positon} | compute = 'positon': what can be computed is of the position",
                "pixel_size_mm: 0.010 | pixel_size_mm: 10 | ccd.pixel_size_mm = 10.0: must lie between 1.0E-4 and 1.0; it is counted in mm",
                "distance_mm: 187.1 | distance_mm: 0.0187 | dispersion.distance_mm = 0.0187: must lie between 0.1 and 100000.0; it is counted",
                "saturation_adu: 170000 | saturation_adu: 0 | ccd.saturation_adu = 0.0: must be a positive number",
                "name: AUXTEL | nam: AUXTEL | unknown key 'site.nam'; did you mean",
                "from: \"2020-11-19\" | from: \"2020-11-39\" | from = '2020-11-39' is no date as 2020-01-28",
                "{assume: 743} | {assume: 74300} | assume = 74300.0 is no pressure; 1 to 1100 hPa is possible",
                "times: -1, plus: 450 | times: 0, plus: 450 | times = 0 would make camera_rotation the same",
                "INSTRUME: [LATISS, LSST_ATISS] | INSTRUME: \">=LATISS\" | INSTRUME: '>=LATISS' compares with no number",
                "{name: C00, gain: 1.0972, noise: 9.1} | {name: C00, noise: 9.1} | an amplifier needs gain or gain_card",
            })
    void faultsAreNamedWithTheirLine(String before, String after, String message) {
        String wrong = AUXTEL.replaceFirst(java.util.regex.Pattern.quote(before), after);
        int line = (int) wrong.substring(0, wrong.indexOf(after)).lines().count();
        assertThatThrownBy(() -> Instrument.parse("mine.yaml", wrong))
                .isInstanceOf(DescriptionException.class)
                .hasMessageMatching("(?s)mine.yaml line \\d+: .*")
                .hasMessageContaining(message);
        assertThatThrownBy(() -> Instrument.parse("mine.yaml", wrong))
                .message()
                .satisfies(m -> assertThat(Integer.parseInt(m.replaceFirst("(?s)mine.yaml line (\\d+):.*", "$1")))
                        .isBetween(line - 2, line + 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{hdu: Segment01, x: 509, y: 0, flip_x: true}", "{hdu: Segment01, x: 510, y: 0}", ""})
    void segmentsOfARawFileMakeOneImage(String segment) {
        String before = "        - {hdu: Segment01, x: 509, y: 0, flip_x: true}\n";
        assertThat(AUXTEL).contains(before);
        String text = AUXTEL.replace(before, segment.isEmpty() ? "" : "        - " + segment + "\n");
        if (text.equals(AUXTEL)) {
            assertThat(Instrument.parse("mine.yaml", text).frames()).isNotEmpty();
        } else {
            assertThatThrownBy(() -> Instrument.parse("mine.yaml", text))
                    .hasMessageMatching("mine.yaml line \\d+: the segments do not make one image of 4072 x 4000 pixels:"
                            + " they leave a gap or overlap");
        }
    }

    @Test
    void whatNoInstrumentCanDoWithoutIsAskedFor() {
        assertThatThrownBy(() -> Instrument.parse("mine.yaml", AUXTEL.replaceFirst("    distance_mm: 187.1\n", "")))
                .hasMessageContaining("the settings lack dispersion.distance_mm");
        assertThatThrownBy(() -> Instrument.parse("mine.yaml", "instrument: ["))
                .hasMessageContaining("mine.yaml line 1");
    }
}
