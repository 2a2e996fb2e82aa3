package io.spectractor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservingNightTest {
    @ParameterizedTest
    @CsvSource({
        "reduc_20170530_134.fits,2017-05-30",
        "bias_12345.fits,",
        "x_20179930_1.fits,",
        "20170531.fits.gz,2017-05-31"
    })
    void withoutHeaderTheNameTells(String name, String night) {
        ImageResult image = ImageResult.notTried(name, "/in/" + name, ImageStatus.NOT_RUN, null);
        assertThat(ObservingNight.of(image).orElse(null)).isEqualTo(night);
    }
}
