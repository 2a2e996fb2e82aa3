package io.spectractor.core.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Keeps docs/product.md equal to the code. Run with {@code -Dspectractor.docs.write=true} to rewrite it. */
class ProductDocumentTest {
    private static final Path FILE = Path.of(System.getProperty("basedir", "."), "..", "docs", "product.md");

    @Test
    void documentIsCurrent() throws IOException {
        String markdown = markdown();
        if (Boolean.getBoolean("spectractor.docs.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, markdown);
        }
        assertThat(Files.readString(FILE))
                .as("docs/product.md; rewrite it with mvn -pl spectractor-core test -Dtest=ProductDocumentTest"
                        + " -Dspectractor.docs.write=true")
                .isEqualTo(markdown);
    }

    private static String markdown() {
        StringBuilder text = new StringBuilder("""
                # The spectrum file

                Generated from the code (`ProductHdu`, `ProductColumn`, `ProductKeyword`); a test keeps it current.
                This is version VERSION of the format (card `FMTVERS`); CHANGELOG.md tells what each version brought.

                `<stem>_spectrum.fits` is a FITS file. `fitsverify` finds no fault in it; astropy, specutils
                (`Spectrum1D.read(file)`), STILTS and TOPCAT, and Spectractor's own `Spectrum(file)` open it.
                Every HDU has `EXTNAME`, `DATASUM` and `CHECKSUM`. Equal science gives equal bytes in all HDUs but `TIMINGS`.
                Pixels are counted from 0. A number that is not known has no card; in tables it is NaN.

                `FLUX` is what arrives at the detector: star × atmosphere × telescope × disperser. `FLUX_TOA` is the star above the air:
                `FLUX` over `TRANSM`, the transmission of a usual night with the water that the model fitted, of the telescope and of
                the disperser. Its error includes that of the transmission; the card `TOA_REF` names every ingredient. Grey losses,
                such as clouds, are not in it: their size is unknown. Where less than 1/10000 arrives it is NaN.
                `spectractor fit` writes the table `SPECTRUM` once more, into `<stem>_atmosphere.fits`, with `FLUX_TOA` through the
                atmosphere and the grey factor that it fitted; `TOA_REF` there has them with their errors.

                **Columns and pixels without data hold NaN.** Where no pixel of a column could be used (a dead amplifier, bad or saturated pixels, a gap between
                detectors), bit 2 is set in `mask`, and `FLUX`, `FLUX_ERR`, `RATE`, `RATE_ERR`, `FLUX_TOA` and `FLUX_TOA_ERR`, rows 2 and 3 of the primary image, the
                row and column of `SPEC_COV`, and `flux_sum`, `flux_integral`, `flux_err` and `amplitude` of `PSF_TAB` are NaN there, whatever the method of extraction.
                Wavelengths, the transmission, the trace and the shape of the profile are known there all the same. Bit 1 alone means a measured value from less than
                half of the column's light, with an error that says so. A bad pixel is NaN in `S_DATA`, `S_ERR` and `S_RES`; `S_MASK` tells why. Models have values everywhere: `S_BGD`,
                `S_FIT`, `ORDER2`. Columns that the trace does not reach because it leaves the chip at any of its edges are not in the file (caveat `spectrum_truncated`).
                `fit`, `night`, `compare`, the catalogue and the plots leave columns without data out. To do the same: `good = (table["mask"] & 2) == 0`.

                Wavelengths are nowhere linear in the pixels. The images refer to the table `WCS_TAB` (`-TAB` of the FITS standard), so
                that `astropy.wcs.WCS(header, hdulist)` gives them; the `S_` maps also have the exposure's pixels as alternate
                coordinates `P`, "physical" in ds9. Wavelengths are those of the observatory (`SPECSYS` TOPOCENT), in vacuum for a star
                whose energy distribution is known, which the scale was fitted to, and in air otherwise; `AIRORVAC` tells which.

                ## HDUs

                | HDU | EXTNAME | form | unit | content |
                |---|---|---|---|---|
                """.replace("VERSION", FormatVersion.PRODUCT.toString()));
        int number = 0;
        for (ProductHdu hdu : ProductHdu.values()) {
            row(text, Integer.toString(number++), code(hdu.name()), hdu.form(), hdu.unit(), hdu.content());
        }
        for (ProductHdu hdu : ProductHdu.values()) {
            if (!ProductColumn.of(hdu).isEmpty()) {
                text.append("\n## Columns of `").append(hdu.name()).append("`\n\n");
                text.append("| column | unit | UCD | meaning |\n|---|---|---|---|\n");
                for (ProductColumn c : ProductColumn.of(hdu)) {
                    row(text, code(c.name()), c.unit(), c.ucd(), c.meaning());
                }
            }
            if (hdu == ProductHdu.PSF_TAB) {
                text.append("\nBefore `saturation`: one column per shape parameter, e.g. `gamma` (pix) and `alpha`.\n");
            }
        }
        text.append("""

                ## Keywords

                The primary header begins with these; the input image's own cards follow behind `INCARDS`. Of those, cards
                about the shape, scaling, compression and sky coordinates of the image array are left out, as are those
                whose keyword stands below. Cards that break the standard or come twice are kept as `COMMENT`.
                Of the input's cards `DATE` becomes `INDATE` and `ORIGIN` becomes `INORIGIN`.

                `RA_TARG` and `DEC_TARG` are the target's position, from the catalogue or a name resolver; without either they repeat
                `RA` and `DEC`, where the telescope pointed. A logbook has no columns of positions: it names the target, and its name is looked up, so no position
                comes from a logbook. `catalogue add --positions` gives that of a star which nobody knows. All are ICRS in degrees. Times are UTC, whatever the input counts.
                `DATE`, the time of writing, stands in the header of `TIMINGS`, so that all other HDUs stay the same from run to run.
                A value with an error has three digits of the error.
                """);
        for (ProductKeyword.Section section : ProductKeyword.Section.values()) {
            text.append("\n### ").append(section.title()).append("\n\n");
            text.append("| keyword | type | unit | meaning |\n|---|---|---|---|\n");
            for (ProductKeyword k : ProductKeyword.values()) {
                if (k.section() == section) {
                    row(text, code(k.keyword()), k.type().name().toLowerCase(Locale.ROOT), k.unit(), k.comment());
                }
            }
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String code(String name) {
        return "`" + name + "`";
    }
}
