package io.spectractor.core.product;

import java.io.ByteArrayOutputStream;

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
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(HduAssembler.hdu(header.build(), new byte[0]));
        file.writeBytes(ProductWriter.spectrum(product.spectrum().withTopOfAtmosphere(above)));
        return file.toByteArray();
    }
}
