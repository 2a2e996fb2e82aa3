package io.spectractor.cli.demo;

import io.spectractor.batch.UsageException;
import io.spectractor.core.simulation.SamplingRange;
import io.spectractor.core.simulation.StarCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that hold for every simulated frame. What is not said stays as it was planned. */
final class FrameOptions {
    @Option(
            names = "--psf",
            paramLabel = "FAMILY",
            description = "Profile of a star: moffat, gauss, moffat_gauss or double_moffat. Default: moffat")
    @Nullable
    String psf;

    @Option(names = "--sampled", description = "Take the profile at pixel centres instead of its mean over the pixel.")
    boolean sampled;

    @Option(
            names = "--seeing",
            paramLabel = "ARCSEC",
            converter = RangeConverter.class,
            description = "Seeing at the zenith; it grows with airmass^0.6. Default: varies, 0.7 to 1.5")
    @Nullable
    SamplingRange seeingArcsec;

    @Option(
            names = "--airmass",
            paramLabel = "Z",
            converter = RangeConverter.class,
            description = "Airmass, 1 to 3, in the west; of a range in the west or the east. Default: from hour angles")
    @Nullable
    SamplingRange airmass;

    @Option(
            names = "--flux",
            paramLabel = "FACTOR",
            converter = RangeConverter.class,
            description = "Factor on all light of the target, as of clouds; a range is spread by equal factors."
                    + " Default: varies, 0.8 to 1")
    @Nullable
    SamplingRange flux;

    @Option(
            names = "--order2",
            paramLabel = "FACTOR",
            converter = RangeConverter.class,
            description = "Factor on the disperser's ratio of orders 2 and 1; 0 for neither order 2 nor 3. Default: 1")
    @Nullable
    SamplingRange order2;

    @Option(
            names = "--order3",
            paramLabel = "FACTOR",
            converter = RangeConverter.class,
            description = "Factor on the ratio of orders 3 and 2. Default: 1")
    @Nullable
    SamplingRange order3;

    @Option(
            names = "--position",
            paramLabel = "X,Y",
            description = "Where order 0 falls, px; both may be ranges. Default: varies around the middle")
    @Nullable
    String position;

    @Option(
            names = "--distance",
            paramLabel = "MM",
            converter = RangeConverter.class,
            description = "Distance from disperser to CCD. Default: varies within its error")
    @Nullable
    SamplingRange distanceMm;

    @Option(
            names = "--ozone",
            paramLabel = "DU",
            converter = RangeConverter.class,
            description = "Ozone column, 0 to 700. Default: varies, 250 to 310")
    @Nullable
    SamplingRange ozoneDu;

    @Option(
            names = "--pwv",
            paramLabel = "MM",
            converter = RangeConverter.class,
            description = "Precipitable water, 0 to 20. Default: varies, 2 to 8")
    @Nullable
    SamplingRange waterMm;

    @Option(
            names = "--aerosols",
            paramLabel = "DEPTH",
            converter = RangeConverter.class,
            description = "Optical depth of aerosols at 500 nm, 0 to 3. Default: varies, 0.015 to 0.08")
    @Nullable
    SamplingRange aerosolDepth;

    @Option(
            names = "--angstrom",
            paramLabel = "BETA",
            converter = RangeConverter.class,
            description = "Angstrom exponent of the aerosols, -1 to 4. Default: 1.2")
    @Nullable
    SamplingRange angstrom;

    @Option(
            names = "--grid",
            paramLabel = "NAME",
            description =
                    "Atmosphere from a grid of the Python package Spectractor, a file *_atmsim.fits or one imported"
                            + " into --calib, instead of our formulas.")
    @Nullable
    String grid;

    @Option(
            names = "--order0-wavelength",
            paramLabel = "NM",
            description = "Wavelength whose refraction order 0 has. Default: that of the mean refraction of its light")
    @Nullable
    Double order0WavelengthNm;

    @Option(
            names = "--sky",
            paramLabel = "ADU/S",
            converter = RangeConverter.class,
            description = "Sky per pixel at the centre of the chip. Default: varies, 0.14 to 0.3")
    @Nullable
    SamplingRange sky;

    @Option(
            names = "--gradient",
            paramLabel = "X,Y",
            description = "Relative change of the sky across the chip, -1 to 1 each. Default: varies, up to 0.1")
    @Nullable
    String gradient;

    @Option(
            names = "--vignetting",
            paramLabel = "LOSS",
            converter = RangeConverter.class,
            description = "Loss of sky in the corners, 0 to 1. Default: 0.03")
    @Nullable
    SamplingRange vignetting;

    @Option(
            names = "--stars",
            paramLabel = "N",
            description = "Field stars at random places. Default: 40, or 0 with a catalogue")
    @Nullable
    Integer stars;

    @Option(
            names = "--star-catalogue",
            paramLabel = "FILE",
            description =
                    "Field stars: a table with ra, dec (deg) or x, y (px) and phot_g_mean_mag or mag. Writes wcs/NAME.wcs"
                            + " of each frame too.")
    @Nullable
    Path catalogue;

    @Option(names = "--cosmics", paramLabel = "N", description = "Tracks of cosmic rays. Default: 25")
    @Nullable
    Integer cosmics;

    @Option(names = "--hot-pixels", paramLabel = "N", description = "Hot pixels. Default: 40")
    @Nullable
    Integer hotPixels;

    @Option(names = "--hot-columns", paramLabel = "N", description = "Hot columns. Default: 0")
    @Nullable
    Integer hotColumns;

    @Option(names = "--dead-columns", paramLabel = "N", description = "Columns with almost no response. Default: 0")
    @Nullable
    Integer deadColumns;

    @Option(names = "--no-noise", description = "Neither photon nor read-out noise.")
    boolean noNoise;

    /** Whether the airmass is given, which a night with its clock can't have. */
    boolean fixesAirmass() {
        return airmass != null;
    }

    /** The catalogue of field stars, or null. */
    @Nullable
    StarCatalogue starCatalogue() {
        Path file = catalogue;
        if (file == null) {
            return null;
        }
        try {
            return StarCatalogue.parse(Files.readAllLines(file), file.toString());
        } catch (IOException e) {
            throw new UsageException("--star-catalogue " + file + " can't be read (" + e + ")", e);
        }
    }
}
