package io.spectractor.core.forward;

import io.spectractor.core.forward.stamps.GramBands;
import io.spectractor.core.forward.stamps.LightMap;
import io.spectractor.core.forward.stamps.OrderStamps;
import io.spectractor.core.forward.stamps.ProfileTable;
import io.spectractor.core.forward.stamps.StampRows;
import java.util.Arrays;

/**
 * The large arrays of a spectrogram's model, handed from fit to fit of the same window: profile table, stamps of both
 * orders and the sums of their products. Knows for whom and for which parameters the stamps were evaluated.
 */
public final class StampWorkspace {
    /** How far a trace may lie from the middle of the window, px. */
    private static final int ROW_MARGIN = 8;

    private static final int RANGE_STEP = 8;
    /** How far the onset of order 2 may move in a fit, px. */
    private static final int ONSET_MARGIN = 12;

    final ProfileTable table;
    /** The same for order 2, whose widths differ. */
    final ProfileTable table2;

    final OrderStamps first;
    final OrderStamps second;
    final GramBands gram;
    private Object owner = this;
    private double[] evaluated = {};

    /**
     * @param light second order at the start
     * @param rows where the numbers are kept
     */
    public StampWorkspace(ForwardSetup setup, LightMap light, StampRows rows) {
        int columns = setup.window.columns;
        int shapes = setup.psf.shapeCount();
        int reach = setup.window.rows / 2 + ROW_MARGIN + setup.window.rise(setup.half);
        // windows that climb a little more or less share the arrays of their stock
        int range = (reach + RANGE_STEP - 1) / RANGE_STEP * RANGE_STEP;
        this.table = new ProfileTable(columns, setup.half, range, shapes, setup.psfConfig.pixelIntegrated(), rows);
        this.table2 = new ProfileTable(columns, setup.half, range, shapes, setup.psfConfig.pixelIntegrated(), rows);
        this.first = new OrderStamps(setup.window, 0, setup.half, shapes, table, rows);
        int onset = light.firstLit() - setup.half - ONSET_MARGIN;
        this.second = new OrderStamps(setup.window, onset, setup.half, shapes, table, rows);
        this.gram = new GramBands(columns, setup.half, setup.window.rows);
    }

    /** Whether the stamps are those of the given parameters; if not, the caller has to evaluate them now. */
    boolean claim(Object model, double[] parameters) {
        if (owner == model && Arrays.equals(evaluated, parameters)) {
            return true;
        }
        owner = model;
        evaluated = parameters.clone();
        return false;
    }
}
