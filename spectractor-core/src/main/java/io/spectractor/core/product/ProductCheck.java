package io.spectractor.core.product;

/** Refuses products that contradict themselves before any byte is written. */
final class ProductCheck {
    private ProductCheck() {}

    static void requireConsistent(SpectrumProduct product) {
        String input = product.provenance().inputName();
        SpectrumTable s = product.spectrum();
        int n = s.size();
        require(n > 0, input, "the spectrum is empty");
        require(
                s.flux().length == n && s.fluxErr().length == n,
                input,
                "wavelength, flux and uncertainty differ in length");
        require(
                product.covariance().length == (long) n * n,
                input,
                "the covariance has " + product.covariance().length + " values for " + n + " wavelengths");
        for (int i = 0; i < n; i++) {
            // products of earlier versions have values in columns without data
            boolean none = s.isEmpty(i) && Double.isNaN(s.flux()[i]) && Double.isNaN(s.fluxErr()[i]);
            if (!none && !(s.fluxErr()[i] > 0)) {
                throw refused(
                        input, "the uncertainty at " + s.lambdaNm()[i] + " nm is " + s.fluxErr()[i] + ", not positive");
            }
        }
        OrderTwoSpectrum order2 = product.order2();
        if (order2 != null) {
            int n2 = order2.lambdaNm().length;
            require(
                    order2.flux().length == n2 && order2.fluxErr().length == n2,
                    input,
                    "the second order's columns differ in length");
        }
        require(
                product.psf().shape().size() == product.psf().shapeNames().size(),
                input,
                "names and values of the shape parameters differ in number");
        for (float value : product.spectrogram().mask().values()) {
            if (value != (short) value) {
                throw refused(input, "mask value " + value + " is not a 16-bit integer");
            }
        }
    }

    private static void require(boolean ok, String input, String wrong) {
        if (!ok) {
            throw refused(input, wrong);
        }
    }

    private static IllegalArgumentException refused(String input, String wrong) {
        return new IllegalArgumentException("product of " + input + ": " + wrong);
    }
}
