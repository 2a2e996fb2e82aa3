package io.spectractor.catalogue.spectra;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.target.Target;
import io.spectractor.core.target.TargetCatalogue;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One name and one position for all spellings of a star: HD009051, hd 9051 and HD9051. */
public final class StarNames {
    private final CalibrationStore store;
    private final Map<String, Position> given = new TreeMap<>();

    /**
     * @param store knows the targets
     * @param given positions of the user's, by name; they come before all others
     */
    public StarNames(CalibrationStore store, Map<String, Position> given) {
        this.store = store;
        given.forEach((name, position) -> this.given.put(TargetCatalogue.normalise(one(name)), position));
    }

    /**
     * A position.
     *
     * @param ra degrees ICRS
     * @param dec degrees ICRS
     * @param epoch Julian year
     * @param origin where it comes from
     */
    public record Position(double ra, double dec, double epoch, String origin) {}

    /** The one name of a star; of one that is not known its own in upper case, without blanks. */
    public String one(String name) {
        return store.target(name).map(Target::name).orElseGet(() -> TargetCatalogue.normalise(name));
    }

    /** What the user said, or null. */
    @Nullable
    Position given(String name) {
        return given.get(TargetCatalogue.normalise(one(name)));
    }

    /** What the user said, or what the calibration data know, or null. */
    @Nullable
    Position find(String name) {
        Position position = given(name);
        return position != null
                ? position
                : store.target(name)
                        .map(t -> new Position(t.rightAscensionDeg(), t.declinationDeg(), 2000, "catalogue"))
                        .orElse(null);
    }
}
