package io.spectractor.core.product;

import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link SpectrumProduct} as FITS; {@link ProductHdu}, {@link ProductColumn} and {@link ProductKeyword} say
 * what stands where.
 *
 * <p>Equal products give equal bytes: no random names, no dependence on the Java version. Only the last HDU,
 * {@code TIMINGS}, differs from run to run: it has the timings and {@code DATE}, the time of writing. It exists only if
 * timings are given.
 *
 * <p>The FITS bytes are spelled here and not by nom-tam-fits, whose header options are global variables and whose
 * checksum cards contain the time.
 */
public final class ProductWriter {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

    private final Clock clock;

    public ProductWriter() {
        this(Clock.systemUTC());
    }

    /** @param clock tells the time of writing */
    public ProductWriter(Clock clock) {
        this.clock = clock;
    }

    /** The file without timings. See {@link #toBytes(SpectrumProduct, StageTimings)}. */
    public byte[] toBytes(SpectrumProduct product) {
        return Hdu.join(hdus(product, null));
    }

    /**
     * The whole file.
     *
     * @throws IllegalArgumentException if the product contradicts itself: lengths that disagree, an uncertainty of the
     *     flux that is not positive
     */
    public byte[] toBytes(SpectrumProduct product, StageTimings timings) {
        return Hdu.join(hdus(product, timings));
    }

    /**
     * Writes the whole file to a stream, which stays open.
     *
     * @throws IOException if the stream fails
     * @throws IllegalArgumentException as for {@link #toBytes(SpectrumProduct, StageTimings)}; nothing is written then
     */
    public void write(SpectrumProduct product, StageTimings timings, OutputStream out) throws IOException {
        for (Hdu hdu : hdus(product, timings)) {
            out.write(hdu.bytes());
        }
    }

    private List<Hdu> hdus(SpectrumProduct product, @Nullable StageTimings timings) {
        ProductCheck.requireConsistent(product);
        SpectrogramMaps maps = product.spectrogram();
        List<Hdu> hdus = new ArrayList<>();
        hdus.add(primary(product));
        hdus.add(spectrum(product.spectrum()));
        hdus.add(covariance(product));
        hdus.add(order2(product));
        hdus.add(order0(product));
        hdus.add(map(product, ProductHdu.S_DATA, maps.data(), 0));
        hdus.add(map(product, ProductHdu.S_ERR, maps.error(), 0));
        hdus.add(map(product, ProductHdu.S_BGD, maps.background(), 0));
        hdus.add(map(product, ProductHdu.S_BGD_ER, maps.backgroundError(), 0));
        hdus.add(map(product, ProductHdu.S_FIT, maps.fit(), maps.fitRow0()));
        hdus.add(map(product, ProductHdu.S_RES, maps.residuals(), maps.fitRow0()));
        hdus.add(empty(ProductHdu.S_FLAT));
        hdus.add(empty(ProductHdu.S_STAR));
        hdus.add(mask(product, maps.mask()));
        hdus.add(psf(product));
        hdus.add(lines(product.lines()));
        hdus.add(new TableBuilder(ProductHdu.WCS_TAB, 1)
                .vector(ProductColumn.COORDS, product.spectrum().lambdaNm())
                .build());
        hdus.add(config(product.provenance().config()));
        if (timings != null) {
            hdus.add(timings(timings));
        }
        return hdus;
    }

    private static Hdu primary(SpectrumProduct product) {
        SpectrumTable s = product.spectrum();
        HeaderBuilder header = HduAssembler.imageHeader(ProductHdu.PRIMARY, -64, s.size(), 3);
        WcsCards.wavelengths(header, product.summary().quality(), false);
        PrimaryHeader.addTo(header, product);
        return new Hdu(header.build(), HduData.doubles(s.lambdaNm(), s.flux(), s.fluxErr()));
    }

    static Hdu spectrum(SpectrumTable s) {
        return new TableBuilder(ProductHdu.SPECTRUM, s.size())
                .doubles(ProductColumn.LAMBDA, s.lambdaNm())
                .doubles(ProductColumn.FLUX, s.flux())
                .doubles(ProductColumn.FLUX_ERR, s.fluxErr())
                .integers(ProductColumn.MASK, s.mask())
                .doubles(ProductColumn.RATE, s.rate())
                .doubles(ProductColumn.RATE_ERR, s.rateErr())
                .doubles(ProductColumn.LAMBDA_ERR, s.lambdaErrNm())
                .integers(ProductColumn.COLUMN, s.column())
                .doubles(ProductColumn.TRACE_Y, s.traceY())
                .doubles(ProductColumn.FLUX_TOA, s.topOfAtmosphere().flux())
                .doubles(ProductColumn.FLUX_TOA_ERR, s.topOfAtmosphere().fluxErr())
                .doubles(ProductColumn.TRANSM, s.topOfAtmosphere().transmission())
                .doubles(ProductColumn.TRANSM_ERR, s.topOfAtmosphere().transmissionErr())
                .build();
    }

