package io.spectractor.core.simulation;

import io.spectractor.core.instrument.FrameLayout;
import io.spectractor.core.instrument.Instrument;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a camera writes its frames: one of the layouts of an instrument.
 *
 * @param instrument whose frames they are
 * @param layout how they lie in files
 */
public record CameraFormat(Instrument instrument, FrameLayout layout) {
    /** What a program that reads files takes for "whatever it is"; to write it means the first layout. */
    private static final String AUTO = "auto";

    /**
     * A layout by its name, the first one for {@code auto}.
     *
     * @throws IllegalArgumentException if the instrument has none of that name
     */
    public static CameraFormat of(Instrument instrument, String name) {
        if (name.equalsIgnoreCase(AUTO)) {
            return new CameraFormat(instrument, instrument.frames().get(0));
        }
        Optional<FrameLayout> layout = instrument.frames().stream()
                .filter(f -> f.name().equalsIgnoreCase(name))
                .findFirst();
        return new CameraFormat(
                instrument,
                layout.orElseThrow(() -> new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "simulation: %s has no frames '%s', but %s",
                        instrument.name(),
                        name,
                        String.join(", ", names(instrument))))));
    }

    /** Names of the layouts of an instrument. */
    public static List<String> names(Instrument instrument) {
        return instrument.frames().stream().map(FrameLayout::name).toList();
    }

    /** The name of the layout. */
    public String name() {
        return layout.name();
    }

    /** Whether files hold nothing but the image as it is extracted. */
    boolean isPlain() {
        return layout.raw() == null
                && layout.mask() == null
                && layout.variance().isEmpty()
                && layout.image().isEmpty();
    }
}
