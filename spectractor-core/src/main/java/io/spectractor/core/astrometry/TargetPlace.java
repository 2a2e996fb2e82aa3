package io.spectractor.core.astrometry;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the target is on the sky at the time of the exposure.
 *
 * @param position then
 * @param errorArcsec its 1σ, arcsec
 * @param star its row in the table of stars, or null
 * @param moved whether its proper motion and the date are known
 */
public record TargetPlace(
        SkyPosition position, double errorArcsec, @Nullable SkyStar star, boolean moved) {
    /** Rows farther than this from the catalogued position, both at epoch 2000, are other stars. */
    private static final double OWN_ARCSEC = 10;

    private static final double EPOCH = 2000;
    /** Positions that were entered by hand. */
    private static final double ROUGH_ARCSEC = 1;

    private static final double GAIA_ARCSEC = 0.005;

    /**
     * From the table of stars, else from the stars of known motion, else as catalogued.
     *
     * @param name of the target in the calibration data
     * @param catalogued its position there, epoch 2000
     * @param year of the exposure, NaN if unknown
     */
    public static TargetPlace of(String name, SkyPosition catalogued, List<SkyStar> table, double year) {
        boolean dated = Double.isFinite(year);
        double then = dated ? year : EPOCH;
        Optional<SkyStar> known = TargetMotions.of(name);
        SkyPosition start = known.map(star -> star.at(EPOCH)).orElse(catalogued);
        SkyStar own = null;
        for (SkyStar star : table) {
            if (star.at(EPOCH).arcsecTo(start) < OWN_ARCSEC && (own == null || brightness(star) < brightness(own))) {
                own = star;
            }
        }
        if (own != null) {
            SkyStar row = own;
            return new TargetPlace(row.at(dated ? year : row.epoch()), GAIA_ARCSEC, row, dated);
        }
        return known.map(star -> new TargetPlace(star.at(then), TargetMotions.ERROR_ARCSEC, null, dated))
                .orElse(new TargetPlace(catalogued, ROUGH_ARCSEC, null, false));
    }

    private static double brightness(SkyStar star) {
        return Double.isNaN(star.magnitude()) ? 99 : star.magnitude();
    }
}
