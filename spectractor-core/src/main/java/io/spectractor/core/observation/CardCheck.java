package io.spectractor.core.observation;

import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Label;
import io.spectractor.core.instrument.Quantity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what a header says can be true: cards against each other and against what is possible. */
final class CardCheck {
    /** From here on the star stands less than 6° over the horizon; no formula of refraction or extinction goes there. */
    private static final double MAX_AIRMASS = 10;
    /** An airmass changes by this much within some minutes, low in the sky. */
    private static final double AIRMASS_TOLERANCE = 0.05;

    private static final double SCALE_TOLERANCE = 0.05;

    /** Cards of the format and of the read-out whose value goes into the flux or the wavelengths as it is. */
    private static final List<String> STRUCTURE =
            List.of("BUNIT", "BSCALE", "BZERO", "BLANK", "CCDSUM", "XSTART", "YSTART", "NAXIS1", "NAXIS2", "BITPIX");

    private CardCheck() {}

    /**
     * Whether a card that is used occurs twice with two values.
     *
     * @param instrument whose description says which cards are used
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE if flux or wavelengths hang on which is right
     */
    static boolean contradicts(String name, FitsHeader header, Instrument instrument) {
        Set<String> decisive = decisive(instrument);
        for (String keyword : decisive) {
            String other = header.otherValue(keyword);
            if (other != null) {
                throw UnprocessableFile.because(
                        name,
                        keyword + " stands in the header twice, with '"
                                + UnprocessableFile.quote("" + header.text(keyword)) + "' and '"
                                + UnprocessableFile.quote(other) + "'; remove the one that is wrong");
            }
        }
        return used(instrument).stream().anyMatch(keyword -> header.otherValue(keyword) != null);
    }

    /** Cards that flux and wavelengths hang on: exposure time, disperser, unit of the pixels, gains. */
    private static Set<String> decisive(Instrument instrument) {
        Set<String> cards = new LinkedHashSet<>(STRUCTURE);
        instrument.vocabulary().of(Quantity.EXPOSURE).forEach(rule -> cards.addAll(rule.cards()));
        for (Label label : List.of(Label.DISPERSER, Label.PIXEL_UNIT)) {
            instrument.vocabulary().of(label).forEach(rule -> cards.add(rule.card()));
        }
        instrument.amplifiers().amplifiers().forEach(amplifier -> cards.add(amplifier.gainCard()));
        return cards;
    }

    /** Cards that are used as well, but not that directly. What the observer called the target is a note. */
    private static Set<String> used(Instrument instrument) {
        Set<String> cards = new LinkedHashSet<>();
        for (Quantity quantity : Quantity.values()) {
            instrument.vocabulary().of(quantity).forEach(rule -> cards.addAll(rule.cards()));
        }
        for (Label label : List.of(Label.DATE, Label.FILTER, Label.TARGET)) {
            instrument.vocabulary().of(label).forEach(rule -> cards.add(rule.card()));
        }
        instrument.amplifiers().amplifiers().forEach(amplifier -> cards.add(amplifier.noiseCard()));
        return cards;
    }

    /**
     * A possible airmass.
     *
     * @param how where it was found, for messages
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE if it is not
     */
    static double airmass(String name, double airmass, String how) {
        String from = how.contains("AIRMASS") ? "" : " (" + how + ")";
        if (airmass < 1) {
            throw UnprocessableFile.because(name, "AIRMASS = " + airmass + from + " is below 1; check the header");
        }
        if (airmass >= MAX_AIRMASS) {
            throw UnprocessableFile.because(
                    name,
                    "AIRMASS = " + airmass + from + " is not below " + (int) MAX_AIRMASS
                            + ", less than 6 degrees over the horizon; check the header");
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
