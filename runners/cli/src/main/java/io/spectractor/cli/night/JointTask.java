package io.spectractor.cli.night;

import io.spectractor.batch.run.ItemWorker;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.remote.WorkerTask;

/** Joint fits of nights as work that any scheduler distributes: the input of an item is the file of a {@link NightOrder}. */
public final class JointTask implements WorkerTask {
    /** Its name. */
    public static final String NAME = "joint";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ItemWorker worker(CalibrationStore calibration) {
        return new NightWork(calibration);
    }
}
