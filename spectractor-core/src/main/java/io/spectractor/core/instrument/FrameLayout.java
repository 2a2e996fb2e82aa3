package io.spectractor.core.instrument;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way in which an instrument's images are stored in files.
 *
 * @param name as users choose it with {@code instrument.frame}
 * @param about one line for people
 * @param hdus names of HDUs that a file has to have for this layout; none for any file
 * @param largerThan size that the first image of the file exceeds along both axes, e.g. because its overscans are still
 *     there, or null for any size
 * @param image name of the HDU with the image, or empty for the first that holds one
 * @param orientation how the image lies
 * @param raw geometry of the amplifiers' HDUs, or null if the image is one already
 * @param mask the plane of flags, or null
 * @param variance name of the HDU with the variance of the image, or empty
 * @param cards names of HDUs whose cards say something of the exposure too, where a file has them
 */
public record FrameLayout(
        String name,
        String about,
        List<String> hdus,
        @Nullable ChipSize largerThan,
        String image,
        Orientation orientation,
        @Nullable RawGeometry raw,
        @Nullable MaskPlane mask,
        String variance,
        List<String> cards) {
    public FrameLayout {
        cards = List.copyOf(cards);
        hdus = List.copyOf(hdus);
    }

    /**
     * Whether a file can be of this layout.
     *
     * @param names of its HDUs
     * @param columns of its first image, 0 if it has none
     * @param rows likewise
     */
    public boolean fits(List<String> names, long columns, long rows) {
        boolean large = largerThan == null || (columns > largerThan.columns() && rows > largerThan.rows());
        return large && hdus.stream().allMatch(h -> names.stream().anyMatch(h::equalsIgnoreCase));
    }
}
