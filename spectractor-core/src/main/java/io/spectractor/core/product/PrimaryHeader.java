package io.spectractor.core.product;

import io.spectractor.core.outcome.Caveat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cards of the primary HDU behind the structural ones. */
final class PrimaryHeader {
    private static final Pattern FITS_DATE =
            Pattern.compile("\\d{4}-[01]\\d-[0-3]\\d(T[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d+)?)?");

    /** The version of Spectractor whose layout and reader these files follow. */
    static final String LAYOUT_VERSION = "3.2.1";

    static final String CREATOR = "Spectractor (Java)";

    private static final List<String> LIBRARIES = dependencies();

    private PrimaryHeader() {}

    static void addTo(HeaderBuilder header, SpectrumProduct product) {
        header.comment("DATE, the time of writing, stands in the HDU TIMINGS: all others are the same from run to run.")
                .text(ProductKeyword.LONGSTRN, "OGIP 1.0")
                .text(ProductKeyword.VERSION, LAYOUT_VERSION)
                .text(ProductKeyword.FMTVERS, FormatVersion.PRODUCT.toString())
                .text(ProductKeyword.UNIT1, "nanometer")
                .text(ProductKeyword.UNIT2, "erg/s/cm$^2$/nm")
                .text(
                        ProductKeyword.COMMENTS,
                        "row 1: wavelength in UNIT1; row 2: flux at the detector, row 3: 1 sigma, in UNIT2")
                .text(ProductKeyword.CONFIG, "");
        observation(header, product.summary());
        observed(header, product.summary());
        astrometry(header, product.summary().astrometry());
        solution(header, product.summary());
        meaning(header, product.summary().quality(), product.spectrum().topOfAtmosphere());
        spectrogram(header, product.summary(), product.spectrogram());
        caveats(header, product);
        provenance(header, product.provenance());
        List<String> input = InputCards.forProduct(product.inputCards());
        header.integer(ProductKeyword.INCARDS, input.size()).cards(input);
    }

    /** Observation, meaning and provenance alone, for a file with the table of a product. */
    static void addTo(HeaderBuilder header, SpectrumProduct product, TopOfAtmosphereSpectrum above) {
        header.text(ProductKeyword.LONGSTRN, "OGIP 1.0").text(ProductKeyword.FMTVERS, FormatVersion.PRODUCT.toString());
        observation(header, product.summary());
        observed(header, product.summary());
        meaning(header, product.summary().quality(), above);
        provenance(header, product.provenance());
    }

    private static void observation(HeaderBuilder header, ProductSummary s) {
        header.text(ProductKeyword.TARGET, s.target())
                .text(ProductKeyword.GRATING, s.disperser())
                .text(ProductKeyword.FILTER, s.filter())
                .real(ProductKeyword.REDSHIFT, s.redshift())
                .real(ProductKeyword.EXPTIME, s.exposureSeconds())
                .real(ProductKeyword.AIRMASS, s.airmass())
                .real(ProductKeyword.AM_FIT, s.airmass())
                .real(ProductKeyword.OUTTEMP, s.temperatureCelsius())
                .real(ProductKeyword.OUTPRESS, s.pressureHPa())
                .real(ProductKeyword.OUTHUM, s.humidityPercent())
                .real(ProductKeyword.HA, s.hourAngleDeg())
                .real(ProductKeyword.PARANGLE, s.parallacticAngleDeg())
                .real(ProductKeyword.CAM_ROT, s.cameraRotationDeg())
                .integer(ProductKeyword.CCDREBIN, s.rebin())
                .integer(ProductKeyword.CCD_REBIN, s.rebin());
    }

    /** What is no date of the FITS standard (4.0, section 9.1.1) would make the product invalid. */
    private static @Nullable String valid(@Nullable String date) {
        return date != null && FITS_DATE.matcher(date).matches() ? date : null;
    }

