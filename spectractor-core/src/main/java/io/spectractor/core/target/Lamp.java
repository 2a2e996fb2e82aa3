package io.spectractor.core.target;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lamps that stand where a star would: what users call them, and what shines in them. */
public final class Lamp {
    private static final List<String> MERCURY = List.of("Hg");
    private static final List<String> MERCURY_AND_ARGON = List.of("Hg", "Ar");

    /** Elements by name, in lower case without blanks and signs. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "hg", MERCURY,
            "mercury", MERCURY,
            "mercurylamp", MERCURY,
            "hglamp", MERCURY,
            "hgar", MERCURY_AND_ARGON,
            "mercuryargon", MERCURY_AND_ARGON,
            "hgarlamp", MERCURY_AND_ARGON);

    private Lamp() {}

    /** The lamp of a name such as {@code Hg-Ar} or {@code mercury}, without regard to case, blanks and signs. */
    public static Optional<Target> named(String name) {
        return elements(name).isEmpty()
                ? Optional.empty()
                : Optional.of(new Target(name, Target.Kind.LAMP, Double.NaN, Double.NaN, 0, null));
    }

    /**
     * Whether a line of a lamp is bright: of mercury those that shine at least a fifth as much as the brightest near them (NIST
     * Atomic Spectra Database, relative intensities: 404.656 nm 1800, 407.783 nm 150, 435.833 nm 4000), of argon all.
     */
    public static boolean isBright(SpectralLine line) {
        double nm = line.wavelengthNm();
        return line.origin() == SpectralLine.Origin.LAMP
                && !((nm > 290 && nm < 305) || (nm > 333 && nm < 335) || (nm > 407 && nm < 408));
    }

    /** Whether a line of the catalogue can come from a lamp. */
    public static boolean shines(Target lamp, SpectralLine line) {
        return elements(lamp).stream().anyMatch(e -> line.label().startsWith(e));
    }

    /** Symbols of the elements that shine in a lamp; none if the target is no lamp. */
    public static List<String> elements(Target lamp) {
        return elements(lamp.name());
    }

    private static List<String> elements(String name) {
        return NAMES.getOrDefault(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""), List.of());
    }
}
