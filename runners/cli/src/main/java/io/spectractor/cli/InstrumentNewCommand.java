package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.UsageException;
import io.spectractor.core.instrument.Instrument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a description to start from. */
@Command(
        name = "new",
        description =
                "Write the description of a camera with a grating, to start from: what the header of a frame holds,"
                        + " and what you know.",
        footer = {
            "",
            "Example:",
            "  spectractor instrument new --from star.fits --name mycam --pixel-um 3.75 \\",
            "    --grooves 100 --distance-mm 42 > mycam.yaml"
        })
final class InstrumentNewCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--from", paramLabel = "FITS", required = true, description = "A frame of the camera.")
    private Path from = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "mine",
            description = "Name of the instrument (mine).")
    private String name = "mine";

    @Option(names = "--pixel-um", paramLabel = "UM", required = true, description = "Pixel pitch, micrometres.")
    private double pixelUm;

    @Option(names = "--grooves", paramLabel = "N", required = true, description = "Grooves per millimetre.")
    private double grooves;

    @Option(
            names = "--distance-mm",
            paramLabel = "MM",
            required = true,
            description = "Distance from the grating to the detector.")
    private double distanceMm;

    @Option(names = "--distance-error-mm", paramLabel = "MM", description = "Its uncertainty (2 %% of it).")
    private @Nullable Double distanceErrorMm;

    @Option(
            names = "--direction",
            paramLabel = "WHERE",
            defaultValue = "right",
            description =
                    "Where the spectrum lies beside order 0 in the file: right, left, up or down, rows counted upwards"
                            + " (right).")
    private String direction = "right";

    @Option(
            names = "--angle-deg",
            paramLabel = "DEG",
            defaultValue = "0",
            description = "Tilt of the trace against that (0).")
    private double angleDeg;

    @Option(names = "--gain", paramLabel = "G", description = "Electrons per ADU (the header's, else 1).")
    private @Nullable Double gain;

    @Option(names = "--noise", paramLabel = "E", defaultValue = "5", description = "Read-out noise, electrons (5).")
    private double noise;

    @Option(names = "--plate-scale-arcsec", paramLabel = "S", description = "Size of a pixel on the sky, if known.")
    private @Nullable Double plateScale;

    @Option(
            names = "--latitude-deg",
            paramLabel = "DEG",
            description = "Latitude of the telescope, north positive (the header's).")
    private @Nullable Double latitudeDeg;

    @Option(
            names = "--longitude-deg",
            paramLabel = "DEG",
            description = "Longitude of the telescope, east positive (the header's).")
    private @Nullable Double longitudeDeg;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Output file; standard output if not given. An existing file is not replaced.")
    private @Nullable Path out;

    InstrumentNewCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        HeaderCards header = HeaderCards.read(services.workingFolder().resolve(from));
        NewDescription.Known known = new NewDescription.Known(
                name,
                positive("--pixel-um", pixelUm) / 1000,
                positive("--grooves", grooves),
                positive("--distance-mm", distanceMm),
                distanceErrorMm == null ? 0.02 * distanceMm : positive("--distance-error-mm", distanceErrorMm),
                direction,
                angleDeg,
                gain,
                noise,
                plateScale,
                within("--latitude-deg", latitudeDeg, 90),
                within("--longitude-deg", longitudeDeg, 360));
        String text = new NewDescription(known, header.cards()).yaml(String.valueOf(from.getFileName()));
        // what is written can be read, or is not written
        Instrument.parse("the new description", text);
        Path file = out;
        if (file == null) {
            services.out().print(text);
            return ExitCode.ALL_DONE.code();
        }
        Path target = services.workingFolder().resolve(file);
        try {
            Files.write(target, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException(file + " exists already; remove it or name another --out", e);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be written: " + e.getMessage(), e);
        }
        services.out().println(file + ": look through it, then spectractor run --instrument " + file + " ...");
        return ExitCode.ALL_DONE.code();
    }

    private static @Nullable Double within(String option, @Nullable Double degrees, double most) {
        if (degrees != null && !(Math.abs(degrees) <= most)) {
            throw new UsageException(
                    option + " " + degrees + ": must lie between -" + plain(most) + " and " + plain(most));
        }
        return degrees;
    }

    private static String plain(double number) {
        return String.valueOf((int) number);
    }

    private static double positive(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new UsageException(option + " " + value + ": must be a positive number");
        }
        return value;
    }
}
