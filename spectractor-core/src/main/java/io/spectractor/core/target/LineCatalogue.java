package io.spectractor.core.target;

import io.spectractor.core.target.SpectralLine.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The known spectral lines, and which of them a target shows. Immutable. */
public final class LineCatalogue {
    /** Beyond this redshift nebular lines of the table mean nothing: only hydrogen is looked for. */
    static final double HYDROGEN_ONLY_REDSHIFT = 0.2;

    private final List<SpectralLine> lines;

    public LineCatalogue(List<SpectralLine> lines) {
        this.lines = List.copyOf(lines);
    }

    /** All lines. */
    public List<SpectralLine> lines() {
        return lines;
    }

    /** Lines of one origin. */
    public List<SpectralLine> lines(Origin origin) {
        return lines.stream().filter(line -> line.origin() == origin).toList();
    }

    /** Lines that a target shows; those of a star at rest when it is unknown. */
    public List<ExpectedLine> expected(@Nullable Target target) {
        return target == null ? expected(Target.Kind.STAR, 0) : expected(target.kind(), target.redshift());
    }

    /**
     * Lines that a kind of target shows.
     *
     * <p>Stars: hydrogen, atmospheric and stellar lines, all in absorption. Planetary nebulae and galaxies: hydrogen and
     * nebular lines in emission, atmospheric ones in absorption; beyond a redshift of 0.2 no nebular lines. Lamps: those of mercury
     * and argon in emission.
     *
     * @param kind of the target
     * @param redshift z, above -1; negative for an approaching target
     * @return in increasing wavelength
     * @throws IllegalArgumentException if the redshift is not above -1
     */
    public List<ExpectedLine> expected(Target.Kind kind, double redshift) {
        if (!(redshift > -1) || Double.isInfinite(redshift)) {
            throw new IllegalArgumentException("a redshift is above -1, got " + redshift);
        }
        Set<Origin> origins = origins(kind, redshift);
        boolean emits = kind != Target.Kind.STAR;
        List<ExpectedLine> result = new ArrayList<>();
        for (SpectralLine line : lines) {
            if (origins.contains(line.origin())) {
                double factor = line.isAtmospheric() ? 1 : 1 + redshift;
                result.add(new ExpectedLine(line, line.wavelengthNm() * factor, emits && !line.isAtmospheric()));
            }
        }
        result.sort(Comparator.comparingDouble(ExpectedLine::wavelengthNm));
        return List.copyOf(result);
    }

    private static Set<Origin> origins(Target.Kind kind, double redshift) {
        if (kind == Target.Kind.LAMP) {
            return EnumSet.of(Origin.LAMP);
        }
        if (kind == Target.Kind.STAR) {
            return EnumSet.of(Origin.HYDROGEN, Origin.ATMOSPHERIC, Origin.STELLAR);
        }
        return kind == Target.Kind.GALAXY && redshift > HYDROGEN_ONLY_REDSHIFT
                ? EnumSet.of(Origin.HYDROGEN, Origin.ATMOSPHERIC)
                : EnumSet.of(Origin.HYDROGEN, Origin.ATMOSPHERIC, Origin.NEBULAR);
    }
}
