package io.spectractor.core.simulation;

import io.spectractor.core.instrument.FrameLayout;
import io.spectractor.core.instrument.MaskPlane;
import io.spectractor.core.instrument.Orientation;
import io.spectractor.core.instrument.RawGeometry;
import io.spectractor.core.instrument.RawGeometry.Box;
import io.spectractor.core.instrument.RawSegment;
import java.util.ArrayList;
import java.util.List;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.NullDataHDU;

/** The HDUs of a frame as a camera's layout has them: turned, taken apart into amplifiers, or with mask and variance. */
final class CameraFiles {
    private static final long STREAM_OVERSCAN = 10;
    /** Level of an amplifier without light, and what the next one has more, ADU. */
    private static final double BIAS_ADU = 9000;

    private static final double BIAS_STEP_ADU = 130;
    /** By how much the level rises from the first row to the last, and falls along the columns, ADU. */
    private static final double BIAS_SLOPE_ADU = 12;

    private static final List<FrameCard> NO_CARDS = List.of();
    private static final int OVERSCAN_COLUMNS = 64;
    private static final int OVERSCAN_ROWS = 48;

    private final SimulatedFrame frame;
    private final CameraFormat format;
    private final FrameLayout layout;
    /** Size of the image in the file. */
    private final int columns;

    private final int rows;
    private final float[] stored;

    private CameraFiles(SimulatedFrame frame, CameraFormat format) {
        this.frame = frame;
        this.format = format;
        this.layout = format.layout();
        Orientation turn = layout.orientation();
        columns = turn.swapsAxes() ? frame.height() : frame.width();
        rows = turn.swapsAxes() ? frame.width() : frame.height();
        stored = turn.inverse().turn(frame.adu(), frame.width(), frame.height());
    }

    /**
     * The HDUs, the cards of the frame in the first.
     *
     * @throws IllegalArgumentException if the frame hasn't the size of the layout
     */
    static List<BasicHDU<?>> hdus(SimulatedFrame frame, CameraFormat format) throws FitsException {
        CameraFiles files = new CameraFiles(frame, format);
        RawGeometry raw = format.layout().raw();
        List<BasicHDU<?>> hdus = raw == null ? files.corrected() : files.raw(raw);
        for (FrameCard card : frame.cards()) {
            FrameFiles.add(hdus.get(0).getHeader(), card);
        }
        return hdus;
    }

    private List<BasicHDU<?>> corrected() throws FitsException {
        List<BasicHDU<?>> hdus = new ArrayList<>();
        if (format.isPlain()) {
            hdus.add(Fits.makeHDU(square(stored)));
            return hdus;
        }
        hdus.add(new NullDataHDU());
        hdus.add(named(Fits.makeHDU(square(stored)), layout.image()));
        MaskPlane mask = layout.mask();
        if (mask != null) {
            hdus.add(mask(mask));
        }
        if (!layout.variance().isEmpty()) {
            float[] variance = layout.orientation().inverse().turn(variances(), frame.width(), frame.height());
            hdus.add(named(Fits.makeHDU(square(variance)), layout.variance()));
        }
        return hdus;
    }

    private BasicHDU<?> mask(MaskPlane mask) throws FitsException {
        List<String> planes = new ArrayList<>();
        planes.addAll(mask.bad());
        planes.addAll(mask.saturated());
        planes.addAll(mask.cosmic());
        int full = mask.saturated().isEmpty() ? 0 : 1 << mask.bad().size();
        double ceiling = detector().saturationAdu();
        int[][] bits = new int[rows][columns];
        for (int i = 0; i < stored.length; i++) {
            bits[i / columns][i % columns] = stored[i] >= ceiling ? full : 0;
        }
        BasicHDU<?> hdu = named(Fits.makeHDU(bits), mask.hdu());
        for (int bit = 0; bit < planes.size(); bit++) {
            FrameFiles.add(hdu.getHeader(), new FrameCard(mask.prefix() + planes.get(bit), bit, ""));
        }
        return hdu;
    }

    private SimulatedDetector detector() {
        return frame.truth().settings().detector();
    }