    private static void observed(HeaderBuilder header, ProductSummary s) {
        ObservationSummary o = s.observation();
        boolean located = Double.isFinite(o.targetRaDeg()) || Double.isFinite(o.pointingRaDeg());
        header.real(ProductKeyword.RA_TARG, o.targetRaDeg())
                .real(ProductKeyword.DEC_TARG, o.targetDecDeg())
                .real(ProductKeyword.POSEPOCH, o.targetEpoch())
                .text(ProductKeyword.POSORIG, o.targetOrigin())
                .real(ProductKeyword.RA, o.pointingRaDeg())
                .real(ProductKeyword.DEC, s.declinationDeg())
                .text(ProductKeyword.RADESYS, located ? "ICRS" : null)
                .real(ProductKeyword.EQUINOX, located ? 2000 : Double.NaN)
                .text(ProductKeyword.INSTRUME, o.instrument())
                .text(ProductKeyword.OBSERVER, o.observer())
                .text(ProductKeyword.TIMESYS, "UTC")
                .text(ProductKeyword.DATE_OBS, valid(s.dateObs()))
                .text(ProductKeyword.DATE_BEG, valid(o.dateBegin()))
                .text(ProductKeyword.DATE_AVG, o.dateMiddle())
                .text(ProductKeyword.DATE_END, o.dateEnd())
                .real(ProductKeyword.MJD_OBS, o.mjdBegin())
                .real(ProductKeyword.MJD_BEG, o.mjdBegin())
                .real(ProductKeyword.MJD_AVG, o.mjdMiddle())
                .real(ProductKeyword.MJD_END, SignificantDigits.decimals(2 * o.mjdMiddle() - o.mjdBegin(), 9));
    }

    private static void meaning(HeaderBuilder header, QualitySummary q, TopOfAtmosphereSpectrum above) {
        String reference = above.reference();
        header.text(ProductKeyword.SPECSYS, "TOPOCENT")
                .text(ProductKeyword.AIRORVAC, q.medium())
                .text(ProductKeyword.FLUX_IS, "what arrives at the detector: star x atmosphere x telescope x disperser")
                .text(ProductKeyword.METHOD, q.method())
                .text(ProductKeyword.TOA_REF, reference.isEmpty() ? null : reference)
                .real(ProductKeyword.SNR, q.medianSnr())
                .real(ProductKeyword.SPECRES, q.resolutionNm())
                .real(ProductKeyword.SPECBIN, q.sampling());
    }

    /** Cards for those who asked for world coordinates. */
    private static void astrometry(HeaderBuilder header, AstrometrySummary a) {
        if (a.skySource() == null) {
            return;
        }
        header.text(ProductKeyword.ASTROM, a.skySource())
                .real(ProductKeyword.AST_X, a.skyTargetX())
                .real(ProductKeyword.AST_Y, a.skyTargetY())
                .real(ProductKeyword.AST_ERR, a.skyErrorPx())
                .integer(ProductKeyword.AST_N, a.skyMatches())
                .real(ProductKeyword.AST_RMS, a.skyRmsPx());
        if (a.starTable() != null) {
            header.text(ProductKeyword.STARTAB, a.starTable()).integer(ProductKeyword.NSTARS, a.starsInModel());
        }
    }

    private static void solution(HeaderBuilder header, ProductSummary s) {
        header.real(ProductKeyword.TARGETX, s.targetX())
                .real(ProductKeyword.TARGETY, s.targetY())
                .real(ProductKeyword.ROTANGLE, s.rotationAngleDeg())
                .real(ProductKeyword.THETAFIT, s.hessianAngleDeg())
                .real(ProductKeyword.THETAINT, s.disperserAngleDeg())
                .real(ProductKeyword.GROOVES, s.groovesPerMm())
                .real(ProductKeyword.D2CCD, s.distanceMm())
                .real(ProductKeyword.D2CCDERR, s.distanceErrMm())
                .real(ProductKeyword.PIXSHIFT, s.shiftPx())
                .real(ProductKeyword.PIXSHERR, s.shiftErrPx())
                .real(ProductKeyword.LBDA_REF, s.lambdaRefNm())
                .integer(ProductKeyword.NLINES, s.linesUsed())
                .real(ProductKeyword.CHI2_FIT, s.reducedChi2())
                .real(ProductKeyword.A2_FIT, s.model().order2Factor())
                .real(ProductKeyword.A2_ERR, s.model().order2FactorErr())
                .real(ProductKeyword.A3_FIT, s.model().order3Factor())
                .real(ProductKeyword.A3_ERR, s.model().order3FactorErr())
                .real(ProductKeyword.PWV_FIT, s.model().waterMm())
                .real(ProductKeyword.PWV_ERR, s.model().waterErrMm())
                .text(ProductKeyword.REF_TYPE, s.model().reference().referenceOrigin())
                .text(ProductKeyword.REF_NAME, s.model().reference().referenceName())
                .real(ProductKeyword.REF_RMS, s.model().reference().referenceMisfit())
                .real(ProductKeyword.REF_Z, s.model().reference().fittedRedshift())
                .real(ProductKeyword.REF_ZERR, s.model().reference().fittedRedshiftErr())
                .real(ProductKeyword.REF_PROB, s.model().reference().lineProbability())
                .real(ProductKeyword.PSF_REG, s.model().regularisation())
                .real(ProductKeyword.TRACE_R, s.model().freedom())
                .real(ProductKeyword.MEANFWHM, s.meanFwhmPx());
    }

