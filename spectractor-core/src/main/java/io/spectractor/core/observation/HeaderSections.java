package io.spectractor.core.observation;

import io.spectractor.core.instrument.RawGeometry;
import io.spectractor.core.instrument.RawGeometry.Box;
import io.spectractor.core.instrument.RawSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the header of an amplifier's HDU puts its pixels: DATASEC has the light, BIASSEC the overscan, DETSEC the place on the
 * detector, whose axis runs backwards where the first number is the greater one (NOAO mosaic conventions). Spectractor 3.2.1
 * reversed the other axis then (images.py, load_LPNHE_image).
 *
 * @param hdu name of the HDU
 * @param light in its image
 * @param bias in its image; empty without BIASSEC
 * @param x least column on the detector, from 0
 * @param y least row
 * @param flipX whether its columns run backwards there
 * @param flipY whether its rows do
 */
record HeaderSections(String hdu, Box light, Box bias, int x, int y, boolean flipX, boolean flipY) {
    private static final Pattern SECTION =
            Pattern.compile("\\[\\s*(\\d{1,6})\\s*:\\s*(\\d{1,6})\\s*,\\s*(\\d{1,6})\\s*:\\s*(\\d{1,6})\\s*]");

    /**
     * Those of an HDU.
     *
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE if a card is missing or is none
     */
    static HeaderSections of(String name, String hdu, FitsHeader header) {
        int[] data = required(name, hdu, header, "DATASEC");
        int[] place = required(name, hdu, header, "DETSEC");
        int[] bias = section(name, hdu, header, "BIASSEC");
        Box light = box(data);
        if (light.x1() - light.x0() != Math.abs(place[1] - place[0]) + 1
                || light.y1() - light.y0() != Math.abs(place[3] - place[2]) + 1) {
            throw UnprocessableFile.because(
                    name,
                    "HDU " + hdu + ": DATASEC = " + header.text("DATASEC") + " and DETSEC = " + header.text("DETSEC")
                            + " are not of one size; correct the card that is wrong");
        }
        return new HeaderSections(
                hdu,
                light,
                bias == null ? Box.none() : box(bias),
                Math.min(place[0], place[1]) - 1,
                Math.min(place[2], place[3]) - 1,
                place[0] > place[1],
                place[2] > place[3]);
    }

    /**
     * Geometries, one for each HDU, of the image that they form together.
     *
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE if they leave gaps or overlap
     */
    static List<RawGeometry> joined(String name, List<HeaderSections> all) {
        int x0 = all.stream().mapToInt(HeaderSections::x).min().orElse(0);
        int y0 = all.stream().mapToInt(HeaderSections::y).min().orElse(0);
        int columns = all.stream().mapToInt(s -> s.x() + s.width()).max().orElse(0) - x0;
        int rows = all.stream().mapToInt(s -> s.y() + s.height()).max().orElse(0) - y0;
        long pixels = all.stream().mapToLong(s -> (long) s.width() * s.height()).sum();
        if (pixels != (long) columns * rows || overlap(all)) {
            throw UnprocessableFile.because(
                    name,
                    "the DETSEC of "
                            + String.join(
                                    " and ",
                                    all.stream().map(HeaderSections::hdu).toList())
                            + " do not make one image: they leave a gap or overlap; correct them");
        }
        List<RawGeometry> geometries = new ArrayList<>();
        for (HeaderSections s : all) {
            geometries.add(new RawGeometry(
                    columns,
                    rows,
                    s.light(),
                    s.bias(),
                    Box.none(),
                    List.of(new RawSegment(s.hdu(), s.x() - x0, s.y() - y0, s.flipX(), s.flipY()))));
        }
        return geometries;
    }

    private static boolean overlap(List<HeaderSections> all) {
        for (int i = 0; i < all.size(); i++) {
            for (HeaderSections other : all.subList(i + 1, all.size())) {
                HeaderSections s = all.get(i);
                if (s.x() < other.x() + other.width()
                        && other.x() < s.x() + s.width()
                        && s.y() < other.y() + other.height()
                        && other.y() < s.y() + s.height()) {
                    return true;
                }
            }
        }
        return false;
    }

    private int width() {
        return light.x1() - light.x0();
    }

    private int height() {
        return light.y1() - light.y0();
    }

    private static Box box(int[] ends) {
        return new Box(
                Math.min(ends[0], ends[1]) - 1,
                Math.max(ends[0], ends[1]),
                Math.min(ends[2], ends[3]) - 1,
                Math.max(ends[2], ends[3]));
    }

    private static int[] required(String name, String hdu, FitsHeader header, String card) {
        int[] found = section(name, hdu, header, card);
        if (found == null) {
            throw UnprocessableFile.because(
                    name, "HDU " + hdu + " has no card " + card + ", which tells where its pixels lie");
        }
        return found;
    }

    private static int @Nullable [] section(String name, String hdu, FitsHeader header, String card) {
        String text = header.text(card);
        if (text == null) {
            return null;
        }
        Matcher ends = SECTION.matcher(text.strip());
        if (!ends.matches()) {
            throw UnprocessableFile.because(
                    name,
                    "HDU " + hdu + ": " + card + " = '" + UnprocessableFile.quote(text) + "' is not [x1:x2,y1:y2]");
        }
        int[] found = new int[4];
        for (int i = 0; i < 4; i++) {
            found[i] = Integer.parseInt(ends.group(i + 1));
            if (found[i] < 1) {
                throw UnprocessableFile.because(name, "HDU " + hdu + ": " + card + " counts from 1, not from 0");
            }
        }
        return found;
    }
}
