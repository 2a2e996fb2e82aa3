package io.spectractor.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.instrument.Quantity;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.FitsSource;
import io.spectractor.core.observation.HeaderReading;
import io.spectractor.core.observation.InstrumentReader;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.observation.ReadResult;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of described cameras: what is written is what was drawn, however it lies in the file. */
class SimulatedCameraTest {
    /** Light runs down the rows of the file; two amplifiers, one of which is read mirrored. */
    private static final String TWIN = """
            instrument: twin
            recognise: [{INSTRUME: twin}]
            frames:
              - name: raw
                hdus: [Upper, Lower]
                x: -row
                y: +column
                raw:
                  columns: 300
                  rows: 700
                  light: {columns: [4, 304], rows: [0, 350]}
                  serial_overscan: {columns: [306, end], rows: [0, end]}
                  parallel_overscan: {columns: [4, 304], rows: [352, end]}
                  segments:
                    - {hdu: Upper, x: 0, y: 350, flip_x: true, flip_y: true}
                    - {hdu: Lower, x: 0, y: 0, flip_x: true}
              - name: corrected
                hdus: [SCI, DQ, VAR]
                image: SCI
                variance: VAR
                mask: {hdu: DQ, bit_cards: MP_, bad: [BAD], saturated: [SAT]}
                x: -row
                y: +column
              - {name: plain, x: +column, y: +row}
            amplifiers:
              columns: 2
              rows: 1
              list:
                - {name: A, gain: 1.5, noise: 5}
                - {name: B, gain: 1.4, noise: 7}
            header:
              required: [exposure]
              date: {card: DATE-OBS}
              exposure: {card: SHUTTER, unit: ms}
              pixel_unit: {card: BUNIT}
              disperser: {card: GRATING}
              right_ascension: {card: RA, unit: hms}
              declination: {card: DEC, unit: dms}
              hour_angle: {card: "mount hour angle", unit: rad}
              airmass: {sine_of_altitude: ALT}
              temperature: {card: TEMP, unit: K}
              pressure: {card: PRES, unit: mmHg, when: {SENSOR: "on"}}
              humidity: {card: RH, unit: fraction}
            settings:
              ccd: {pixel_size_mm: 0.02, plate_scale_arcsec: 0.5, saturation_adu: 20000, gain: 1.5}
              dispersion: {distance_mm: 30, distance_error_mm: 0.2}
              site: {latitude_deg: -30.16886111}
            """;

    private static final Instrument INSTRUMENT = Instrument.parse("twin.yaml", TWIN);

    private static SimulationSettings.Builder settings(ExtractionConfig config) {
        return Frames.orderOneOnly()
                .order0(new PixelPosition(200, 150))
                .order0Ratio(0.4)
                .distanceMm(30)
                .sky(SimulatedSky.flat(0.5))
                .detector(SimulatedCamera.of(config).detector());
    }

