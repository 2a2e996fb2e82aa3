package io.spectractor.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;

/** Colours (after Okabe and Ito, distinct to the colour-blind), fonts and strokes. */
final class Style {
    static final Color INK = new Color(0x222222);
    static final Color QUIET = new Color(0x6b6b6b);
    static final Color GRID = new Color(0xe6e6e6);
    static final Color NO_DATA = new Color(0xc8c8c8);
    static final Color FLUX = new Color(0x0072b2);
    static final Color BAND = new Color(0x56, 0xb4, 0xe9, 110);
    static final Color ORDER2 = new Color(0xd5, 0x5e, 0x00, 150);
    static final Color MARK = new Color(0xd55e00);
    static final Color FLAGGED = new Color(0xcc79a7);
    static final Color CAVEAT = new Color(0xa04000);

    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 26);
    static final Font SUBTITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
    static final Font PANEL = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    static final BasicStroke THIN = new BasicStroke(1f);
    static final BasicStroke LINE = new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke DASHED =
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {7, 5}, 0);

    private Style() {}

    /** "erg s⁻¹ cm⁻² nm⁻¹", in plain ASCII where the font has no superscripts. */
    static String fluxUnit() {
        String pretty = "erg s\u207b\u00b9 cm\u207b\u00b2 nm\u207b\u00b9";
        return LABEL.canDisplayUpTo(pretty) < 0 ? pretty : "erg/s/cm2/nm";
    }

    /** "10⁻¹²", or "1e-12" where the font has no superscripts. */
    static String powerOfTen(int exponent) {
        String digits = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
        StringBuilder text = new StringBuilder("10");
        for (char c : Integer.toString(exponent).toCharArray()) {
            text.append(c == '-' ? '\u207b' : digits.charAt(c - '0'));
        }
        String pretty = text.toString();
        return LABEL.canDisplayUpTo(pretty) < 0 ? pretty : "1e" + exponent;
    }
}
