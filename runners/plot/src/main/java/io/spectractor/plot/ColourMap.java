package io.spectractor.plot;

/**
 * Colours for values in [0, 1], interpolated between anchors in the perceptual space OKLab.
 *
 * @see "B. Ottosson, A perceptual color space for image processing (2020)"
 */
final class ColourMap {
    private static final int STEPS = 256;

    private final int[] table;

    private ColourMap(int... anchorsRgb) {
        double[][] lab = new double[anchorsRgb.length][];
        for (int i = 0; i < lab.length; i++) {
            lab[i] = oklab(anchorsRgb[i]);
        }
        table = new int[STEPS];
        for (int s = 0; s < STEPS; s++) {
            double at = (double) s / (STEPS - 1) * (lab.length - 1);
            int i = Math.min(lab.length - 2, (int) at);
            double t = at - i;
            double[] mixed = new double[3];
            for (int k = 0; k < 3; k++) {
                mixed[k] = (1 - t) * lab[i][k] + t * lab[i + 1][k];
            }
            table[s] = rgb(mixed);
        }
    }

    /** Dark violet over green to yellow, lightness rising: legible in grey and to the colour-blind. */
    static ColourMap sequential() {
        return new ColourMap(0x440154, 0x3b528b, 0x21918c, 0x5ec962, 0xfde725);
    }

    /** Blue over white to red for values about 0.5. */
    static ColourMap diverging() {
        return new ColourMap(0x053061, 0x4393c3, 0xf7f7f7, 0xd6604d, 0x67001f);
    }

    /** 0xRRGGBB of a value, clamped to [0, 1]; light grey for NaN. */
    int rgb(double value) {
        if (Double.isNaN(value)) {
            return Style.NO_DATA.getRGB() & 0xffffff;
        }
        return table[(int) Math.round(Math.max(0, Math.min(1, value)) * (STEPS - 1))];
    }

    private static double[] oklab(int rgb) {
        double r = linear((rgb >> 16 & 255) / 255.0);
        double g = linear((rgb >> 8 & 255) / 255.0);
        double b = linear((rgb & 255) / 255.0);
        double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return new double[] {
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        };
    }

    private static int rgb(double[] lab) {
        double l = Math.pow(lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2], 3);
        double m = Math.pow(lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2], 3);
        double s = Math.pow(lab[0] - 0.0894841775 * lab[1] - 1.2914855480 * lab[2], 3);
        int r = encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
        int g = encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
        int b = encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
        return r << 16 | g << 8 | b;
    }

    private static double linear(double c) {
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static int encoded(double c) {
        double v = c <= 0.0031308 ? 12.92 * c : 1.055 * Math.pow(c, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * Math.max(0, Math.min(1, v)));
    }
}