    @ParameterizedTest
    @CsvSource({"raw, 2.5", "corrected, 0.001", "plain, 0.001"})
    void whatTheCameraWritesReadsAsItWasDrawn(String layout, double mostAdu) {
        ExtractionConfig config = INSTRUMENT.config();
        SimulationSettings drawn = settings(config).build();
        SimulatedFrame frame = new FrameSimulator(config)
                .simulate(
                        drawn.toBuilder()
                                .detector(drawn.detector().withNoise(false))
                                .build(),
                        Frames.star());
        byte[] file = FrameFiles.imageBytes(frame, CameraFormat.of(INSTRUMENT, layout));
        ReadResult read = new InstrumentReader(INSTRUMENT)
                .read(FitsSource.of("twin.fits", file), ExposureRequest.of("twin.fits"), config);

        CcdImage image = read.exposure().image();
        assertThat(image.width()).isEqualTo(700);
        assertThat(image.height()).isEqualTo(300);
        double worst = 0;
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 700; x++) {
                double gain = x < 350 ? 1.5 : 1.4;
                double adu = image.rate(x, y) * 120 * 1.5 / gain;
                worst = Math.max(worst, Math.abs(adu - frame.adu()[y * 700 + x]));
            }
        }
        assertThat(worst).isLessThan(mostAdu);
        assertThat(read.exposure().metadata().exposureSeconds()).isCloseTo(120, within(1e-9));
        assertThat(read.exposure().metadata().pressureHPa()).isCloseTo(784, within(1e-6));
        assertThat(read.exposure().metadata().temperatureCelsius()).isCloseTo(8.6, within(1e-6));
        assertThat(read.exposure().metadata().hourAngleDeg()).isCloseTo(28.178833, within(1e-6));
        assertThat(read.exposure().metadata().airmass())
                .isCloseTo(drawn.conditions().airmass(), within(1e-6));
        assertThat(read.caveats()).isEmpty();
    }

    /** Sixteen amplifiers, words for nothing in the wheel, a mount beyond the pole: headers of cameras that we know. */
    @ParameterizedTest
    @CsvSource({"auxtel, -30.2446", "stardice, 43.930832"})
    void headersReadBack(String name, double latitude) {
        Instrument instrument = Instruments.named(name).orElseThrow();
        ExtractionConfig config = instrument.config();
        SimulatedCamera camera = SimulatedCamera.of(config);
        ObservingConditions conditions = new ObservingConditions(
                LocalDate.of(2024, 6, 24),
                30,
                193.3,
                12.5,
                -25,
                latitude,
                9.3,
                name.equals("auxtel") ? 741 : 938,
                31,
                1);
        SimulationSettings settings = settings(config)
                .conditions(conditions)
                .disperser(name.equals("auxtel") ? "holo4_003" : "star_analyzer_200")
                .build();
        Map<String, String> cards = new HashMap<>();
        for (FrameCard card : DescribedHeader.cards(settings, config, camera)) {
            cards.put(card.keyword().toUpperCase(Locale.ROOT), String.valueOf(card.value()));
        }
        assertThat(Instruments.recognising(k -> cards.get(k.toUpperCase(Locale.ROOT))))
                .containsExactly(instrument);
        HeaderReading reading = new HeaderReading(instrument, k -> cards.get(k.toUpperCase(Locale.ROOT)));
        assertThat(reading.number(Quantity.EXPOSURE).value()).isEqualTo(30);
        assertThat(reading.number(Quantity.AIRMASS).value()).isCloseTo(conditions.airmass(), within(1e-6));
        assertThat(reading.number(Quantity.HOUR_ANGLE).value()).isCloseTo(-25, within(1e-6));
        assertThat(reading.number(Quantity.DECLINATION).value()).isCloseTo(12.5, within(1e-6));
        assertThat(reading.number(Quantity.PRESSURE).value()).isCloseTo(conditions.pressureHPa(), within(1e-6));
        assertThat(reading.number(Quantity.TEMPERATURE).value()).isCloseTo(9.3, within(1e-6));
        assertThat(reading.number(Quantity.CAMERA_ROTATION).value())
                .isCloseTo(config.site().cameraRotationDeg(), within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "corrected", "plain"})
    void theSameFrameGivesTheSameBytes(String layout) {
        ExtractionConfig config = INSTRUMENT.config();
        CameraFormat format = CameraFormat.of(INSTRUMENT, layout);
        FrameSimulator simulator = new FrameSimulator(config);
        SimulationSettings settings = settings(config).build();
        assertThat(FrameFiles.imageBytes(simulator.simulate(settings, Frames.star()), format))
                .isEqualTo(FrameFiles.imageBytes(simulator.simulate(settings, Frames.star()), format));
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        String description;
        try (InputStream file = Instruments.class.getResourceAsStream("lpnhe.yaml")) {
            description = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        ExtractionConfig unsized = Instrument.parse(
                        "lpnhe.yaml", description.replace("columns: 512", "").replace("rows: 4004", ""))
                .config();
        assertThatThrownBy(() -> SimulatedCamera.of(unsized))
                .hasMessageContaining("lpnhe")
                .hasMessageContaining("chip:");
        assertThatThrownBy(() -> CameraFormat.of(INSTRUMENT, "rw")).hasMessageContaining("raw, corrected, plain");
    }
}
