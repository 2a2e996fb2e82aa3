package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.instrument.Label;
import io.spectractor.core.instrument.Quantity;
import io.spectractor.core.observation.HeaderValue.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is made of 23 real LATISS headers of 2018 to 2024. The values are those that the cards hold by the rules of obs_lsst: RA
 * and DEC in radians until 2020-01-28, ROTPA 180 degrees too large from 2020-11-19 to 2021-10-29, pressure in hPa or Pa,
 * LINSPOS out of range, misspelt and null cards. A tilde marks what is assumed or missing.
 */
class LatissHeadersTest {
    private static final Instrument AUXTEL = Instruments.named("auxtel").orElseThrow();

    private static final List<Quantity> NUMBERS = List.of(
            Quantity.EXPOSURE,
            Quantity.AIRMASS,
            Quantity.RIGHT_ASCENSION,
            Quantity.DECLINATION,
            Quantity.HOUR_ANGLE,
            Quantity.TEMPERATURE,
            Quantity.PRESSURE,
            Quantity.CAMERA_ROTATION,
            Quantity.DISTANCE);

    @ParameterizedTest
    @CsvSource({
        // file, date, disperser, filter, target, exposure, airmass, RA, DEC, hour angle, temperature, pressure,
        // rotation, distance
        "2018-09-20-05700065-det000, 2018-09-21T06:12:18.210, -, -, -, 27.000, -~, -~, -~, -~, 10.000~, 743.00~, -~, -~",
        "AT_C_20220426_000004_R00_S00, 2022-04-26T23:36:20.879, -, -, -, -~, -~, -~, -~, -~, 10.000~, 743.00~, -~, -~",
        "AT_O_20190306_000014, 2019-03-06T19:37:54.309, -, -, -, 1.0600, -~, -~, -~, -~, 10.000~, 743.00~, -~, -~",
        "AT_O_20190329_000022-ats-wfs_ccd, 2019-03-29T16:57:37.055, -, -, -, -~, -~, -~, -~, -~, 10.000~, 743.00~, -~, -~",
        "AT_O_20190915_000037, 2019-09-15T18:13:32.400, -, -, -, 0.0000, -~, -~, -~, -~, 10.000~, 743.00~, -~, -~",
        "AT_O_20191031_000004, 2019-11-01T02:45:33.770, -, -, -, 3.0000, -~, -~, -~, -~, 10.000~, 743.00~, -~, -~",
        "AT_O_20191104_000003, 2019-11-04T19:42:47.130, -, -, -, 3.0000, -~, -~, -~, -~, 10.000~, 743.00~, -~, -~",
        "AT_O_20191113_000061, 2019-11-13T22:13:22.737, ronchi90lpmm, -, -, 0.50000, 1.3432, 270.00, -20.000, 45.180, 10.000~, 743.00~, 143.80, 180.00",
        "AT_O_20191118_000011, 2019-11-18T23:07:53.453, ronchi170lpmm, -, -, 15.000, 1.0154, 0.0000, 0.0000, -26.197, 10.000~, 743.00~, -90.000, 180.00",
        "AT_O_20200121_000045, 2020-01-21T23:41:04.593, empty_1, blank_bk7_wg05, -, 100.00, 1.0155, 0.0000, 0.0000, 45.381, 10.000~, 743.00~, -90.000, 115.16",
        "AT_O_20200128_000335, 2020-01-29T05:59:19.805, ronchi90lpmm, blank_bk7_wg05, HD107696, 7.5000, 1.2752, 185.71, -57.676, -38.796, 10.000~, 743.00~, 178.13, 175.00",
        "AT_O_20200128_000379, 2020-01-29T07:25:52.373, empty_1, KPNO_406_828nm, HD107696, 5.0000, 1.1544, 185.71, -57.676, -17.106, 10.000~, 743.00~, 104.75, 175.00",
        "AT_O_20210210_000011, 2021-02-10T19:01:56.052, ronchi90lpmm, RG610, -, 1.0000, 1.0634, 355.39, -10.358, -0.00086682, 9.2000, 741.30, 90.000, 175.00",
        "AT_O_20210212_000006, 2021-02-12T12:36:56.372, ronchi90lpmm, RG610, -, 1.0000, 1.0152, 260.18, -20.224, 0.62331, 11.000, 742.10, 90.000, 175.00",
        "AT_O_20220405_000348, 2022-04-06T02:59:29.057, empty_1, SDSSr, LATISS_E6A_00000040, 30.000, 1.3952, 222.01, -45.060, -54.026, 12.300, 744.30, -88.485, 183.00",
        "AT_O_20220405_000349, 2022-04-06T03:00:01.608, empty_1, SDSSr, LATISS_E6A_00000040, 30.000, 1.3929, 222.01, -45.060, -53.890, 12.300, 744.30, -88.485, 183.00",
        "AT_O_20230321_000053, 2023-03-21T16:11:07.706, empty_1, -, -, 30.000, 2.6203, 142.50, -80.881, -151.52, 10.000~, 743.00~, 86.331, 182.00",
        "AT_O_20230705_000379_R00_S00, 2023-07-06T04:56:01.913, holo4_003, -, HD165763, 30.000, 1.0392, 272.12, -21.253, 14.589, 5.7750, 777.80, 51.988, -~",
        "AT_O_20240624_000106_R00_S00-patched, 2024-06-25T01:27:55.160, empty_1, SDSSr_65mm, HD 131586, 30.000, 1.0156, 223.77, -20.013, 0.63703, 1.5750, 738.80, 171.37, 182.00",
        "AT_O_20240624_000106_R00_S00, 2024-06-25T01:27:55.160, empty_1, SDSSr_65mm, HD 131586, 30.000, 1.0156, 223.77, -20.013, 0.63703, 1.5750, 738.80, 171.37, 182.00",
        "AT_O_20240624_000169_R00_S00, 2024-06-25T07:10:40.383, empty_1, SDSSr_65mm, -, 30.000, 1.5893, 0.0000, 0.0000, 0.0000, 0.025000, 737.60, -93.881, 182.00",
        "future-bad, 2020-03-29T16:57:37.055, -, -, -, -~, -~, -~, -~, -~, 10.000~, 743.00~, -~, -~",
        "future, 2020-03-29T16:57:37.055, -, -, -, 0.0000, -~, -~, -~, -~, 10.000~, 743.00~, -~, -~",
    })
    void everyRealHeaderIsUnderstood(
            String name,
            String date,
            String disperser,
            String filter,
            String target,
            String exposure,
            String airmass,
            String rightAscension,
            String declination,
            String hourAngle,
            String temperature,
            String pressure,
            String rotation,
            String distance)
            throws IOException {
        Map<String, String> cards = cards(name);
        assertThat(Instruments.recognising(k -> cards.get(k.toUpperCase(Locale.ROOT))))
                .containsExactly(AUXTEL);
        HeaderReading reading = new HeaderReading(AUXTEL, k -> cards.get(k.toUpperCase(Locale.ROOT)));
        assertThat(word(reading, Label.DATE)).isEqualTo(date);
        assertThat(word(reading, Label.DISPERSER)).isEqualTo(disperser);
        assertThat(word(reading, Label.FILTER)).isEqualTo(filter);
        assertThat(word(reading, Label.TARGET)).isEqualTo(target);
        List<String> expected = List.of(
                exposure, airmass, rightAscension, declination, hourAngle, temperature, pressure, rotation, distance);
        for (int i = 0; i < NUMBERS.size(); i++) {
            Quantity quantity = NUMBERS.get(i);
            HeaderValue<Double> found = reading.number(quantity);
            String wanted = expected.get(i);
            assertThat(found.status() == Status.FOUND).as("%s found", quantity).isEqualTo(!wanted.endsWith("~"));
            if (!wanted.startsWith("-~")) {
                double value = Double.parseDouble(wanted.replace("~", ""));
                assertThat(found.value())
                        .as("%s", quantity)
                        .isCloseTo(value, within(1e-4 * Math.max(1, Math.abs(value))));
            }
        }
    }

