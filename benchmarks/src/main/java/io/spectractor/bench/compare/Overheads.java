package io.spectractor.bench.compare;

/**
 * What a run took besides its images, s.
 *
 * @param start from the start of the command to the run's first event, without the next two
 * @param calibration opening the calibration data, by the command itself
 * @param plan finding and joining inputs, logbook and targets
 * @param workerStart from the run's first event to a worker's first image, mean over the workers, without the next
 * @param workerCalibration getting and opening the calibration data in worker processes, mean over those
 * @param shutdown from the last image to the end of the command
 */
public record Overheads(
        double start, double calibration, double plan, double workerStart, double workerCalibration, double shutdown) {}
