package io.spectractor.core.observation;

import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.FailureKind;

/** Failures of the kind UNPROCESSABLE whose one line starts with the name of the file. */
final class UnprocessableFile {
    private static final int LONGEST_QUOTE = 40;

    private UnprocessableFile() {}

    static ExtractionException because(String fileName, String cause) {
        return new ExtractionException(FailureKind.UNPROCESSABLE, fileName + ": " + oneLine(cause));
    }

    static ExtractionException because(String fileName, String cause, Throwable from) {
        return new ExtractionException(FailureKind.UNPROCESSABLE, fileName + ": " + oneLine(cause), from);
    }

    /** A value from the file, short enough to quote. */
    static String quote(String value) {
        return value.length() <= LONGEST_QUOTE ? value : value.substring(0, LONGEST_QUOTE) + "...";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
