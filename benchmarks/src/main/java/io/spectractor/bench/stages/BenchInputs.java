package io.spectractor.bench.stages;

import io.spectractor.calib.CalibrationFile;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.calib.TableCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedNight;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import io.spectractor.core.simulation.SimulationTruth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.zip.GZIPOutputStream;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.fits.ImageHDU;
import nom.tam.fits.NullDataHDU;
import nom.tam.fits.header.Compression;
import nom.tam.image.compression.hdu.CompressedImageHDU;
import nom.tam.util.FitsOutputStream;

/**
 * What the benchmarks work on: one simulated exposure, plain, gzipped and Rice-compressed, and the calibration data as an
 * HDF5 file. Made once per folder by our own simulator with a fixed seed, so that every machine measures the same pixels.
 */
public final class BenchInputs {
    /** System property that names the folder to the processes that JMH starts. */
    public static final String FOLDER = "spectractor.bench.inputs";

    private static final String STAR = "HD111980";
    private static final String DISPERSER = "HoloAmAg";
    private static final long SEED = 1;
    private static final double EXPOSURE_S = 120;
    private static final int TILE_PX = 64;
    private static final int NOISE_LEVELS = 16;

    private final Path folder;

    private BenchInputs(Path folder) {
        this.folder = folder;
    }

    /** The inputs in the folder that {@link #FOLDER} names; made there if they are not there yet. */
    public static BenchInputs open() {
        String named = System.getProperty(FOLDER);
        return in(named == null ? Path.of(System.getProperty("java.io.tmpdir"), "spectractor-bench") : Path.of(named));
    }

    /** The inputs in a folder; made there if they are not there yet. */
    public static BenchInputs in(Path folder) {
        try {
            Files.createDirectories(folder);
            BenchInputs inputs = new BenchInputs(folder);
            if (!Files.exists(folder.resolve("calib.h5"))) {
                inputs.make();
            }
            return inputs;
        } catch (IOException e) {
            throw new UncheckedIOException("the inputs of the benchmarks cannot be written to " + folder, e);
        }
    }

    private void make() throws IOException {
        byte[] plain = FrameFiles.imageBytes(frame());
        write("frame.fits", plain);
        write("frame.fits.gz", gzipped(plain));
        write("frame.fits.fz", riceCompressed(plain));
        Path part = folder.resolve("part.h5");
        CalibrationFile.write(EmbeddedCalibration.load(), part);
        Files.move(part, calibrationFile(), StandardCopyOption.REPLACE_EXISTING);
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path part = folder.resolve(name + ".part");
        Files.write(part, bytes);
        Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static PlannedFrame planned() {
        return new SimulatedNight(config(), calibration())
                .plan(new SimulatedNight.Request(STAR, DISPERSER, null, 1, LocalDate.of(2017, 5, 30), EXPOSURE_S, SEED))
                .get(0);
    }

    private static SimulatedFrame frame() {
        return new FrameSimulator(config()).simulate(planned().settings(), calibration());
    }

    /** What a perfect extraction would find. */
    static SimulationTruth truth() {
        return frame().truth();
    }

    static ExtractionConfig config() {
        return Instruments.ctio().config();
    }

    static TableCalibration calibration() {
        return EmbeddedCalibration.load();
    }

    /** What an observer would know of the exposure. */
    static ExposureRequest request() {
        return new ExposureRequest("frame.fits", STAR, DISPERSER, planned().guess(), null, null);
    }

    /** The bytes of {@code frame.fits}, {@code frame.fits.gz} or {@code frame.fits.fz}. */
    byte[] file(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The calibration data as an HDF5 file. */
    Path calibrationFile() {
        return folder.resolve("calib.h5");
    }

    /** The folder itself. */
    Path folder() {
        return folder;
    }

    private static byte[] gzipped(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    /** As {@code fpack -q 16} would: an empty primary HDU, then the tiles, quantised to a 16th of the noise. */
    private static byte[] riceCompressed(byte[] plain) throws IOException {
        try (Fits in = new Fits(new java.io.ByteArrayInputStream(plain))) {
            ImageHDU image = (ImageHDU) in.readHDU();
            CompressedImageHDU packed = CompressedImageHDU.fromImageHDU(image, image.getAxes()[1], TILE_PX);
            packed.setCompressAlgorithm(Compression.ZCMPTYPE_RICE_1)
                    .setQuantAlgorithm(Compression.ZQUANTIZ_SUBTRACTIVE_DITHER_1)
                    .getCompressOption(nom.tam.fits.compression.algorithm.quant.QuantizeOption.class)
                    .setQlevel(NOISE_LEVELS);
            packed.compress();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (FitsOutputStream out = new FitsOutputStream(bytes)) {
                BasicHDU<?> primary = new NullDataHDU();
                Header header = primary.getHeader();
                header.addValue("EXTEND", true, "");
                primary.write(out);
                packed.write(out);
            }
            return bytes.toByteArray();
        } catch (FitsException e) {
            throw new IllegalStateException("cannot compress the simulated frame", e);
        }
    }
}
