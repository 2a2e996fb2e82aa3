package io.spectractor.batch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.batch.UsageException;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.config.RotationConfig;
import io.spectractor.core.instrument.Instruments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IniImportTest {
    /** The parameters that Spectractor 3.2.1's ctio.ini sets, with its values. */
    private static final String CTIO = """
            [paths]
            # relative path
            DISPERSER_DIR = extractor/dispersers/
            THROUGHPUT_DIR = simulation/CTIOThroughput/
            [pipeline]
            SPECTRACTOR_FIT_TARGET_CENTROID = fit
            SPECTRACTOR_COMPUTE_ROTATION_ANGLE = hessian
            SPECTRACTOR_DECONVOLUTION_PSF2D = True
            SPECTRACTOR_DECONVOLUTION_FFM = True
            SPECTRACTOR_ATMOSPHERE_SIM = none
            SPECTRACTOR_SIMULATE_STARFIELD = True
            [instrument]
            OBS_NAME = CTIO
            OBS_ALTITUDE = 2.200
            OBS_LATITUDE = -30 10 07.90
            OBS_SURFACE = 6361
            OBS_EPOCH = J2000.0
            OBS_OBJECT_TYPE = STAR
            OBS_FULL_INSTRUMENT_TRANSMISSON = multispectra_Thor300_HD111980_CTIO_throughput_prod7.5.4.txt
            OBS_TRANSMISSION_SYSTEMATICS = 0.0
            OBS_CAMERA_ROTATION = 180
            OBS_CAMERA_DEC_FLIP_SIGN = 1
            OBS_CAMERA_RA_FLIP_SIGN = -1
            [CCD]
            CCD_IMSIZE = 2048
            CCD_PIXEL2MM = 24e-3
            CCD_PIXEL2ARCSEC = 0.401
            CCD_MAXADU = 60000
            CCD_GAIN = 3.
            CCD_REBIN = 1
            [spectrograph]
            DISTANCE2CCD = 55.45
            DISTANCE2CCD_ERR = 0.19
            [search windows]
            XWINDOW = 100
            YWINDOW = 100
            XWINDOW_ROT = 50
            YWINDOW_ROT = 50
            PIXSHIFT_PRIOR = 0.2
            [rotation parameters]
            ROT_PREFILTER = True
            ROT_ORDER = 5
            ROT_ANGLE_MIN = -10
            ROT_ANGLE_MAX = 10
            [spectrum range]
            LAMBDA_MIN = 350
            LAMBDA_MAX = 1100
            [background subtraction parameters]
            PIXWIDTH_SIGNAL = 20
            PIXDIST_BACKGROUND = 100
            PIXWIDTH_BACKGROUND = 100
            PIXWIDTH_BOXSIZE = 40
            [PSF]
            PSF_TYPE = Moffat
            PSF_POLY_ORDER = 2
            PSF_FIT_REG_PARAM = 0.04
            PSF_PIXEL_STEP_TRANSVERSE_FIT = 10
            PSF_FWHM_CLIP = 2
            [detection line algorithm parameters]
            CALIB_BGD_ORDER = 3
            CALIB_PEAK_WIDTH = 7
            CALIB_BGD_WIDTH = 10
            CALIB_SAVGOL_WINDOW = 5
            CALIB_SAVGOL_ORDER = 2
            [plot settings]
            PAPER = False
            LINEWIDTH = 2
            PLOT_DIR = plots
            SAVE = False
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void ctioIniGivesOurDefaultsForCtio() throws IOException {
        Path file = Files.writeString(folder.resolve("ctio.ini"), CTIO);

        ConfigLoader.Loaded loaded = ConfigLoader.load(file, List.of());

        assertThat(loaded.config()).isEqualTo(Instruments.ctio().config());
        assertThat(loaded.ignored())
                .hasSize(23)
                .contains("CCD_IMSIZE = 2048: the size is read from the image")
                .noneMatch(line -> line.contains("DISTANCE2CCD"));
    }

    @Test
    void everyValueOfTheFileArrives() {
        ExtractionConfig config = imported("""
                OBS_LATITUDE = 43 55 51.0
                CCD_REBIN = 2.
                xwindow: 80
                SPECTRACTOR_COMPUTE_ROTATION_ANGLE = False
                SPECTRACTOR_BACKGROUND_SUBTRACTION = False
                PSF_TYPE = MoffatGauss
                OBS_FULL_INSTRUMENT_TRANSMISSON = ctio_throughput_300517_v2.txt
                ; DISTANCE2CCD = 1
                """);

        assertThat(config.site().latitudeDeg()).isCloseTo(43 + 55 / 60.0 + 51 / 3600.0, within(1e-12));
        assertThat(config.ccd().rebin()).isEqualTo(2);
        assertThat(config.target().windowXPx()).isEqualTo(80);
        assertThat(config.rotation().method()).isEqualTo(RotationConfig.Method.NONE);
        assertThat(config.background().subtract()).isFalse();
        assertThat(config.psf().type()).isEqualTo(PsfConfig.Type.MOFFAT_GAUSS);
        assertThat(config.site().throughput()).isEqualTo("ctio_300517_v2");
        assertThat(config.dispersion().distanceMm()).isEqualTo(55.45);
    }

    @Test
    void aDecimalLatitudeIsTakenAsItIs() {
        assertThat(imported("OBS_LATITUDE = -30.25").site().latitudeDeg()).isEqualTo(-30.25);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DISTANCE2CDD = 55 | x.ini line 2: unknown parameter DISTANCE2CDD; did you mean DISTANCE2CCD?",
                "QQQQQQQQQQQQQQ = 1 | it is none of Spectractor's",
                "LAMBDA_MIN | expected NAME = value",
                "LAMBDA_MIN = blue | x.ini line 2: dispersion.lambda_min_nm = 'blue': expected a number (nm)",
                "CCD_REBIN = 1.5 | expected a whole number",
                "SPECTRACTOR_FIT_TARGET_CENTROID = WCS | WCS is not in this release; use fit or guess",
                "PSF_TYPE = Order0 | Order0 is not in this release",
                "OBS_FULL_INSTRUMENT_TRANSMISSON = my.txt | my.txt is not part of the calibration data",
            })
    void whatIsNotUnderstoodIsAnErrorWithItsLine(String line, String message) {
        assertThatThrownBy(() -> imported("[section]\n" + line))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    private static ExtractionConfig imported(String text) {
        return ConfigBuilder.build(IniImport.parse("x.ini", text).settings());
    }
}
