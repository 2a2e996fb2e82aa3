package io.spectractor.core.product;

import java.util.List;

/**
 * A FITS file with the table {@code SPECTRUM} of a product whose star above the air was seen through another transmission,
 * such as a fitted one. Its columns are those of the product; the primary HDU has no data, only what the product's header says of
 * observation, units and provenance, with {@code TOA_REF} of the new transmission.
 */
public final class TopOfAtmosphereFile {
    private TopOfAtmosphereFile() {}

    /** The bytes of the file, the same for equal input. */
    public static byte[] bytes(SpectrumProduct product, TopOfAtmosphereSpectrum above) {
        HeaderBuilder header = HduAssembler.imageHeader(ProductHdu.PRIMARY, 8);
        PrimaryHeader.addTo(header, product, above);
        return Hdu.join(List.of(
                new Hdu(header.build(), HduData.none()),
                ProductWriter.spectrum(product.spectrum().withTopOfAtmosphere(above))));
    }
}
