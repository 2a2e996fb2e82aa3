package io.spectractor.bench.model;

/** How images come to workers. */
public sealed interface Policy {
    /** Its name in tables. */
    String label();

    /** Worker w of n has the images w, w + n, w + 2n, ... of the list, decided before the first is touched. */
    record StaticStride() implements Policy {
        @Override
        public String label() {
            return "static stride";
        }
    }

    /**
     * A coordinator hands out one image at a time.
     *
     * @param handOutSeconds that the coordinator is busy with one image
     * @param latencySeconds from asking to having, apart from that
     */
    record Dynamic(double handOutSeconds, double latencySeconds) implements Policy {
        @Override
        public String label() {
            return "dynamic";
        }
    }

    /**
     * Spark: a driver hands out tasks of consecutive files; when most are done it may start copies of those that take too
     * long, on other workers, and takes what is done first.
     *
     * @param filesPerTask consecutive images of a task
     * @param handOutSeconds that the driver is busy with one task
     * @param latencySeconds from asking to having, apart from that
     * @param speculation whether copies are started
     * @param speculationQuantile share of the tasks that have to be done before (spark.speculation.quantile)
     * @param speculationMultiplier times the median of the tasks that are done (spark.speculation.multiplier)
     */
    record Spark(
            int filesPerTask,
            double handOutSeconds,
            double latencySeconds,
            boolean speculation,
            double speculationQuantile,
            double speculationMultiplier)
            implements Policy {
        @Override
        public String label() {
            return "spark" + (filesPerTask == 1 ? "" : ", " + filesPerTask + " files a task")
                    + (speculation ? ", speculation" : "");
        }
    }
}
