package io.spectractor.core.observation;

import io.spectractor.core.instrument.FrameLayout;
import io.spectractor.core.instrument.RawGeometry;
import io.spectractor.core.instrument.RawGeometry.Box;
import io.spectractor.core.instrument.RawSegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Puts the amplifiers of a raw file together: overscans subtracted, light at its place.
 *
 * <p>The level of a row is the median of its serial overscan, smoothed over the rows: the median alone would add its own
 * noise, 1.4 electrons with LATISS, to all pixels of a row. The same for the columns and the parallel overscan.
 */
final class RawAssembly {
    /** Over how many rows or columns levels are smoothed, half of it. */
    private static final int HALF_SMOOTHING = 12;

    private RawAssembly() {}

    static StoredFrame read(
            String name,
            byte[] content,
            FitsLayout file,
            FrameLayout layout,
            RawGeometry geometry,
            PixelArrays arrays) {
        List<RawGeometry> parts = geometry.isOfHeaders() ? ofHeaders(name, file, geometry) : List.of(geometry);
        int columns = parts.get(0).columns();
        int rows = parts.get(0).rows();
        if ((long) columns * rows > FitsImage.MAX_PIXELS) {
            throw UnprocessableFile.because(
                    name, "the image of its amplifiers is larger (" + columns + " x " + rows + ") than any frame");
        }
        float[] pixels = arrays.floats(columns * rows);
        // segments need not cover all of it
        Arrays.fill(pixels, 0);
        FitsHeader primary = file.hdus().get(0).header();
        boolean sumDiffers = false;
        for (RawGeometry part : parts) {
            for (RawSegment segment : part.segments()) {
                FitsImage image = FitsImage.decode(name, content, hdu(name, file, segment.hdu()), false, arrays);
                sumDiffers |= image.sumDiffers();
                place(name, image, segment, part, pixels);
                arrays.recycle(image.pixels());
            }
        }
        return new StoredFrame(layout, columns, rows, pixels, primary, null, null, file.paddingMissing(), sumDiffers);
    }

    private static List<RawGeometry> ofHeaders(String name, FitsLayout file, RawGeometry geometry) {
        List<HeaderSections> sections = new ArrayList<>();
        for (RawSegment segment : geometry.segments()) {
            FitsHeader header = hdu(name, file, segment.hdu()).hdu().header();
            sections.add(HeaderSections.of(name, segment.hdu(), header));
        }
        return HeaderSections.joined(name, sections);
    }

    private static FrameHdu hdu(String name, FitsLayout file, String wanted) {
        if (wanted.equals(RawSegment.FIRST_IMAGE)) {
            return FrameHdu.in(name, file.hdus());
        }
        return FrameHdu.of(
                file.hdus().get(0).header(),
                file.named(wanted)
                        .orElseThrow(
                                () -> UnprocessableFile.because(name, "has no HDU " + wanted + " of the raw file")));
    }

    private static void place(String name, FitsImage image, RawSegment segment, RawGeometry geometry, float[] out) {
        Box light = geometry.light();
        int width = image.width();
        if (light.x1() > width || light.y1() > image.height()) {
            throw UnprocessableFile.because(
                    name,
                    String.format(
                            Locale.ROOT,
                            "%s has %d x %d pixels, too few for light up to column %d and row %d: binned or windowed?",
                            segment.hdu().isEmpty() ? "the image" : "HDU " + segment.hdu(),
                            width,
                            image.height(),
                            light.x1(),
                            light.y1()));
        }
        float[] rowLevel = rowLevels(image, geometry);
        float[] columnLevel = columnLevels(image, geometry, rowLevel);
        int columns = light.x1() - light.x0();
        int rows = light.y1() - light.y0();
        for (int j = 0; j < rows; j++) {
            int from = (light.y0() + j) * width + light.x0();
            int row = segment.y() + (segment.flipY() ? rows - 1 - j : j);
            int to = row * geometry.columns() + segment.x();
            for (int i = 0; i < columns; i++) {
                int at = to + (segment.flipX() ? columns - 1 - i : i);
                out[at] = image.pixels()[from + i] - rowLevel[light.y0() + j] - columnLevel[i];
            }
        }
    }

    private static float[] rowLevels(FitsImage image, RawGeometry geometry) {
        int height = image.height();
        float[] levels = new float[height];
        Box serial = geometry.serial().within(image.width(), height);
        if (serial.isEmpty()) {
            return levels;
        }
        float[] row = new float[serial.x1() - serial.x0()];
        for (int y = 0; y < height; y++) {
            System.arraycopy(image.pixels(), y * image.width() + serial.x0(), row, 0, row.length);
            levels[y] = clippedMean(row);
        }
        return smoothed(levels);
    }

    private static float[] columnLevels(FitsImage image, RawGeometry geometry, float[] rowLevel) {
        Box light = geometry.light();
        int columns = light.x1() - light.x0();
        float[] levels = new float[columns];
        Box parallel = geometry.parallel().within(image.width(), image.height());
        if (parallel.isEmpty()) {
            return levels;
        }
        float[] column = new float[parallel.y1() - parallel.y0()];
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < column.length; j++) {
                int y = parallel.y0() + j;
                column[j] = image.pixels()[y * image.width() + light.x0() + i] - rowLevel[y];
            }
            levels[i] = clippedMean(column);
        }
        return smoothed(levels);
    }

    /** Mean of what lies within a robust distance of the median; better than the median where nothing is wrong. */
    static float clippedMean(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double median = n % 2 == 1 ? sorted[n / 2] : 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]);
        // a quarter of the range between the quartiles more than the pixels' scatter would need
        double limit = Math.max(1, 2.5 * (sorted[3 * n / 4] - sorted[n / 4]));
        double sum = 0;
        int count = 0;
        for (float value : sorted) {
            if (Math.abs(value - median) <= limit) {
                sum += value;
                count++;
            }
        }
        return (float) (count == 0 ? median : sum / count);
    }

    /** Local straight lines through the levels: noise goes down, slopes and slow changes stay. */
    static float[] smoothed(float[] levels) {
        int n = levels.length;
        float[] out = new float[n];
        for (int i = 0; i < n; i++) {
            int from = Math.max(0, i - HALF_SMOOTHING);
            int to = Math.min(n - 1, i + HALF_SMOOTHING);
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double v0 = 0;
            double v1 = 0;
            for (int k = from; k <= to; k++) {
                double t = k - i;
                s0++;
                s1 += t;
                s2 += t * t;
                v0 += levels[k];
                v1 += t * levels[k];
            }
            double determinant = s0 * s2 - s1 * s1;
            out[i] = (float) (determinant > 0 ? (s2 * v0 - s1 * v1) / determinant : v0 / s0);
        }
        return out;
    }
}
