package io.spectractor.core.observation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether what a header says can be true: cards against each other and against what is possible. */
final class CardCheck {
    /** Above this the star stands less than 5° over the horizon; no formula of refraction or extinction goes there. */
    private static final double MAX_AIRMASS = 10;
    /** An airmass changes by this much within some minutes, low in the sky. */
    private static final double AIRMASS_TOLERANCE = 0.05;

    private static final double SCALE_TOLERANCE = 0.05;

    /** Cards whose value goes into the flux or the wavelengths as it is. */
    private static final List<String> DECISIVE = List.of(
            "EXPTIME",
            "GTGAIN11",
            "GTGAIN12",
            "GTGAIN21",
            "GTGAIN22",
            "BUNIT",
            "BSCALE",
            "BZERO",
            "BLANK",
            "FILTER2",
            "CCDSUM",
            "XSTART",
            "YSTART",
            "NAXIS1",
            "NAXIS2",
            "BITPIX");
    /** Cards that are used as well, but not that directly. */
    private static final List<String> USED = List.of(
            "AIRMASS",
            "HA",
            "RA",
            "DEC",
            "DATE-OBS",
            "FILTER1",
            "XPIXSIZE",
            "GTRON11",
            "GTRON12",
            "GTRON21",
            "GTRON22",
            "OUTTEMP",
            "OUTPRESS",
            "OUTHUM");

    private CardCheck() {}

    /**
     * Whether a card that is used occurs twice with two values.
     *
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE if flux or wavelengths hang on which is right
     */
    static boolean contradicts(String name, FitsHeader header) {
        for (String keyword : DECISIVE) {
            String other = header.otherValue(keyword);
            if (other != null) {
                throw UnprocessableFile.because(
                        name,
                        keyword + " stands in the header twice, with '"
                                + UnprocessableFile.quote("" + header.text(keyword)) + "' and '"
                                + UnprocessableFile.quote(other) + "'; remove the one that is wrong");
            }
        }
        return USED.stream().anyMatch(keyword -> header.otherValue(keyword) != null);
    }

    /**
     * A possible airmass.
     *
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE if it is not
     */
    static double airmass(String name, double airmass) {
        if (airmass < 1) {
            throw UnprocessableFile.because(name, "AIRMASS = " + airmass + " is below 1; check the header");
        }
        if (airmass > MAX_AIRMASS) {
            throw UnprocessableFile.because(
                    name,
                    "AIRMASS = " + airmass + " is above " + (int) MAX_AIRMASS
                            + ", less than 5 degrees over the horizon; check the header");
        }
        return airmass;
    }

    /**
     * Whether an airmass is that of the hour angle and the declination.
     *
     * @param hourAngleDeg hour angle, degrees
     * @param declinationDeg declination, degrees
     * @param latitudeDeg of the telescope, degrees
     */
    static boolean airmassFits(double airmass, double hourAngleDeg, double declinationDeg, double latitudeDeg) {
        double latitude = Math.toRadians(latitudeDeg);
        double declination = Math.toRadians(declinationDeg);
        double sine = Math.sin(latitude) * Math.sin(declination)
                + Math.cos(latitude) * Math.cos(declination) * Math.cos(Math.toRadians(hourAngleDeg));
        double altitude = Math.toDegrees(Math.asin(Math.max(-1, Math.min(1, sine))));
        if (altitude <= 0) {
            return false;
        }
        // Pickering (2002), DIO 12, p. 20: good to the horizon
        double expected = 1 / Math.sin(Math.toRadians(altitude + 244 / (165 + 47 * Math.pow(altitude, 1.1))));
        return Math.abs(airmass - expected) <= AIRMASS_TOLERANCE * expected;
    }

    /**
     * The plate scale of unbinned pixels as a card tells it, which may mean the binned ones.
     *
     * @return the card's value, {@code nominal} without a card, null if the card's value is none of this camera
     */
    static @Nullable Double plateScale(@Nullable Double card, double nominal, int binning) {
        // two zeros are equal too: nobody knows it
        if (card == null || card == nominal) {
            return nominal;
        }
        if (Math.abs(card / nominal - 1) <= SCALE_TOLERANCE) {
            return card;
        }
        return Math.abs(card / (nominal * binning) - 1) <= SCALE_TOLERANCE ? Double.valueOf(card / binning) : null;
    }
}
