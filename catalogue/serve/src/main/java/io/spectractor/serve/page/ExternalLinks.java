package io.spectractor.serve.page;

import java.util.Locale;

/** Ways into other programs. Nothing of theirs is loaded before somebody follows them. */
public final class ExternalLinks {
    private ExternalLinks() {}

    /** A link to the sky around a position, degrees, in Aladin Lite, which is on the web. */
    public static String aladin(double ra, double dec) {
        return String.format(
                Locale.ROOT,
                "<a href=\"https://aladin.cds.unistra.fr/AladinLite/?target=%s&amp;fov=0.25\" rel=\"noreferrer external\">in Aladin Lite</a>",
                Html.encoded(String.format(Locale.ROOT, "%.6f %+.6f", ra, dec)));
    }

    /** A button that sends a table to the programs of a SAMP hub, TOPCAT among them. */
    public static String samp(String address, String name) {
        return "<button type=\"button\" class=\"samp\" hidden data-url=\"" + Html.text(address) + "\" data-name=\""
                + Html.text(name) + "\">Send to TOPCAT</button><span class=\"note\" role=\"status\"></span>";
    }
}
