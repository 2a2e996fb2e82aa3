package io.spectractor.remote;

import io.spectractor.batch.run.ItemWorker;
import io.spectractor.core.calibration.CalibrationStore;

/**
 * Work on items that are no images to extract, such as nights to fit. Found by {@link java.util.ServiceLoader}, so that workers
 * elsewhere do what modules bring that this one does not know.
 */
public interface WorkerTask {
    /** What work orders call it. */
    String name();

    /**
     * A worker. All that is particular to an item stands in the file that the item names as its input.
     *
     * @param calibration the calibration data of the order
     */
    ItemWorker worker(CalibrationStore calibration);
}
