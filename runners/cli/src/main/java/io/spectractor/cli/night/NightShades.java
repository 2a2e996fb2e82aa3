package io.spectractor.cli.night;

import io.spectractor.core.simulation.NauticalNight;
import io.spectractor.plot.TimePlot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The night behind a picture: twilight, and the dark hours in which the Sun is 18 degrees below the horizon. */
final class NightShades {
    private static final double UNIX_EPOCH_MJD = 40587;
    private static final int MINUTES_PER_DAY = 1440;
    private static final double[] ALTITUDES_DEG = {0, -6, -12, -18};
    private static final double STEP = 1.0 / ALTITUDES_DEG.length;

    private NightShades() {}

    /**
     * The night about a time, against hours from another, a shade over the other for each stage of twilight.
     *
     * @param site null for no shades
     * @param mjd a time in the night
     * @param zero MJD of hour 0
     */
    static List<TimePlot.Shade> about(JointRecord.@Nullable Site site, double mjd, double zero) {
        List<TimePlot.Shade> shades = new ArrayList<>();
        if (site == null) {
            return shades;
        }
        for (double altitude : ALTITUDES_DEG) {
            int before = minutesBelow(site, mjd, altitude, -1);
            int after = minutesBelow(site, mjd, altitude, 1);
            if (before > 0 || after > 0) {
                double middle = (mjd - zero) * 24;
                shades.add(new TimePlot.Shade(middle - before / 60.0, middle + after / 60.0, STEP));
            }
        }
        return shades;
    }

    /** For how long the Sun stays below an altitude, from a time on in a direction, min; at most half a day. */
    private static int minutesBelow(JointRecord.Site site, double mjd, double altitudeDeg, int direction) {
        int minutes = 0;
        while (minutes < MINUTES_PER_DAY / 2
                && altitude(site, mjd + direction * (minutes + 1.0) / MINUTES_PER_DAY) < altitudeDeg) {
            minutes++;
        }
        return minutes;
    }

    private static double altitude(JointRecord.Site site, double mjd) {
        Instant time = Instant.ofEpochMilli(Math.round((mjd - UNIX_EPOCH_MJD) * 86_400_000.0));
        return NauticalNight.sunAltitudeDeg(time, site.longitudeDeg(), site.latitudeDeg());
    }
}
