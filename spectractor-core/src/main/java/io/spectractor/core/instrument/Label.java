package io.spectractor.core.instrument;

import java.util.Locale;

/** What a header can say in words. */
public enum Label {
    DATE("start of the exposure"),
    DISPERSER("the disperser in the beam"),
    FILTER("the filter in the beam"),
    OBJECT("what the observer called the target; a note, not trusted"),
    TARGET("the star, where headers of this instrument can be trusted with it"),
    PIXEL_UNIT("unit of the pixels: adu or electron");

    private final String meaning;

    Label(String meaning) {
        this.meaning = meaning;
    }

    /** Name in descriptions. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }
}
