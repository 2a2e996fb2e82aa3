package io.spectractor.batch.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.core.product.AstrometrySummary;
import io.spectractor.core.product.ForwardModelSummary;
import io.spectractor.core.product.ObservationSummary;
import io.spectractor.core.product.ProductSummary;
import io.spectractor.core.product.QualitySummary;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryCsvTest {
    @Test
    void cellsWithCommasQuotesAndLineEndsReadBack() {
        Failure failure = new Failure(Stage.READ, FailureKind.UNPROCESSABLE, "a, \"b\"\r\nc", "");
        List<ImageResult> images = List.of(
                ImageResult.failed(
                        "x,y.fits",
                        "/n/x,y.fits",
                        failure,
                        1,
                        0.1,
                        StageTimings.none().with(Stage.READ, 0.1),
                        "abc",
                        null),
                ImageResult.notTried("b.fits", "/n/b.fits", ImageStatus.SKIPPED, "bias"));

        assertThat(SummaryCsv.read(SummaryCsv.write(images))).isEqualTo(images);
    }

    @Test
    void columnsAreNamedOnce() {
        assertThat(SummaryCsv.columns()).doesNotHaveDuplicates().startsWith("image", "status", "failure");
    }

    @Test
    void theTargetsPositionStandsApartFromThePointing() {
        ObservationSummary observation = new ObservationSummary(
                193.3132, -18.5223, 2000, "resolver", 193.21, "cfccd", null, null, null, null, 57904.1, 57904.2);
        ProductSummary numbers = new ProductSummary(
                "HD111980",
                "HoloAmAg",
                null,
                0,
                "2017-05-31T02:53:52",
                120,
                1.131,
                8.6,
                784,
                25,
                -18.6,
                28.2,
                119.8,
                180,
                1,
                743.7057,
                683.1345,
                -1.5696,
                -1.57,
                -1.566,
                346.92,
                55.45,
                0.02,
                -0.02,
                0.01,
                573.3,
                1.05,
                2.9,
                500,
                1,
                2,
                9,
                ForwardModelSummary.none(),
                observation,
                QualitySummary.none(),
                AstrometrySummary.none());
        ImageResult image = new ImageResult(
                "a.fits",
                "/n/a.fits",
                ImageStatus.DONE,
                null,
                null,
                Collections.emptySortedSet(),
                1,
                false,
                1.7,
                StageTimings.none(),
                "a_spectrum.fits",
                "p",
                "s",
                "i",
                "k",
                numbers);

        assertThat(SummaryCsv.row(image))
                .containsEntry("target_ra_deg", "193.3132")
                .containsEntry("target_dec_deg", "-18.5223")
                .containsEntry("target_epoch", "2000.0")
                .containsEntry("target_origin", "resolver")
                .containsEntry("pointing_ra_deg", "193.21")
                .containsEntry("declination_deg", "-18.6")
                .containsEntry("mjd_middle", "57904.2");
    }

    @Test
    void anotherTableIsRefused() {
        assertThatThrownBy(() -> SummaryCsv.read("a,b\n1,2\n")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsTellTheExitCode() {
        assertThat(new Counts(3, 3, 0, 0, 0, 0, 0).exitCode().code()).isZero();
        assertThat(new Counts(3, 0, 0, 0, 0, 3, 0).exitCode().code()).isZero();
        assertThat(new Counts(3, 2, 0, 0, 1, 0, 0).exitCode().code()).isEqualTo(10);
        assertThat(new Counts(3, 0, 0, 0, 1, 2, 0).exitCode().code()).isEqualTo(11);
    }
}
