package io.spectractor.batch.run;

/**
 * Is told how far an image in progress has come, on the thread that works on it: for schedulers that do something else meanwhile.
 */
public interface StepListener {
    /** For those who need not know. */
    StepListener NONE = new StepListener() {};

    /** The file has been read, the extraction comes next. */
    default void read() {}

    /** The extraction is done, well or not; what is left is to write the product. */
    default void extracted() {}
}
