package io.spectractor.core.simulation;

import io.spectractor.core.astrometry.SkyPosition;
import io.spectractor.core.astrometry.Wcs;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.CameraOrientation;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** World coordinates of simulated frames: gnomonic about the target, without distortion. */
final class FrameWcs {
    private static final LocalDate NOON_OF_2000 = LocalDate.of(2000, 1, 1);
    private static final double DAYS_PER_YEAR = 365.25;
    private static final int FITS_BLOCK = 2880;

    private FrameWcs() {}

    /** Julian year of a frame's midnight, which no star tells from that of its exposure. */
    static double year(SimulationSettings settings) {
        long days = ChronoUnit.DAYS.between(
                NOON_OF_2000, settings.conditions().night().plusDays(1));
        return 2000 + (days - 0.5) / DAYS_PER_YEAR;
    }

    static Wcs of(SkyPosition target, PixelPosition order0, CameraOrientation camera) {
        return Wcs.tangent(target.raDeg(), target.decDeg(), order0, matrix(camera));
    }

    /** Degrees east and north per pixel. */
    private static double[] matrix(CameraOrientation camera) {
        double ex = -camera.xPx(1, 0);
        double ey = -camera.yPx(1, 0);
        double nx = camera.xPx(0, 1);
        double ny = camera.yPx(0, 1);
        double det = 3600 * (ex * ny - nx * ey);
        return new double[] {ny / det, -nx / det, -ey / det, ex / det};
    }

    static String header(
            SkyPosition target, PixelPosition order0, CameraOrientation camera, SimulatedDetector detector) {
        double[] cd = matrix(camera);
        StringBuilder text = new StringBuilder();
        for (String card : List.of(
                "SIMPLE  = " + right("T"),
                "BITPIX  = " + right("8"),
                "NAXIS   = " + right("0"),
                "WCSAXES = " + right("2"),
                "CTYPE1  = 'RA---TAN'",
                "CTYPE2  = 'DEC--TAN'",
                "EQUINOX = " + right("2000.0"),
                "RADESYS = 'ICRS    '",
                "LONPOLE = " + right("180.0"),
                "CRVAL1  = " + number(target.raDeg()),
                "CRVAL2  = " + number(target.decDeg()),
                "CRPIX1  = " + number(order0.x() + 1),
                "CRPIX2  = " + number(order0.y() + 1),
                "CUNIT1  = 'deg     '",
                "CUNIT2  = 'deg     '",
                "CD1_1   = " + number(cd[0]),
                "CD1_2   = " + number(cd[1]),
                "CD2_1   = " + number(cd[2]),
                "CD2_2   = " + number(cd[3]),
                "IMAGEW  = " + right(String.valueOf(detector.width())),
                "IMAGEH  = " + right(String.valueOf(detector.height())),
                "END")) {
            text.append(String.format(Locale.ROOT, "%-80s", card));
        }
        return text + " ".repeat(Math.floorMod(-text.length(), FITS_BLOCK));
    }

    private static String right(String value) {
        return String.format(Locale.ROOT, "%20s", value);
    }

    private static String number(double value) {
        return right(String.format(Locale.ROOT, "%.13E", value));
    }
}
