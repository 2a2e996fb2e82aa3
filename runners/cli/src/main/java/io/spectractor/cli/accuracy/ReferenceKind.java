package io.spectractor.cli.accuracy;

/** What the extraction of a simulated frame is told of its star. */
public enum ReferenceKind {
    /** Its spectrum. */
    KNOWN,
    /** Nothing: it has a name that nobody knows. */
    UNKNOWN,
    /** The spectrum of another star under its name. */
    WRONG
}
