package io.spectractor.core.config;

/** Which instrument took the exposures, and where one knows better than its description. */
public record InstrumentConfig(
        @Key(doc = "the instrument's description, on one line; --instrument sets it")
        String description,

        @Key(doc = "gain of all amplifiers, instead of those of header and description; 0 for those", unit = "e-/ADU")
        double gain,

        @Key(
                doc = "read-out noise of all amplifiers, instead of those of header and description; 0 for those",
                unit = "e-")
        double readNoise,

        @Key(doc = "which of the description's frames the files are; auto to tell by their structure")
        String frame) {

    /** A frame told by its structure. */
    public static final String AUTO = "auto";

    public InstrumentConfig {
        Check.range("instrument.gain", gain, 0, 1e6);
        Check.range("instrument.read_noise", readNoise, 0, 1e6);
    }

    /** No description: the built-in one of CTIO, which was the only instrument of products without it. */
    public static InstrumentConfig none() {
        return new InstrumentConfig("", 0, 0, AUTO);
    }

    /** The same of another instrument. */
    public InstrumentConfig withDescription(String text) {
        return new InstrumentConfig(text, gain, readNoise, frame);
    }
}
