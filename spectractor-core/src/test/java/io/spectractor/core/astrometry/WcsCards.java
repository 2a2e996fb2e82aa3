package io.spectractor.core.astrometry;

import java.util.Map;
import java.util.TreeMap;

/** Cards of world coordinates for tests. */
final class WcsCards {
    private WcsCards() {}

    /** The solution of reduc_20170530_134.wcs, which comes with Spectractor's sample of run 134. */
    static Map<String, String> ofRun134() {
        return new TreeMap<>(Map.ofEntries(
                Map.entry("CTYPE1", "RA---TAN-SIP"),
                Map.entry("CTYPE2", "DEC--TAN-SIP"),
                Map.entry("EQUINOX", "2000.0"),
                Map.entry("LONPOLE", "180.0"),
                Map.entry("CRVAL1", "193.332451123"),
                Map.entry("CRVAL2", "-18.6237672036"),
                Map.entry("CRPIX1", "594.326812744"),
                Map.entry("CRPIX2", "1563.4932251"),
                Map.entry("CD1_1", "-0.000111492858349"),
                Map.entry("CD1_2", "2.65030044312e-07"),
                Map.entry("CD2_1", "-5.27679795663e-07"),
                Map.entry("CD2_2", "-0.000111484969131"),
                Map.entry("A_ORDER", "2"),
                Map.entry("A_0_2", "1.4760723032e-06"),
                Map.entry("A_1_1", "5.65318693584e-07"),
                Map.entry("A_2_0", "-4.60081323336e-07"),
                Map.entry("B_ORDER", "2"),
                Map.entry("B_0_2", "9.87619810931e-07"),
                Map.entry("B_1_1", "2.16485264372e-07"),
                Map.entry("B_2_0", "2.04200247942e-07")));
    }
}
