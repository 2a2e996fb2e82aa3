package io.spectractor.calib;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The calibration data inside the jar. */
public final class EmbeddedCalibration {
    private EmbeddedCalibration() {}

    /**
     * The tables on the class path. A run needs one disperser and one star of them: each is read when it is asked for, which throws
     * {@link CalibrationException} if it is missing or malformed. A test has read them all.
     *
     * @throws CalibrationException if an index is missing or malformed, which means a broken build
     */
    public static TableCalibration load() {
        return new TableCalibration(content());
    }

    /** The tables themselves. */
    public static CalibrationContent content() {
        return CalibrationContent.trusted(
                text("version.txt").strip(),
                text("contents.txt").lines().toList(),
                EmbeddedCalibration::resource,
                text("sha256.txt").strip());
    }

    private static String text(String name) {
        return new String(resource(name), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream in = EmbeddedCalibration.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new CalibrationException(name, 0, "missing from the class path; rebuild the calibration module");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new CalibrationException(name, 0, "unreadable: " + e.getMessage(), e);
        }
    }
}
