package io.spectractor.core.astrometry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Positions and proper motions of the CALSPEC stars, epoch 2000, good to about an arcsecond today. */
public final class TargetMotions {
    /**
     * 1σ of a star of the table now, arcsec: motions differ from Gaia's by up to 20 mas/yr, and HD111980, a double star, is
     * 1.6 arcsec from Gaia's place.
     */
    public static final double ERROR_ARCSEC = 1;

    private static final double EPOCH = 2000;
    private static final Map<String, SkyStar> STARS = read();

    private TargetMotions() {}

    /**
     * The star of a name.
     *
     * @param name as in the calibration data
     */
    public static Optional<SkyStar> of(String name) {
        return Optional.ofNullable(STARS.get(name));
    }

    private static Map<String, SkyStar> read() {
        Map<String, SkyStar> stars = new TreeMap<>();
        try (InputStream in = TargetMotions.class.getResourceAsStream("motions.csv")) {
            if (in == null) {
                throw new IllegalStateException("motions.csv is missing beside " + TargetMotions.class);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] f = line.split(",", -1);
                if (!line.startsWith("#") && !f[0].equals("name")) {
                    stars.put(
                            f[0],
                            new SkyStar(
                                    Double.parseDouble(f[1]),
                                    Double.parseDouble(f[2]),
                                    Double.parseDouble(f[3]),
                                    Double.parseDouble(f[4]),
                                    EPOCH,
                                    Double.NaN,
                                    Double.NaN));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("motions.csv cannot be read", e);
        }
        return stars;
    }
}
