package io.spectractor.spark;

import java.io.Serial;
import java.io.Serializable;

/**
 * What a task says of one image; text only.
 *
 * @param index place of the image in the plan
 * @param kind what the text is
 * @param text see {@link Kind}
 */
record ImageReport(int index, Kind kind, String text) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What became of the image. */
    enum Kind {
        /** It is settled; the text is the result as JSON. */
        RESULT,
        /** It ran out of memory; the text is the error's message. */
        EXHAUSTED,
        /** The run was asked to stop before it was started. */
        NOT_STARTED,
        /** This node cannot do any image of the run, e.g. for want of its calibration data; the text says why. */
        REFUSED
    }
}
