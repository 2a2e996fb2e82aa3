package io.spectractor.bench.compare;

/**
 * Which run of a comparison it is.
 *
 * @param variant scheduler and distribution
 * @param delivery of the calibration data
 * @param cold whether the images had to come from the disk
 * @param round from 1
 * @param fault what was done to it; empty for nothing
 */
record RunLabel(String variant, String delivery, boolean cold, int round, String fault) {
    /** As a run id. */
    String id() {
        String text = variant + "-" + delivery + "-" + (cold ? "cold" : "warm") + "-" + round
                + (fault.isEmpty() ? "" : "-fault");
        return text.replaceAll("[^A-Za-z0-9]+", "-");
    }
}
