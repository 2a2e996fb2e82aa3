package io.spectractor.core.simulation;

import io.spectractor.core.instrument.RawGeometry;
import io.spectractor.core.instrument.RawGeometry.Box;
import io.spectractor.core.instrument.RawSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Amplifiers of raw files whose headers say where their pixels lie: equal parts of the image one above the other, each
 * second one read from its upper end as the upper half of a chip is.
 */
final class WrittenSections {
    private static final int PRESCAN_COLUMNS = 10;
    private static final int OVERSCAN_COLUMNS = 64;

    private WrittenSections() {}

    /**
     * Where the light of an image lies in the HDUs of such a file.
     *
     * @param named HDUs of the description
     * @param columns of the image in the file
     * @param rows of it
     * @throws IllegalArgumentException if it can't be divided into as many equal parts
     */
    static RawGeometry of(List<RawSegment> named, int columns, int rows) {
        int height = rows / named.size();
        if (height * named.size() != rows) {
            throw new IllegalArgumentException("simulation: " + rows + " rows can't be shared equally by "
                    + named.size() + " amplifiers; give the chip of the description another number of rows");
        }
        List<RawSegment> segments = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            segments.add(new RawSegment(named.get(i).hdu(), 0, i * height, false, i % 2 == 1));
        }
        int end = PRESCAN_COLUMNS + columns;
        return new RawGeometry(
                columns,
                rows,
                new Box(PRESCAN_COLUMNS, end, 0, height),
                new Box(end, end + OVERSCAN_COLUMNS, 0, height),
                Box.none(),
                segments);
    }

    /** The cards DATASEC, BIASSEC and DETSEC of one of its HDUs (NOAO mosaic conventions). */
    static List<FrameCard> cards(RawGeometry geometry, RawSegment segment) {
        Box light = geometry.light();
        int first = segment.y() + 1;
        int last = segment.y() + light.y1() - light.y0();
        return List.of(
                new FrameCard("DATASEC", section(light), "light"),
                new FrameCard("BIASSEC", section(geometry.serial()), "overscan"),
                new FrameCard(
                        "DETSEC",
                        String.format(
                                Locale.ROOT,
                                "[%d:%d,%d:%d]",
                                segment.x() + 1,
                                segment.x() + light.x1() - light.x0(),
                                segment.flipY() ? last : first,
                                segment.flipY() ? first : last),
                        "place on the detector"));
    }

    private static String section(Box box) {
        return String.format(Locale.ROOT, "[%d:%d,%d:%d]", box.x0() + 1, box.x1(), box.y0() + 1, box.y1());
    }
}
