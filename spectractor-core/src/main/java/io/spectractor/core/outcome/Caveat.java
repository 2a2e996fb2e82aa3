package io.spectractor.core.outcome;

import java.util.Collection;
import java.util.List;

/**
 * Things a user of a spectrum should know; the spectrum is delivered all the same. {@code docs/troubleshooting.md} is
 * made from this list.
 */
public enum Caveat {
    PADDING_MISSING(
            Rank.INFORMATION,
            "the input file lacks its last padding bytes",
            "Nothing is lost: only the filling behind the last pixel is missing. Copy the file again if it came over a"
                    + " network."),
    DATASUM_WRONG(
            Rank.WARNING,
            "the checksum of the pixels is not that of DATASUM",
            "Something changed the pixels after the sum was written: a program that doesn't keep it, or damage. Fetch the"
                    + " file again; if it is the same, the pixels were edited."),
    CARDS_DISAGREE(
            Rank.WARNING,
            "a card that is used stands in the header twice, with two values",
            "The first one was taken. Look at the cards that `instrument check` names, and remove the wrong one."),
    AIRMASS_DOUBTFUL(
            Rank.WARNING,
            "AIRMASS is not that of HA, DEC and the site",
            "AIRMASS was taken for extinction, HA and DEC for the direction of refraction; one of them is wrong by more"
                    + " than 5 %. Correct the header or `site.latitude_deg`."),
    PLATE_SCALE_DOUBTFUL(
            Rank.WARNING,
            "XPIXSIZE is not the plate scale of this camera",
            "The value of `ccd.plate_scale_arcsec` was used. XPIXSIZE is meant in arcsec per pixel; some programs write micrometres."),
    WINDOW_ASSUMED(
            Rank.WARNING,
            "the frame is smaller than the chip, and the header doesn't say which part it shows",
            "It was taken for the lower left part, not binned. Where that is wrong, wavelengths are off by nanometres: add"
                    + " XSTART and YSTART, or CCDSEC; if the pixels are binned, CCDSUM."),
    DEAD_AREA(
            Rank.WARNING,
            "part of the frame holds one constant value, which is no data",
            "Those pixels are masked. A dead amplifier, a lost part of a transfer or a dead column looks like that; find"
                    + " it in the frame."),
    NOISE_UNLIKE_GAIN(
            Rank.WARNING,
            "the sky scatters otherwise than gain and read-out noise predict",
            "Uncertainties are wrong by about as much, and fluxes perhaps by the gain. Pixels in electrons that are called ADU"
                    + " look like that, averaged or smoothed exposures, and a pedestal that was not taken off. Correct BUNIT,"
                    + " or give `instrument.gain` and `instrument.read_noise` as they are in this frame."),
    ORDER0_SATURATED(
            Rank.INFORMATION,
            "order 0 is saturated; its position comes from the wings",
            "Usual for bright stars. The position is good to some 0.2 px, and the lines correct what that does to the"
                    + " wavelengths. The spectrum itself is not saturated."),
    ORDER0_FAR_FROM_GUESS(
            Rank.WARNING,
            "order 0 was found far from the guess",
            "Look at the stamp of order 0 in the plot. If it shows another star, correct the guess in the logbook or with"
                    + " `--guess`."),
    ORDER0_NOT_FITTED(
            Rank.WARNING,
            "the position of order 0 is the guess",
            "No star could be fitted there, or `target.centroid` asks for the guess. Wavelengths are as good as the guess"
                    + " and the lines make them."),
    OTHER_STAR_NEAR_GUESS(
            Rank.WARNING,
            "another star near the guess is about as bright; the one nearer to the guess was taken",
            "Look at order 0 in the plot. If it is the wrong star, give a guess within a few pixels of the right one"
                    + " (`--guess`, or the logbook)."),
    GEOMETRY_INCONSISTENT(
            Rank.WARNING,
            "order 0, trace, angle and distance do not belong together",
            "Most often order 0 is another star than the one whose spectrum was extracted, and wavelengths are off by tens"
                    + " of nanometres. Check the guess and the disperser; don't use the wavelengths."),
    ANGLE_FROM_DISPERSER(
            Rank.WARNING,
            "the dispersion angle could not be measured and comes from the disperser's map",
            "The spectrum is faint, or something crosses it. Look whether the trace in the plot follows the spectrum."),
    OUTSIDE_DISPERSER_MAP(
            Rank.WARNING,
            "order 0 lies outside the disperser's map, which was extrapolated",
            "Grooves and angle are extrapolated. Check LINES: shifts that grow with wavelength mean a wrong scale."),
    SPECTRUM_TRUNCATED(
            Rank.WARNING,
            "part of the spectrum falls off the chip",
            "The columns that are there are good. Point the telescope so that the whole spectrum fits."),
    FILTER_UNKNOWN(
            Rank.WARNING,
            "the filter is not in the calibration data; it was taken for clear",
            "The prior and FLUX_TOA lack the filter. Add its curve (`spectractor calib import`), or leave FLUX_TOA"
                    + " alone."),
    TARGET_UNKNOWN(
            Rank.WARNING,
            "the target is not in the catalogue: no redshift, no energy distribution",
            "Give the star's name in the logbook or with `--target`; `--online` asks Sesame. Without it the"
                    + " spectrum has no prior, and lines are those of a star at rest."),
    COLUMNS_EMPTY(
            Rank.WARNING,
            "columns of the spectrum have no data",
            "A dead, masked or saturated part of the frame lies on the spectrum. Flux and error are NaN in those columns,"
                    + " and bit 2 is set in `mask`; the other columns are good."),
    BACKGROUND_POOR(
            Rank.WARNING,
            "little clean sky beside the spectrum",
            "Stars or the chip's edge fill the sky boxes. Look at the residuals; move the boxes with"
                    + " `background.distance_px` and `background.width_px`."),
    PSF_AT_BOUND(
            Rank.WARNING,
            "a shape parameter of the point spread function stopped at its bound",
            "The profile doesn't fit: clouds, a trailed exposure, bad focus, a star beside the spectrum. Look at the"
                    + " residuals; try another `psf.type`."),
    PROFILE_POOR(
            Rank.WARNING,
            "the point spread function doesn't describe the pixels",
            "CHI2_FIT is above 5: the profile is another one than `psf.type`, which shows in bright stars, or the frame was"
                    + " trailed or defocused. The sum of the light may be off by several per cent. Try another `psf.type`, or"
                    + " `--extraction forward`."),
    TRAIL_MASKED(
            Rank.INFORMATION,
            "a straight trail, of a satellite or an aircraft, crosses the spectrum; its pixels are masked",
            "The columns under it have larger errors, or NaN where it covers all of their light; S_MASK holds 8 there. Look in the plot whether the masked band"
                    + " covers all of the trail."),
    NEIGHBOUR_REMOVED(
            Rank.INFORMATION,
            "a star under the spectrum was fitted and taken out",
            "The columns at that star have larger errors. Nothing to do."),
    NEIGHBOUR_LEFT(
            Rank.WARNING,
            "a star under the spectrum was not taken out, because the point spread function doesn't fit",
            "The flux near that star is too high. Find it in the residuals, and don't use those columns."),
    FIT_NOT_CONVERGED(
            Rank.WARNING,
            "the profile fit stopped before it converged",
            "Look at the residuals. Where they are flat the spectrum is good; otherwise try `--extraction psf1d`. Where METHOD in the header is psf1d already, the fit of the pixels ran away."),
    WAVELENGTH_NOMINAL(
            Rank.WARNING,
            "too few lines: wavelengths come from the nominal geometry",
            "Wavelengths are as good as `dispersion.distance_mm`, some nanometres. Is it the right star and disperser?"),
    WAVELENGTH_AMBIGUOUS(
            Rank.WARNING,
            "the features of the spectrum may be others than those they were taken for",
            "Another distance explains the spectrum nearly as well: wavelengths may be wrong by nanometres, more than"
                    + " their error says. Give the star's spectrum (`--sed FILE`) or a better `dispersion.distance_mm`."),
    REFERENCE_REPLACED(
            Rank.WARNING,
            "the target's known spectrum does not fit; templates took its place",
            "Probably another star: look at the name in the logbook and the guess. If the star is right, its table is"
                    + " not: REF_NAME in the header names the stars that explain the spectrum."),
    WAVELENGTH_AT_EDGE(
            Rank.WARNING,
            "the wavelength solution lies at the edge of its range",
            "The true distance may lie outside. Correct `dispersion.distance_mm`, or the name of the disperser."),
    LOW_SIGNAL(
            Rank.WARNING,
            "the spectrum is hardly above the noise",
            "The median signal-to-noise ratio per column is below 1.5. What is seen is the prior more than the data."),
    LIGHT_ELSEWHERE(
            Rank.WARNING,
            "there is hardly a spectrum where the disperser sends it, and a band of light runs from order 0 elsewhere",
            "Is the frame mirrored, transposed or turned? The first order has to lie to the right of order 0. If it does,"
                    + " the band is another star's spectrum."),
    ORDER2_ASSUMED(
            Rank.INFORMATION,
            "the disperser has no order-2 table; a constant ratio was assumed",
            "The model fits a factor on that ratio (A2_FIT), but its shape is a guess. Beyond 700 nm the flux may be off"
                    + " by some per cent."),
    POINTING_UNKNOWN(
            Rank.WARNING,
            "the pointing of the telescope is unknown; refraction by the air was left out",
            "Neither the header nor the site in the instrument's description gives airmass and hour angle. Colours shift"
                    + " by a pixel or two at high airmass. Add the site, or the cards, to the description."),
    EXPOSURE_UNKNOWN(
            Rank.WARNING,
            "the exposure time is unknown; rates are counts of the whole exposure",
            "Fluxes are those of an exposure of one second. Add the card, or a constant, to the instrument's"
                    + " description."),
    DISTANCE_NOMINAL(
            Rank.WARNING,
            "the header's distance of the disperser can't be true; the usual one was taken",
            "A fault of the stage's sensor. The lines correct the scale; look at D2CCD and LINES."),
    LIGHT_ON_OTHER_SIDE(
            Rank.WARNING,
            "the spectrum lies on the other side of order 0 than the layout of the frame puts it",
            "The frame was turned by 180 degrees as the light demands, unless `instrument.frame` fixes how it lies. See"
                    + " `spectractor instrument check`."),
    WEATHER_MISSING(
            Rank.INFORMATION,
            "the header lacks valid weather; standard values were used",
            "Refraction and FLUX_TOA use standard values. The effect is far below a pixel."),
    TIME_LOCAL(
            Rank.INFORMATION,
            "DATE-OBS is not UTC; the times are those of another card of the header",
            "MJD-OBS, UTSHUT or DATE-UTC say another time than DATE-OBS, by more than ten minutes, and were believed. Compare"
                    + " DATE-BEG with the night's log."),
    TIME_UNKNOWN(
            Rank.INFORMATION,
            "the time of the exposure cannot be read",
            "The product has no MJD. DATE-OBS should be as `2017-05-31T02:53:52.356`, in UTC, or TIMESYS should tell what it"
                    + " counts."),
    WCS_NOT_USED(
            Rank.WARNING,
            "the world coordinates could not be used; order 0 was searched for",
            "ASTROM in the header says why. Correct the `.wcs` file or `astrometry.wcs`; `astrometry.fallback=fail` lets such"
                    + " images fail."),
    WCS_NOT_REFINED(
            Rank.WARNING,
            "the stars of the table were not found where the world coordinates put them",
            "Fewer than five stars agree within `astrometry.search_px`. Places are as good as the world coordinates are; the"
                    + " stars of the table are not in the model. Is the table of this field?"),
    WCS_DISAGREES(
            Rank.WARNING,
            "the star at order 0 is not where the world coordinates put the target",
            "The place by the world coordinates was taken. Another star, a wrong proper motion or a double star does this: look"
                    + " at order 0 in the plot."),
    MOTION_UNKNOWN(
            Rank.WARNING,
            "the target's proper motion or the date is unknown; its position is that of its catalogue",
            "Nearby stars move by tens of pixels in 20 years. Give a table with the target and its proper motion"
                    + " (`--stars FILE`), and see that DATE-OBS can be read."),
    ORDER0_FROM_WCS(
            Rank.INFORMATION,
            "the position of order 0 comes from the world coordinates",
            "Its core is saturated or no star could be fitted there; AST_ERR in the header is its 1 sigma. Nothing to do."),
    KNOWN_STARS(
            Rank.INFORMATION,
            "stars of the table lie on the spectrum; their light is in the model",
            "NSTARS in the header counts them. The columns there have larger errors. Nothing to do."),
    COMPANION_SPECTRUM(
            Rank.INFORMATION,
            "the spectrum of another star lies a few rows beside this one; both were extracted together",
            "The product holds the star that was asked for. `--guess` at the other one, with its name and another `--out`, gives"
                    + " its spectrum from the same pixels."),
    COMPANION_LEFT(
            Rank.WARNING,
            "another star stands so near to order 0 that its spectrum cannot be told from the target's",
            "The spectrum is that of both stars, as far as their rows overlap: they are less than 0.8 FWHM or 2.5 px apart across"
                    + " the dispersion. Only better seeing or another orientation of the camera separates them.");

    /** How much a caveat matters. */
    public enum Rank {
        /** Good to know; the spectrum can be used as any other. */
        INFORMATION,
        /** Look at the plot before using the spectrum. */
        WARNING
    }

    private final Rank rank;
    private final String meaning;
    private final String advice;

    Caveat(Rank rank, String meaning, String advice) {
        this.rank = rank;
        this.meaning = meaning;
        this.advice = advice;
    }

    /** How much it matters. */
    public Rank rank() {
        return rank;
    }

    /** Whether a user should look before using the spectrum. */
    public boolean isWarning() {
        return rank == Rank.WARNING;
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }

    /** What to do about it: whole sentences, with code in backquotes. */
    public String advice() {
        return advice;
    }

    /** Those of a rank, in their order. */
    public static List<Caveat> ofRank(Rank rank, Collection<Caveat> caveats) {
        return caveats.stream().filter(c -> c.rank == rank).sorted().toList();
    }

    /** Whether there is a warning among them. */
    public static boolean anyWarning(Collection<Caveat> caveats) {
        return caveats.stream().anyMatch(Caveat::isWarning);
    }
}
