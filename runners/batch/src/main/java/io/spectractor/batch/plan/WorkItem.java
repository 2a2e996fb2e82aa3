package io.spectractor.batch.plan;

import io.spectractor.core.observation.ExposureRequest;
import java.util.List;

/**
 * One image to extract. Immutable and made of text and numbers only, so that any scheduler can send it anywhere.
 *
 * @param index place in the plan
 * @param input where the image is: a path, or a URI that the scheduler understands
 * @param stem names the product
 * @param request what is known of the image before it is read
 */
public record WorkItem(int index, String input, String stem, ExposureRequest request) {

    /** File name of the image, without folder. */
    public String name() {
        return request.name();
    }

    /** File name of the product. */
    public String productName() {
        return InputFile.productName(stem);
    }

    /** The request as canonical text, for the content key. */
    public String requestText() {
        String text = String.join(
                "\n",
                List.of(
                        "name=" + request.name(),
                        "target=" + request.target(),
                        "disperser=" + request.disperser(),
                        "guess="
                                + (request.guess() == null
                                        ? "null"
                                        : request.guess().x() + ","
                                                + request.guess().y()),
                        "window=" + request.windowXPx() + "," + request.windowYPx()));
        // only where there is one: the key of the others stays what it was
        return request.loggedDisperser() == null ? text : text + "\nlogged=" + request.loggedDisperser();
    }
}
