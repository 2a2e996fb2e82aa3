package io.spectractor.wronghouse.forward;

/** What the parts of a model should not know. */
public final class WholeModel {
    /** Number of models. */
    public static int count() {
        return 1;
    }

    private WholeModel() {}
}