    /** Variances as a pipeline that knows the gains computes them, ADU². */
    private float[] variances() {
        SimulatedDetector detector = detector();
        float[] variance = new float[frame.adu().length];
        for (int i = 0; i < variance.length; i++) {
            int amplifier = detector.amplifier(i % frame.width(), i / frame.width());
            double gain = detector.gains()[amplifier];
            double noise = detector.readNoises()[amplifier];
            variance[i] = (float) ((Math.max(0, gain * frame.adu()[i]) + noise * noise) / (gain * gain));
        }
        return variance;
    }

    private List<BasicHDU<?>> raw(RawGeometry described) throws FitsException {
        RawGeometry geometry =
                described.isOfHeaders() ? WrittenSections.of(described.segments(), columns, rows) : described;
        if (columns != geometry.columns() || rows != geometry.rows()) {
            throw new IllegalArgumentException("simulation: the chip has " + columns + " x " + rows
                    + " pixels, the raw files of " + format.instrument().name() + " " + geometry.columns() + " x "
                    + geometry.rows());
        }
        List<BasicHDU<?>> hdus = new ArrayList<>();
        boolean single = geometry.segments().stream().anyMatch(s -> s.hdu().equals(RawSegment.FIRST_IMAGE));
        if (!single) {
            hdus.add(new NullDataHDU());
        }
        for (int i = 0; i < geometry.segments().size(); i++) {
            RawSegment segment = geometry.segments().get(i);
            BasicHDU<?> hdu = Fits.makeHDU(segment(geometry, segment, i));
            for (FrameCard card : described.isOfHeaders() ? WrittenSections.cards(geometry, segment) : NO_CARDS) {
                FrameFiles.add(hdu.getHeader(), card);
            }
            hdus.add(single ? hdu : named(hdu, segment.hdu()));
        }
        return hdus;
    }

    /** One amplifier's HDU: its level, the noise of reading out everywhere, and the light at its place. */
    private int[][] segment(RawGeometry geometry, RawSegment segment, int number) {
        Box light = geometry.light();
        int width = Math.max(end(geometry.serial().x1(), light.x1() + OVERSCAN_COLUMNS), light.x1());
        int height = Math.max(end(geometry.parallel().y1(), light.y1() + OVERSCAN_ROWS), light.y1());
        int lightColumns = light.x1() - light.x0();
        int lightRows = light.y1() - light.y0();
        int amplifier = amplifier(segment.x() + lightColumns / 2, segment.y() + lightRows / 2);
        SimulatedDetector detector = detector();
        double noise = detector.noise() ? detector.readNoises()[amplifier] / detector.gains()[amplifier] : 0;
        RandomSource random = new RandomSource(frame.truth().settings().seed(), STREAM_OVERSCAN + number);
        int[][] out = new int[height][width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double level =
                        BIAS_ADU + BIAS_STEP_ADU * number + BIAS_SLOPE_ADU * (y / (double) height - x / (double) width);
                boolean lit = x >= light.x0() && x < light.x1() && y >= light.y0() && y < light.y1();
                double signal;
                if (lit) {
                    int i = segment.flipX() ? lightColumns - 1 - (x - light.x0()) : x - light.x0();
                    int j = segment.flipY() ? lightRows - 1 - (y - light.y0()) : y - light.y0();
                    signal = stored[(segment.y() + j) * columns + segment.x() + i];
                } else {
                    signal = noise == 0 ? 0 : noise * random.gaussian();
                }
                out[y][x] = (int) Math.rint(level + signal);
            }
        }
        return out;
    }

    private static int end(int described, int otherwise) {
        return described == RawGeometry.END || described == 0 ? otherwise : described;
    }

    /** The amplifier that reads a pixel of the file's image. */
    private int amplifier(int column, int row) {
        Orientation turn = layout.orientation();
        return detector().amplifier((int) turn.turnedX(column, row, columns, rows), (int)
                turn.turnedY(column, row, columns, rows));
    }

    private float[][] square(float[] pixels) {
        float[][] out = new float[rows][columns];
        for (int y = 0; y < rows; y++) {
            System.arraycopy(pixels, y * columns, out[y], 0, columns);
        }
        return out;
    }

    private static BasicHDU<?> named(BasicHDU<?> hdu, String name) throws FitsException {
        if (!name.isEmpty()) {
            hdu.getHeader().addValue("EXTNAME", name, "");
        }
        return hdu;
    }
}
