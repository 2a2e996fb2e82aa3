package io.spectractor.bench.cost;

/**
 * One image in the hands of one worker.
 *
 * @param lane which worker, from 0
 * @param image its name
 * @param start when it was begun, s after the start of the run
 * @param end when the worker was done with it, s after the start of the run
 * @param good whether a product came of it; false for a failure and for work that was thrown away
 */
public record ImageSpan(int lane, String image, double start, double end, boolean good) {
    /** How long it took, s. */
    public double seconds() {
        return end - start;
    }
}
