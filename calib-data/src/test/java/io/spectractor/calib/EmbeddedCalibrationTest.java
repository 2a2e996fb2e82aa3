package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.EffectiveWavelength;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.optics.Throughput;
import io.spectractor.core.reference.TemplateLibrary;
import io.spectractor.core.target.LineCatalogue;
import io.spectractor.core.target.SpectralLine;
import io.spectractor.core.target.SpectralLine.Origin;
import io.spectractor.core.target.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The data in the jar against the known answers of the original. */
class EmbeddedCalibrationTest {
    private static final CalibrationStore STORE = EmbeddedCalibration.load();

    /** The digest stands in the build, so that a run need not read every table. */
    @Test
    void theDigestIsThatOfTheTables() {
        CalibrationContent content = EmbeddedCalibration.content();
        Map<String, byte[]> csv = new HashMap<>();
        content.names().forEach(name -> csv.put(name, content.bytes(name)));

        // reads and checks all of them
        TableCalibration checked = new TableCalibration(new CalibrationContent(content.version(), csv));

        assertThat(content.sha256())
                .as("a table has changed: this digest belongs into sha256.txt beside contents.txt")
                .isEqualTo(checked.sha256());
        assertThat(STORE.sha256()).isEqualTo(checked.sha256());
        assertThat(STORE.targetNames()).isEqualTo(checked.targetNames());
        for (String name : STORE.targetNames()) {
            TabulatedCurve sed = STORE.target(name).orElseThrow().sed();
            TabulatedCurve other = checked.target(name).orElseThrow().sed();
            assertThat(sed == null).isEqualTo(other == null);
            if (sed != null && other != null) {
                assertThat(sed.wavelengthsNm()).isEqualTo(other.wavelengthsNm());
            }
        }
    }

    @Test
    void faintStarsWithNoisySpectraAreNoTemplates() {
        assertThat(noise("C26202")).isBetween(0.012, 0.014);
        assertThat(noise("NGC2506-G31")).isGreaterThan(0.015);
        assertThat(noise("HD205905")).isBetween(1e-4, 0.002);
        long stars = STORE.targetNames().stream()
                .map(name -> STORE.target(name).orElseThrow())
                .filter(t -> t.kind() == Target.Kind.STAR && t.sed() != null)
                .count();

        // the other two are SF1615+001A and HS2027+0651
        assertThat(TemplateLibrary.of(STORE).size())
                .isEqualTo((int) stars - 4 + STORE.templates().size());
    }

    private static double noise(String star) {
        return Objects.requireNonNull(STORE.target(star).orElseThrow().sedOrigin())
                .noise();
    }

    /** Spectra of stars end near 1000 nm and are continued; one of an M star began there with a step of 45 %. */
    @Test
    void spectraOfStarsAreContinuedWithoutAStep() {
        for (String name : STORE.targetNames()) {
            TabulatedCurve sed = STORE.target(name).orElseThrow().sed();
            if (sed != null) {
                double ratio = mean(sed, 1000, 1010) / mean(sed, 975, 999);
                assertThat(ratio).as(name).isBetween(0.9, 1.1);
            }
        }
    }

    private static double mean(TabulatedCurve curve, double fromNm, double toNm) {
        double sum = 0;
        int n = 0;
        for (double nm = fromNm; nm <= toNm; nm += 0.5) {
            sum += curve.at(nm);
            n++;
        }
        return sum / n;
    }

    @Test
    void holdsTheDispersersOfCtio() {
        assertThat(STORE.disperserNames())
                .containsExactly(
                        "HoloAmAg",
                        "HoloPhAg",
                        "HoloPhP",
                        "Ron200",
                        "Ron400",
                        "Thor300",
                        "blue300lpmm_qn1",
                        "holo4_003",
                        "ronchi170lpmm",
                        "ronchi90lpmm",
                        "star_analyzer_200");
        assertThat(STORE.disperser(" holo amag").orElseThrow().label()).isEqualTo("HoloAmAg");
        assertThat(STORE.disperser("Holo")).isEmpty();
        assertThat(STORE.version()).isNotBlank();
    }