    /**
     * In float64: values near 1e-33 and products of them leave the range of float32, and rounding to its 7 digits can
     * make a covariance of strongly correlated neighbours indefinite.
     */
    private static Hdu covariance(SpectrumProduct product) {
        int n = product.spectrum().size();
        return new Hdu(
                WcsCards.wavelengths(
                                HduAssembler.imageHeader(ProductHdu.SPEC_COV, -64, n, n),
                                product.summary().quality(),
                                true)
                        .build(),
                HduData.doubles(product.covariance()));
    }

    /** Zeros if there is none, because Spectractor's reader wants three rows. */
    private static Hdu order2(SpectrumProduct product) {
        OrderTwoSpectrum order2 = product.order2();
        boolean present = order2 != null;
        if (order2 == null) {
            double[] lambdaNm = product.spectrum().lambdaNm();
            order2 = new OrderTwoSpectrum(lambdaNm, new double[lambdaNm.length], new double[lambdaNm.length]);
        }
        return new Hdu(
                HduAssembler.imageHeader(ProductHdu.ORDER2, -64, order2.lambdaNm().length, 3)
                        .logical(ProductKeyword.HASORD2, present)
                        .build(),
                HduData.doubles(order2.lambdaNm(), order2.flux(), order2.fluxErr()));
    }

    private static Hdu order0(SpectrumProduct product) {
        OrderZeroStamp stamp = product.order0();
        PixelMap pixels = stamp.pixels();
        ProductSummary s = product.summary();
        HeaderBuilder header = imageHeader(ProductHdu.ORDER0, -32, pixels);
        if (pixels.values().length > 0) {
            WcsCards.physical(
                    header, Math.rint(s.targetX() - stamp.x0()), Math.rint(s.targetY() - stamp.y0()), s.rebin());
        }
        return new Hdu(
                header.real(ProductKeyword.IM_X0, stamp.x0())
                        .real(ProductKeyword.IM_Y0, stamp.y0())
                        .build(),
                HduData.floats(pixels.values()));
    }

    private static Hdu map(SpectrumProduct product, ProductHdu hdu, PixelMap map, int row) {
        return new Hdu(mapHeader(product, hdu, -32, map, row).build(), HduData.floats(map.values()));
    }

    private static Hdu mask(SpectrumProduct product, PixelMap mask) {
        return new Hdu(mapHeader(product, ProductHdu.S_MASK, 16, mask, 0).build(), HduData.shorts(mask.values()));
    }

    /** With the wavelengths of the columns and the place in the exposure. */
    private static HeaderBuilder mapHeader(SpectrumProduct product, ProductHdu hdu, int bitpix, PixelMap map, int row) {
        HeaderBuilder header = imageHeader(hdu, bitpix, map);
        if (map.values().length == 0) {
            return header;
        }
        if (map.width() == product.spectrum().size()) {
            WcsCards.wavelengths(header, product.summary().quality(), false);
        }
        SpectrogramMaps maps = product.spectrogram();
        return WcsCards.physical(
                header,
                maps.xMin(),
                (double) maps.yMin() + row,
                product.summary().rebin());
    }

    private static Hdu empty(ProductHdu hdu) {
        return new Hdu(HduAssembler.imageHeader(hdu, -32).build(), HduData.none());
    }

    private static HeaderBuilder imageHeader(ProductHdu hdu, int bitpix, PixelMap map) {
        return map.values().length == 0
                ? HduAssembler.imageHeader(hdu, bitpix)
                : HduAssembler.imageHeader(hdu, bitpix, map.width(), map.height());
    }

