package io.spectractor.remote;

import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.TableCalibration;
import io.spectractor.calib.delivery.BroadcastSource;
import io.spectractor.calib.delivery.CalibrationDelivery;
import io.spectractor.calib.delivery.CalibrationSource;
import io.spectractor.calib.http.ContentCache;
import io.spectractor.calib.http.HttpFetcher;
import io.spectractor.calib.http.HttpSettings;
import io.spectractor.calib.http.Sleeper;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * The calibration data of a run, as a worker elsewhere gets at them. Immutable.
 *
 * @param delivery label of the {@link CalibrationDelivery}
 * @param source {@code embedded}, an absolute path, or a URL
 * @param cache folder, on the worker's node, of what is fetched
 * @param sha256 digest of the content: a worker that finds another one refuses to work
 * @param broadcast the content itself if it is broadcast, else empty; not copied, nobody may change it
 */
public record CalibrationSpec(String delivery, String source, String cache, String sha256, byte[] broadcast)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final Duration LOCK_PATIENCE = Duration.ofMinutes(10);

    /**
     * The data, read and checked.
     *
     * @throws CalibrationException if they cannot be had, or are others than those the run was started with
     */
    TableCalibration open() {
        TableCalibration found = from().open();
        if (!found.sha256().equals(sha256)) {
            throw new CalibrationException("calibration data " + source + " on this node have the SHA-256 "
                    + found.sha256() + ", the run was started with " + sha256
                    + "; give all nodes the same data, or use --calib-delivery broadcast");
        }
        return found;
    }

    private CalibrationSource from() {
        CalibrationDelivery how = CalibrationDelivery.of(delivery);
        return how == CalibrationDelivery.BROADCAST
                ? BroadcastSource.received(source, broadcast)
                : how.deliver(
                        source,
                        Path.of("").toAbsolutePath(),
                        CalibrationSpec::fetcher,
                        new ContentCache(Path.of(cache), LOCK_PATIENCE));
    }

    /** Waits scattered by the process number: processes that fail together must not come back together. */
    private static HttpFetcher fetcher() {
        return new HttpFetcher(
                HttpSettings.patient(),
                Sleeper.real(),
                new SplittableRandom(ProcessHandle.current().pid()),
                Clock.systemUTC());
    }
}