    /** Transmissions at tabulated wavelengths, from the original's tables. */
    @ParameterizedTest
    @CsvSource({
        "HoloAmAg, 400, 0.0037044834811710225",
        "HoloAmAg, 600, 0.018896194003439896",
        "HoloAmAg, 1000, 0.012359493735904755",
        "HoloPhAg, 400, 0.08822393174963898",
        "HoloPhAg, 1000, 0.25754044415779154",
        "HoloPhP, 500, 0.12444639653621152",
        "HoloPhP, 900, 0.049859640984073604",
        "Ron200, 450, 1",
        "Ron400, 400, 0.07836101091974318",
        "Ron400, 1000, 0.07790719281466413",
        "Thor300, 450, 0.56445471381323",
        "Thor300, 800, 0.43916524507543353"
    })
    void transmissionsMeetTheOriginal(String label, double lambdaNm, double transmission) {
        assertThat(STORE.disperser(label).orElseThrow().transmission().at(lambdaNm))
                .isCloseTo(transmission, within(1e-7));
    }

    @ParameterizedTest
    @CsvSource({
        "HoloAmAg, 400, 0.44240117647058974", "HoloAmAg, 700, 0.2413325925926034",
        "Thor300, 400, 0.7516984030107633", "Thor300, 600, 0.012105545707573414"
    })
    void measuredRatiosMeetTheOriginal(String label, double lambdaNm, double ratio) {
        TabulatedCurve curve = STORE.disperser(label).orElseThrow().ratio2over1();

        assertThat(curve).isNotNull();
        assertThat(curve.at(lambdaNm)).isCloseTo(ratio, within(1e-7));
        assertThat(curve.at(1100)).as("held, not extrapolated below zero").isEqualTo(curve.at(999));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HoloPhAg", "HoloPhP", "Ron200", "Ron400"})
    void ratiosThatWereNeverMeasuredAreUnknown(String label) {
        Disperser disperser = STORE.disperser(label).orElseThrow();

        assertThat(disperser.ratio2over1()).isNull();
        assertThat(disperser.ratio3over2()).isNull();
    }

    /** spec/03 §8: 250 rows from 346 to 1093 nm, five digits. */
    @ParameterizedTest
    @CsvSource({"350, 0.12171", "400, 0.28448", "550, 0.39941", "700, 0.43236", "900, 0.18166", "1000, 0.05193"})
    void throughputMeetsTheOriginal(double lambdaNm, double throughput) {
        TabulatedCurve ctio = STORE.throughput("ctio").orElseThrow();

        assertThat(ctio.at(lambdaNm)).isCloseTo(throughput, within(5.1e-6));
        assertThat(ctio.size()).isEqualTo(250);
        assertThat(ctio.minNm()).isEqualTo(346);
        assertThat(ctio.maxNm()).isEqualTo(1093);
        assertThat(ctio.at(345)).isZero();
    }

    @Test
    void throughputsAnswerToTheFileNamesOfTheOriginal() {
        assertThat(STORE.throughputNames())
                .containsExactly("auxtel", "auxtel_20230802", "auxtel_20250921", "ctio", "ctio_300517_v2", "stardice");
        assertThat(STORE.throughput("multispectra_Thor300_HD111980_CTIO_throughput_prod7.5.4.txt"))
                .containsSame(STORE.throughput("CTIO").orElseThrow());
        assertThat(STORE.throughput("ctio_throughput_300517_v2.txt")).isPresent();
    }

    /** spec/03 §8: what the filters leave of 350 to 1100 nm. */
    @ParameterizedTest
    @CsvSource({"FGB37, 350, 760", "RG715, 692, 1093", "rg 715, 692, 1093"})
    void filtersNarrowTheRangeAsTheOriginalDoes(String filter, double minNm, double maxNm) {
        Throughput throughput = Throughput.of(
                STORE.throughput("ctio").orElseThrow(), STORE.filter(filter).orElseThrow());

        assertThat(throughput.usefulRange(350, 1100, 1e-4)).isEqualTo(new Throughput.WavelengthRange(minNm, maxNm));
    }

    @Test
    void linesAreTheOriginalsWithoutItsDuplicate() {
        LineCatalogue lines = new LineCatalogue(STORE.lines());

        assertThat(lines.lines(Origin.HYDROGEN)).hasSize(10);
        assertThat(lines.lines(Origin.STELLAR)).hasSize(9);
        assertThat(lines.lines(Origin.ATMOSPHERIC)).hasSize(6);
        assertThat(lines.lines(Origin.NEBULAR))
                .hasSize(31 + 26); // He I 388.8 blends with H8; 26 bright lines of nebulae are ours
        assertThat(lines.lines(Origin.LAMP)).hasSize(32);
        assertThat(STORE.lines().stream().filter(SpectralLine::useForCalibration))
                .hasSize(6 + 3 + 6 + 12);
        assertThat(lines.expected(Target.Kind.STAR, 0)).hasSize(25);
        assertThat(lines.expected(Target.Kind.PLANETARY_NEBULA, 0)).hasSize(47 + 26);
    }

    /** Ionised helium is hydrogen with twice the charge: 4 to 3 is from NIST, the others the original rounded to 0.1 nm. */
    @ParameterizedTest
    @CsvSource({"468.571, 3, 4, 0.02", "617.1, 5, 18, 0.06", "611.8, 5, 19, 0.06"})
    void ionisedHeliumFollowsRydberg(double airNm, int lower, int upper, double tolerance) {
        double rydbergPerNm = 4 * 109_722.273e-7;
        double vacuumNm = 1 / (rydbergPerNm * (1.0 / (lower * lower) - 1.0 / (upper * upper)));
        assertThat(vacuumNm / 1.000277).isCloseTo(airNm, within(tolerance));
        assertThat(EmbeddedCalibration.load().lines())
                .anyMatch(line -> line.label().equals("He II") && line.wavelengthNm() == airNm);
    }

    /** The Balmer series within 20 pm of Rydberg's formula with the refraction of air; it ignores the fine structure. */
    @Test
    void hydrogenFollowsRydberg() {
        double rydbergPerNm = 109_677.583_40e-7;
        int n = 12;
        for (SpectralLine line : new LineCatalogue(STORE.lines()).lines(Origin.HYDROGEN)) {
            double vacuumNm = 1 / (rydbergPerNm * (0.25 - 1.0 / (n * n)));
            assertThat(line.wavelengthNm()).isCloseTo(vacuumNm / 1.000_28, within(0.02));
            n--;
        }
        assertThat(n).isEqualTo(2);
    }

    @Test
    void knowsTheTargetsOfTheLogbook() {
        assertThat(STORE.targetNames())
                .contains("HD111980", "HD160617", "HD185975", "HD205905", "PKS1510-089", "3C273", "3C279");
        Target star = STORE.target("HD 111980").orElseThrow();
        assertThat(star.kind()).isEqualTo(Target.Kind.STAR);
        assertThat(star.rightAscensionDeg()).isCloseTo(193.31272, within(1e-5));
        assertThat(star.declinationDeg()).isCloseTo(-18.52222, within(1e-5));
        assertThat(star.redshift()).isCloseTo(155 / 299_792.458, within(1e-8));
        assertThat(STORE.target("HD205905").orElseThrow().redshift()).isNegative();
        assertThat(STORE.target("3C279").orElseThrow().sed()).isNull();
        assertThat(STORE.target("png321.0+3.9").orElseThrow().kind()).isEqualTo(Target.Kind.PLANETARY_NEBULA);
        assertThat(STORE.target("3C279").orElseThrow().redshift()).isEqualTo(0.536);
        assertThat(STORE.target("Betelgeuse")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "HD 185975, HD185975", "hd185975, HD185975", "mu Col, MU COL", "MUCOL, MU COL", "HD38666, MU COL",
                "* mu. Col, MU COL",
        "18 Sco, 18 SCO", "HD146233, 18 SCO", "Feige110, FEIGE110", "FEIGE 110, FEIGE110", "HD009051, HD9051",
                "VB 8, VB8",
        "bd_17d4708, BD+17 4708", "BD+17 4708, BD+17 4708", "alpha CMa, SIRIUS", "GD 71, GD71",
                "WD 0809+177, WD0809+177"
    })
    void starsHaveTheNamesThatObserversWrite(String written, String name) {
        assertThat(STORE.target(written).map(Target::name)).contains(name);
        assertThat(STORE.targetNearMiss(written)).isEmpty();
    }

    /** HD11980 stands in a table of results for HD111980. */
    @ParameterizedTest
    @CsvSource({"HD11980, HD111980", "HD111890, HD111980", "mucoll, MU COL", "Feige 111, FEIGE110", "HD111981, HD111980"
    })
    void aNameOneSlipAwayIsProposedAndNotTaken(String written, String meant) {
        assertThat(STORE.target(written)).isEmpty();
        assertThat(STORE.targetNearMiss(written)).contains(meant);
    }

    @Test
    void nothingIsProposedForOtherStars() {
        assertThat(STORE.targetNearMiss("Betelgeuse")).isEmpty();
        assertThat(STORE.targetNearMiss("HD112")).isEmpty();
    }

    @Test
    void seventyThreeStarsHaveSpectraAndSayHowFarTheyAreMeasured() {
        List<Target> stars = STORE.targetNames().stream()
                .map(name -> STORE.target(name).orElseThrow())
                .filter(target -> target.sed() != null)
                .toList();

        assertThat(stars).hasSize(73);
        for (Target star : stars) {
            TabulatedCurve sed = Objects.requireNonNull(star.sed());
            assertThat(sed.minNm()).as(star.name()).isLessThan(311);
            assertThat(sed.maxNm()).as(star.name()).isEqualTo(1120);
            Target.SedOrigin origin = Objects.requireNonNull(star.sedOrigin());
            assertThat(origin.source()).contains("CALSPEC");
            assertThat(origin.extrapolated())
                    .as(star.name())
                    .isEqualTo(!star.name().equals("HD111980"));
            for (double nm = 400; nm <= 1120; nm += 20) {
                assertThat(sed.at(nm)).as(star.name() + " " + nm).isPositive();
            }
        }
    }

    /** V magnitudes of the CALSPEC list, against 3.63e-8 erg/s/cm2/nm of Vega (Bessell 1979). */
    @Test
    void brightnessesAreThoseOfTheCatalogue() {
        double vega = 3.63e-8;
        for (var star : Map.of("MU COL", 5.18, "SIRIUS", -1.46, "FEIGE110", 11.83, "HD205905", 6.74)
                .entrySet()) {
            TabulatedCurve sed = Objects.requireNonNull(
                    STORE.target(star.getKey()).orElseThrow().sed());
            double mean = 0;
            for (int nm = 510; nm < 590; nm++) {
                mean += sed.at(nm) / 80;
            }
            assertThat(-2.5 * Math.log10(mean / vega)).as(star.getKey()).isCloseTo(star.getValue(), within(0.1));
        }
    }

    /** Of cool stars: the blue of VB8 scatters about zero, which is no light, and no reason to stop a run. */
    @Test
    void smallNegativeFluxesAreNoLight() {
        assertThat(EmbeddedCalibration.content().table("sed/VB8.csv").number(0, "flux_erg_s_cm2_nm"))
                .isNegative();
        assertThat(Objects.requireNonNull(STORE.target("VB8").orElseThrow().sed())
                        .at(300))
                .isZero();
    }

    /** CALSPEC hd111980_stis_006.fits: integral of its rows over 399.75 to 1000.25 nm, by numpy. */
    @Test
    void sedConservesTheFluxOfCalspec() {
        TabulatedCurve sed = STORE.target("HD111980").orElseThrow().sed();
        assertThat(sed).isNotNull();
        double sum = 0;
        for (double lambda = 400; lambda < 1000.1; lambda += 0.5) {
            sum += sed.at(lambda) * 0.5;
        }
        assertThat(sum).isCloseTo(CALSPEC_FLUX, within(CALSPEC_FLUX * 1e-6));
    }

    private static final double CALSPEC_FLUX = 7.57783784e-09;

    /**
     * The original sums over CALSPEC's rows without their widths and gets 573.312 nm. Rows per nm of
     * hd111980_stis_006.fits: 0.2746 nm wide from 306.5 to 545 nm, 0.4878 to 1010 nm, 0.9 nm beyond.
     */
    @Test
    void effectiveWavelengthExplainsTheOriginals() {
        TabulatedCurve sed = STORE.target("HD111980").orElseThrow().sed();
        TabulatedCurve ctio = STORE.throughput("ctio").orElseThrow();
        assertThat(sed).isNotNull();
        double sum = 0;
        double weighted = 0;
        for (double lambda = 346; lambda <= 1093; lambda += 0.5) {
            double rowsPerNm = lambda < 545 ? 1 / 0.2746 : lambda < 1010 ? 1 / 0.4878 : 1 / 0.9;
            double weight = sed.at(lambda) * ctio.at(lambda) * rowsPerNm;
            sum += weight;
            weighted += lambda * weight;
        }

        assertThat(weighted / sum).isCloseTo(573.312, within(0.1));
    }

    /** Integral over the native CALSPEC table by numpy: dry air refracts light of 587.94 nm as in the mean over the photons. */
    @Test
    void effectiveWavelengthCountsPhotons() {
        TabulatedCurve sed = STORE.target("HD111980").orElseThrow().sed();
        Throughput order0 = Throughput.of(STORE.throughput("ctio").orElseThrow(), null);

        assertThat(EffectiveWavelength.ofRefractionNm(sed, order0)).isCloseTo(587.94, within(0.05));
    }
}
