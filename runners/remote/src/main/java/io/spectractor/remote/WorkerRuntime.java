package io.spectractor.remote;

import io.spectractor.batch.config.ConfigLoader;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.logs.ProcessLog;
import io.spectractor.batch.logs.StreamCopy;
import io.spectractor.batch.resources.Activity;
import io.spectractor.batch.resources.ResourceSampler;
import io.spectractor.batch.run.ImageEngine;
import io.spectractor.batch.run.ImageSource;
import io.spectractor.batch.run.ImageWorker;
import io.spectractor.batch.run.ItemWorker;
import io.spectractor.batch.run.Machine;
import io.spectractor.batch.run.ProductEncoder;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.run.WorkerStart;
import io.spectractor.batch.store.FolderProductStore;
import io.spectractor.batch.store.ProductStore;
import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.target.ResolvedTargets;
import io.spectractor.core.astrometry.SkyData;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.FlattenedCalibration;
import io.spectractor.core.calibration.MaskedCalibration;
import io.spectractor.core.calibration.SkyCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.observation.FitsSource;
import io.spectractor.core.pipeline.SpectrumExtractor;
import java.io.IOException;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker process makes of a {@link WorkerSpec}: engine and product store, made once per process and order. Safe
 * for threads.
 */
public final class WorkerRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerRuntime.class);
    private static @Nullable WorkerRuntime last;

    private final WorkerSpec order;
    private final ImageEngine engine;
    private final ProductStore store;
    private final @Nullable ItemWorker task;

    private WorkerRuntime(WorkerSpec order, String role) {
        this.order = order;
        ExtractionConfig config = ConfigLoader.parse("configuration of run " + order.runId(), order.configYaml())
                .config();
        long start = System.nanoTime();
        CalibrationStore calibration = calibration(order);
        report((System.nanoTime() - start) / 1e9, role);
        this.engine = new SpectrumExtractor(config, calibration).watchedBy(Activity.ofProcess()::stage)::extract;
        this.store = new FolderProductStore(PathResolver.path(order.outputFolder()), order.runId());
        this.task = order.task().isEmpty() ? null : task(order.task()).worker(calibration);
    }

    private static WorkerTask task(String name) {
        return ServiceLoader.load(WorkerTask.class, WorkerRuntime.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the program of this worker has no task " + name + "; all machines need the same program"));
    }

    /** Tells the run folder that this process takes part; a run folder that cannot be written stops no worker. */
    private void report(double calibrationSeconds, String role) {
        try {
            RunFolder run = RunFolder.of(PathResolver.path(order.outputFolder()), order.runId());
            WorkerStart.now(calibrationSeconds).write(run);
            // ends with the process: its last words are worth most where it is killed
            ResourceSampler.start(run.path(), Machine.host(), role, LOG::warn);
            StreamCopy.install();
            ProcessLog.start(run.logs(), role, LOG::warn);
        } catch (IOException | RuntimeException e) {
            LOG.debug("this worker cannot write itself into the folder of run {}", order.runId(), e);
        }
    }

    /**
     * The workbench for an order, in a process without a name of its own; see {@link #of(WorkerSpec, String)}.
     *
     * @throws CalibrationException if the calibration data cannot be had here, or are others than the run's
     */
    public static WorkerRuntime of(WorkerSpec order) {
        return of(order, "worker");
    }

    /**
     * The workbench for an order. Calibration data are read the first time only; a process serves one run at a time, so
     * only the last one is kept.
     *
     * @param role what this process is in the run, such as rank-3
     * @throws CalibrationException if the calibration data cannot be had here, or are others than the run's
     */
    public static synchronized WorkerRuntime of(WorkerSpec order, String role) {
        WorkerRuntime known = last;
        if (known == null
                || (!known.order.equals(order) && !known.order.sha256().equals(order.sha256()))) {
            known = new WorkerRuntime(order, role);
            last = known;
        }
        return known;
    }

    /** A worker that reads images, or what else the items are, from where the work items say. */
    public ItemWorker worker() {
        return worker(ImageSource.files());
    }

    /** A worker that reads images from elsewhere; other items are read from where the work items say. */
    public ItemWorker worker(ImageSource source) {
        ItemWorker other = task;
        return other != null ? other : new ImageWorker(source, engine, ProductEncoder.fits(), store, order.context());
    }

    private static CalibrationStore calibration(WorkerSpec order) {
        CalibrationStore store = order.calibration().open();
        if (order.badPixels().length > 0) {
            store = MaskedCalibration.of(store, FitsSource.of("ccd.bad_pixels", order.badPixels()));
        }
        if (order.flat().length > 0) {
            store = FlattenedCalibration.of(store, FitsSource.of("ccd.flat", order.flat()));
        }
        if (order.sky().length > 0) {
            store = SkyCalibration.of(store, SkyData.fromBytes(order.sky()));
        }
        ResolvedTargets targets = ResolvedTargets.parse("targets of run " + order.runId(), order.targetsJson());
        String content = targets.contentSha256(store.sha256());
        if (!content.equals(order.context().calibrationSha256())) {
            throw new CalibrationException("calibration data and targets of run " + order.runId()
                    + " became others on the way to this worker: " + content);
        }
        return targets.over(store);
    }
}
