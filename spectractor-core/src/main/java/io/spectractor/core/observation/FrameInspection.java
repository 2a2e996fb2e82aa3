package io.spectractor.core.observation;

import io.spectractor.core.instrument.FrameLayout;
import io.spectractor.core.instrument.Instrument;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the image of a file lies, for people who check a description.
 *
 * @param layout the layout that the file's structure tells
 * @param columns of the stored image
 * @param rows of it
 * @param light one line: on which side of the brightest star the light lies, x to the right
 * @param cards value of a card of the exposure, null where it is absent, blank or null
 */
public record FrameInspection(
        FrameLayout layout, int columns, int rows, String light, Function<String, @Nullable String> cards) {
    /**
     * Looks at a file.
     *
     * @param wanted name of a layout, or {@code auto}
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE if it can't be read
     */
    public static FrameInspection of(FitsSource source, Instrument instrument, String wanted) {
        StoredFrame frame = StoredFrame.read(source, instrument, wanted);
        var orientation = frame.layout().orientation();
        int width = orientation.width(frame.columns(), frame.rows());
        int height = orientation.height(frame.columns(), frame.rows());
        LightSide side = LightSide.of(orientation.turn(frame.pixels(), frame.columns(), frame.rows()), width, height);
        String light = switch (side) {
            case RIGHT -> "to the right of the brightest star, as it must";
            case LEFT -> "to the LEFT of the brightest star: x runs the wrong way, or another star is brighter";
            case UNKNOWN -> "too little of it to tell on which side it lies";
        };
        return new FrameInspection(frame.layout(), frame.columns(), frame.rows(), light, frame.header()::text);
    }
}