    private static String word(HeaderReading reading, Label label) {
        String value = reading.label(label).value();
        return value == null ? "-" : value;
    }

    /** The cards of a header, written as YAML in two ways or as JSON; null and blank ones are left out. */
    private static Map<String, String> cards(String name) throws IOException {
        String root = System.getenv("SPECTRACTOR_SHARED");
        assumeTrue(root != null, "SPECTRACTOR_SHARED is not set");
        Path folder = Path.of(root, "real", "latiss-headers");
        Path json = folder.resolve("latiss-" + name + ".json");
        Path file = Files.exists(json) ? json : folder.resolve("latiss-" + name + ".yaml");
        assumeTrue(Files.exists(file), "no " + file);
        Pattern line = file.equals(json)
                ? Pattern.compile("^\\s*\"([^\"]+)\"\\s*:\\s*(.*?),?$")
                : Pattern.compile("^([^:]+):\\s+(.*)$");
        Map<String, String> cards = new HashMap<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = line.matcher(lines.get(i));
            if (lines.get(i).startsWith("- - ") && i + 2 < lines.size()) {
                put(cards, lines.get(i).substring(4), lines.get(i + 2).replaceFirst("^  - ", ""));
            } else if (!lines.get(i).startsWith(" - ") && matcher.matches()) {
                put(cards, matcher.group(1), matcher.group(2));
            }
        }
        return cards;
    }

    private static void put(Map<String, String> cards, String keyword, String written) {
        String value = written.strip().replaceAll("^['\"](.*)['\"]$", "$1");
        if (!value.isEmpty() && !value.equals("null") && !value.startsWith("- ")) {
            cards.put(keyword.strip().toUpperCase(Locale.ROOT), value);
        }
    }
}
