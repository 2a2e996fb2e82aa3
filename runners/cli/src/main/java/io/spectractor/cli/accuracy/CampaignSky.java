package io.spectractor.cli.accuracy;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.ForwardingCalibration;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.target.Target;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calibration data whose stars all stand where one of them is and are as bright as it, so that a campaign of several stars
 * compares their types.
 */
public final class CampaignSky extends ForwardingCalibration {
    private static final double FROM_NM = 400;
    private static final double TO_NM = 900;

    private final CalibrationStore store;
    private final Target place;

    /**
     * @param store calibration data
     * @param place name of the star whose place and brightness the others take
     * @throws IllegalArgumentException if the data lack that star or its spectrum
     */
    public CampaignSky(CalibrationStore store, String place) {
        super(store);
        this.store = store;
        this.place = store.target(place)
                .filter(t -> t.sed() != null)
                .orElseThrow(() -> new IllegalArgumentException(place + " has no spectrum in the calibration data"));
    }

    @Override
    public Optional<Target> target(String name) {
        return store.target(name).map(this::moved);
    }

    private Target moved(Target star) {
        TabulatedCurve sed = star.sed();
        return new Target(
                star.name(),
                star.kind(),
                place.rightAscensionDeg(),
                place.declinationDeg(),
                star.redshift(),
                sed == null ? null : asBright(sed),
                star.sedOrigin());
    }

    /** As many photons between 400 and 900 nm. */
    private TabulatedCurve asBright(TabulatedCurve sed) {
        double factor = photons(place.sed()) / photons(sed);
        return new TabulatedCurve(
                sed.wavelengthsNm(),
                Arrays.stream(sed.values()).map(f -> f * factor).toArray(),
                TabulatedCurve.Outside.ZERO);
    }

    private static double photons(@Nullable TabulatedCurve sed) {
        double sum = 0;
        for (double nm = FROM_NM; sed != null && nm <= TO_NM; nm++) {
            sum += nm * sed.at(nm);
        }
        return sum;
    }
}