    private static Hdu psf(SpectrumProduct product) {
        PsfTable psf = product.psf();
        int n = psf.lambdaNm().length;
        double x0 = product.summary().targetX() - product.spectrogram().xMin();
        double y0 = product.summary().targetY() - product.spectrogram().yMin();
        double[] sup = new double[n];
        double[] inf = new double[n];
        double[] xCentre = new double[n];
        double[] yCentre = new double[n];
        double[] saturation = new double[n];
        for (int i = 0; i < n; i++) {
            sup[i] = psf.dy()[i] + psf.fwhm()[i] / 2;
            inf[i] = psf.dy()[i] - psf.fwhm()[i] / 2;
            xCentre[i] = x0 + psf.dx()[i];
            yCentre[i] = y0 + psf.dy()[i];
            saturation[i] = product.summary().saturationRate();
        }
        TableBuilder table = new TableBuilder(ProductHdu.PSF_TAB, n)
                .doubles(ProductColumn.LAMBDAS, psf.lambdaNm())
                .doubles(ProductColumn.DX, psf.dx())
                .doubles(ProductColumn.DY, psf.dy())
                .doubles(ProductColumn.DY_AXIS, psf.dyAxis())
                .doubles(ProductColumn.FLUX_SUM, psf.fluxSum())
                .doubles(ProductColumn.FLUX_INTEGRAL, psf.fluxIntegral())
                .doubles(ProductColumn.PROFILE_ERR, psf.fluxErr())
                .doubles(ProductColumn.FWHM, psf.fwhm())
                .doubles(ProductColumn.DY_SUP, sup)
                .doubles(ProductColumn.DY_INF, inf)
                .doubles(ProductColumn.AMPLITUDE, psf.fluxIntegral())
                .doubles(ProductColumn.X_C, xCentre)
                .doubles(ProductColumn.Y_C, yCentre);
        for (int k = 0; k < psf.shape().size(); k++) {
            table.doubles(
                    ProductColumn.shape(psf.shapeNames().get(k)), psf.shape().get(k));
        }
        return table.doubles(ProductColumn.SATURATION, saturation).build();
    }

    private static Hdu lines(List<LineMeasurement> lines) {
        return new TableBuilder(ProductHdu.LINES, lines.size())
                .texts(
                        ProductColumn.LINE,
                        lines.stream().map(LineMeasurement::label).toList())
                .doubles(ProductColumn.TABULATED, column(lines, LineMeasurement::tabulatedNm))
                .doubles(ProductColumn.DETECTED, column(lines, LineMeasurement::detectedNm))
                .doubles(ProductColumn.SHIFT, column(lines, line -> line.detectedNm() - line.tabulatedNm()))
                .doubles(ProductColumn.LINE_ERR, column(lines, LineMeasurement::errorNm))
                .doubles(ProductColumn.LINE_FWHM, column(lines, LineMeasurement::fwhmNm))
                .doubles(ProductColumn.LINE_AMPLITUDE, column(lines, LineMeasurement::amplitude))
                .doubles(ProductColumn.SNR, column(lines, LineMeasurement::snr))
                .doubles(ProductColumn.CHISQ, column(lines, LineMeasurement::reducedChi2))
                .doubles(ProductColumn.EQWIDTH, column(lines, LineMeasurement::equivalentWidthNm))
                .logicals(ProductColumn.USED, i -> lines.get(i).usedForCalibration())
                .doubles(ProductColumn.LINE_FLUX, column(lines, LineMeasurement::flux))
                .doubles(ProductColumn.LINE_FLUX_ERR, column(lines, LineMeasurement::fluxErr))
                .build();
    }

    private static double[] column(
            List<LineMeasurement> lines, java.util.function.ToDoubleFunction<LineMeasurement> value) {
        return lines.stream().mapToDouble(value).toArray();
    }

    private static Hdu config(Map<String, String> config) {
        return new TableBuilder(ProductHdu.CONFIG, config.size())
                .texts(ProductColumn.KEY, List.copyOf(config.keySet()))
                .texts(ProductColumn.VALUE, List.copyOf(config.values()))
                .cards(OriginalParameters.cards(config))
                .build();
    }

    private Hdu timings(StageTimings timings) {
        Map<Stage, Double> seconds = timings.seconds();
        String now = DATE.format(clock.instant().atOffset(ZoneOffset.UTC));
        return new TableBuilder(ProductHdu.TIMINGS, seconds.size())
                .cards(new HeaderBuilder().text(ProductKeyword.DATE, now).build())
                .texts(
                        ProductColumn.STAGE,
                        seconds.keySet().stream().map(Stage::name).toList())
                .doubles(
                        ProductColumn.SECONDS,
                        seconds.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray())
                .build();
    }
}
