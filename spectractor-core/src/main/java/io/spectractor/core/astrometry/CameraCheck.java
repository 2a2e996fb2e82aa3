package io.spectractor.core.astrometry;

import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.CameraOrientation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells world coordinates that can't be those of a camera: mirrored, turned, or of another scale. */
public final class CameraCheck {
    private static final double STEP_ARCSEC = 10;
    /** A camera is mounted better than this, and a plate scale known better. */
    private static final double MOST_TURNED_DEG = 15;

    private static final double MOST_SCALED = 0.1;

    private CameraCheck() {}

    /**
     * Looks at the neighbourhood of a place.
     *
     * @param camera how the sky should lie on the image
     * @return what is wrong, or null
     */
    public static @Nullable String fault(SkyImage sky, SkyPosition at, CameraOrientation camera) {
        double cos = Math.max(1e-6, Math.cos(Math.toRadians(at.decDeg())));
        PixelPosition here = sky.pixel(at);
        PixelPosition west = sky.pixel(new SkyPosition(at.raDeg() - STEP_ARCSEC / 3600 / cos, at.decDeg()));
        PixelPosition north = sky.pixel(new SkyPosition(at.raDeg(), at.decDeg() + STEP_ARCSEC / 3600));
        if (here == null || west == null || north == null) {
            return "they are of another part of the sky than the target's";
        }
        double wx = (west.x() - here.x()) / STEP_ARCSEC;
        double wy = (west.y() - here.y()) / STEP_ARCSEC;
        double nx = (north.x() - here.x()) / STEP_ARCSEC;
        double ny = (north.y() - here.y()) / STEP_ARCSEC;
        double determinant = wx * ny - wy * nx;
        double expected = camera.xPx(1, 0) * camera.yPx(0, 1) - camera.yPx(1, 0) * camera.xPx(0, 1);
        if (determinant * expected < 0) {
            return "they are mirrored against site.camera_ra_flip and site.camera_dec_flip: the image was flipped or its"
                    + " axes swapped after they were made, or astrometry.pixels is the wrong one";
        }
        double scale = 1 / Math.sqrt(Math.abs(determinant));
        if (Math.abs(scale / camera.plateScaleArcsec() - 1) > MOST_SCALED) {
            return String.format(
                    Locale.ROOT,
                    "their pixels are %.4g arcsec, those of the camera %.4g: they are of another image or binning",
                    scale,
                    camera.plateScaleArcsec());
        }
        double turned = Math.toDegrees(Math.atan2(ny, nx) - Math.atan2(camera.yPx(0, 1), camera.xPx(0, 1)));
        double angle = Math.IEEEremainder(turned, 360);
        if (Math.abs(angle) > MOST_TURNED_DEG) {
            return String.format(
                    Locale.ROOT,
                    "north is %.0f degrees from where site.camera_rotation_deg puts it: the image was turned after they"
                            + " were made, or astrometry.pixels is the wrong one",
                    angle);
        }
        return null;
    }
}