    private static void spectrogram(HeaderBuilder header, ProductSummary s, SpectrogramMaps maps) {
        PixelMap data = maps.data();
        header.real(ProductKeyword.S_X0, SignificantDigits.decimals(s.targetX() - maps.xMin(), 10))
                .real(ProductKeyword.S_Y0, SignificantDigits.decimals(s.targetY() - maps.yMin(), 10))
                .integer(ProductKeyword.S_XMIN, maps.xMin())
                .integer(ProductKeyword.S_XMAX, (long) maps.xMin() + data.width())
                .integer(ProductKeyword.S_YMIN, maps.yMin())
                .integer(ProductKeyword.S_YMAX, (long) maps.yMin() + data.height())
                .integer(ProductKeyword.S_NX, data.width())
                .integer(ProductKeyword.S_NY, data.height())
                .integer(ProductKeyword.S_FITROW, maps.fitRow0())
                .integer(ProductKeyword.S_DEG, s.psfDegree())
                .real(ProductKeyword.S_SAT, s.saturationRate())
                .integer(ProductKeyword.S_ORDER, s.order());
    }

    private static void caveats(HeaderBuilder header, SpectrumProduct product) {
        header.integer(ProductKeyword.NCAVEATS, product.caveats().size());
        header.integer(
                ProductKeyword.NWARNING,
                product.caveats().stream().filter(Caveat::isWarning).count());
        header.text(
                ProductKeyword.CAVEATS,
                product.caveats().stream().map(Caveat::name).collect(Collectors.joining(",")));
        product.caveats().forEach(c -> header.comment((c.isWarning() ? "Warning: " : "Information: ") + c.meaning()));
    }

    private static void provenance(HeaderBuilder header, Provenance p) {
        header.text(ProductKeyword.ORIGIN, CREATOR)
                .text(ProductKeyword.CREATOR, CREATOR)
                .text(ProductKeyword.CODEVER, p.codeVersion())
                .text(ProductKeyword.CFGHASH, p.configSha256())
                .text(ProductKeyword.CALVERS, p.calibrationVersion())
                .text(ProductKeyword.CALHASH, p.calibrationSha256())
                .text(ProductKeyword.INFILE, p.inputName())
                .text(ProductKeyword.INHASH, p.inputSha256());
        for (int i = 0; i < LIBRARIES.size(); i++) {
            String[] nameAndVersion = LIBRARIES.get(i).split("=", 2);
            header.cards(CardText.text(
                    ProductKeyword.DEPNAM.keyword(i + 1), nameAndVersion[0], ProductKeyword.DEPNAM.cardComment()));
            header.cards(CardText.text(
                    ProductKeyword.DEPVER.keyword(i + 1), nameAndVersion[1], ProductKeyword.DEPVER.cardComment()));
        }
    }

    /** Taken from a resource, not from the libraries' manifests: a merged jar has lost those. */
    private static List<String> dependencies() {
        Properties versions = new Properties();
        try (InputStream in = PrimaryHeader.class.getResourceAsStream("dependencies.properties")) {
            if (in == null) {
                throw new IllegalStateException("dependencies.properties is missing beside " + PrimaryHeader.class);
            }
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read dependencies.properties", e);
        }
        TreeMap<String, String> sorted = new TreeMap<>();
        versions.stringPropertyNames().forEach(name -> sorted.put(name, versions.getProperty(name)));
        return sorted.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .toList();
    }
}
