package io.spectractor.core.product;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Reads the records of the primary header back. */
final class StoredHeader {
    private StoredHeader() {}

    static ProductSummary summary(StoredHdu h) throws ProductFormatException {
        return new ProductSummary(
                optional(h, ProductKeyword.TARGET),
                text(h, ProductKeyword.GRATING),
                optional(h, ProductKeyword.FILTER),
                real(h, ProductKeyword.REDSHIFT),
                Objects.requireNonNullElse(optional(h, ProductKeyword.DATE_OBS), ""),
                real(h, ProductKeyword.EXPTIME),
                real(h, ProductKeyword.AIRMASS),
                real(h, ProductKeyword.OUTTEMP),
                real(h, ProductKeyword.OUTPRESS),
                real(h, ProductKeyword.OUTHUM),
                real(h, ProductKeyword.DEC),
                real(h, ProductKeyword.HA),
                real(h, ProductKeyword.PARANGLE),
                real(h, ProductKeyword.CAM_ROT),
                integer(h, ProductKeyword.CCDREBIN),
                real(h, ProductKeyword.TARGETX),
                real(h, ProductKeyword.TARGETY),
                real(h, ProductKeyword.ROTANGLE),
                real(h, ProductKeyword.THETAFIT),
                real(h, ProductKeyword.THETAINT),
                real(h, ProductKeyword.GROOVES),
                real(h, ProductKeyword.D2CCD),
                real(h, ProductKeyword.D2CCDERR),
                real(h, ProductKeyword.PIXSHIFT),
                real(h, ProductKeyword.PIXSHERR),
                real(h, ProductKeyword.LBDA_REF),
                real(h, ProductKeyword.CHI2_FIT),
                real(h, ProductKeyword.MEANFWHM),
                real(h, ProductKeyword.S_SAT),
                integer(h, ProductKeyword.S_ORDER),
                integer(h, ProductKeyword.S_DEG),
                integer(h, ProductKeyword.NLINES),
                new ForwardModelSummary(
                        real(h, ProductKeyword.A2_FIT),
                        real(h, ProductKeyword.A2_ERR),
                        real(h, ProductKeyword.A3_FIT),
                        real(h, ProductKeyword.A3_ERR),
                        real(h, ProductKeyword.PWV_FIT),
                        real(h, ProductKeyword.PWV_ERR),
                        real(h, ProductKeyword.PSF_REG),
                        real(h, ProductKeyword.TRACE_R),
                        reference(h)),
                new ObservationSummary(
                        real(h, ProductKeyword.RA_TARG),
                        real(h, ProductKeyword.DEC_TARG),
                        real(h, ProductKeyword.POSEPOCH),
                        optional(h, ProductKeyword.POSORIG),
                        real(h, ProductKeyword.RA),
                        optional(h, ProductKeyword.INSTRUME),
                        optional(h, ProductKeyword.OBSERVER),
                        optional(h, ProductKeyword.DATE_BEG),
                        optional(h, ProductKeyword.DATE_AVG),
                        optional(h, ProductKeyword.DATE_END),
                        real(h, ProductKeyword.MJD_OBS),
                        real(h, ProductKeyword.MJD_AVG)),
                new QualitySummary(
                        real(h, ProductKeyword.SNR),
                        real(h, ProductKeyword.SPECRES),
                        real(h, ProductKeyword.SPECBIN),
                        optional(h, ProductKeyword.AIRORVAC),
                        optional(h, ProductKeyword.METHOD)),
                astrometry(h));
    }

    private static AstrometrySummary astrometry(StoredHdu h) throws ProductFormatException {
        String source = optional(h, ProductKeyword.ASTROM);
        String table = optional(h, ProductKeyword.STARTAB);
        return source == null || source.isEmpty()
                ? AstrometrySummary.none()
                : new AstrometrySummary(
                        source,
                        real(h, ProductKeyword.AST_X),
                        real(h, ProductKeyword.AST_Y),
                        real(h, ProductKeyword.AST_ERR),
                        integer(h, ProductKeyword.AST_N),
                        real(h, ProductKeyword.AST_RMS),
                        table == null || table.isEmpty() ? null : table,
                        table == null || table.isEmpty() ? 0 : integer(h, ProductKeyword.NSTARS));
    }

    /** Of a product that was made before 2026-11-29 nothing is known. */
    private static ReferenceSummary reference(StoredHdu h) {
        String origin = optional(h, ProductKeyword.REF_TYPE);
        String name = optional(h, ProductKeyword.REF_NAME);
        return origin == null
                ? ReferenceSummary.none()
                : new ReferenceSummary(
                        origin,
                        name == null || name.isEmpty() ? null : name,
                        real(h, ProductKeyword.REF_RMS),
                        real(h, ProductKeyword.REF_Z),
                        real(h, ProductKeyword.REF_ZERR),
                        real(h, ProductKeyword.REF_PROB));
    }

    static Provenance provenance(StoredHdu h, SortedMap<String, String> config) throws ProductFormatException {
        return new Provenance(
                text(h, ProductKeyword.CODEVER),
                text(h, ProductKeyword.CFGHASH),
                text(h, ProductKeyword.CALVERS),
                text(h, ProductKeyword.CALHASH),
                text(h, ProductKeyword.INFILE),
                text(h, ProductKeyword.INHASH),
                config);
    }

    /** The cards behind INCARDS, as many as it says. */
    static List<String> inputCards(StoredHdu h) {
        List<String> cards = h.cards();
        for (int i = 0; i < cards.size(); i++) {
            if (Card.parse(cards.get(i)).keyword().equals(ProductKeyword.INCARDS.keyword())) {
                int count = (int) Math.min(h.integer(ProductKeyword.INCARDS.keyword(), 0), cards.size() - i - 1);
                return cards.subList(i + 1, i + 1 + count);
            }
        }
        return List.of();
    }

    private static @Nullable String optional(StoredHdu h, ProductKeyword key) {
        return h.text(key.keyword());
    }

    private static String text(StoredHdu h, ProductKeyword key) throws ProductFormatException {
        String text = h.text(key.keyword());
        if (text == null) {
            throw h.malformed("the card " + key.keyword() + " is missing");
        }
        return text;
    }

    private static double real(StoredHdu h, ProductKeyword key) {
        return h.real(key.keyword());
    }

    private static int integer(StoredHdu h, ProductKeyword key) throws ProductFormatException {
        return h.whole(key.keyword());
    }
}
