package io.spectractor.batch.report;

import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.RunSummary;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.Caveat.Rank;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.product.ProductSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One row per image. */
final class ImageSection {
    /** Beyond this a page is no help; the table is in summary.csv. */
    private static final int ROWS = 2000;

    private static final int THUMBNAILS = 60;
    private static final String TO_OUTPUT_FOLDER = "../../";
    private static final List<String> HEADINGS = List.of(
            "Image",
            "Status",
            "Target",
            "Disperser",
            "Order 0 [px]",
            "Angle [°]",
            "D [mm]",
            "Lines",
            "χ²/dof",
            "FWHM [px]",
            "Time");

    private final RunSummary summary;
    private final Plots plots;

    ImageSection(RunSummary summary, Plots plots) {
        this.summary = summary;
        this.plots = plots;
    }

    void render(Html html) {
        List<ImageResult> images = summary.images();
        html.open("section").element("h2", "Images");
        html.open("div", "class", "scroll").open("table", "class", "images");
        html.open("thead").open("tr");
        HEADINGS.forEach(heading -> html.element("th", heading));
        html.close().close().open("tbody");
        images.subList(0, Math.min(ROWS, images.size())).forEach(image -> row(html, image));
        html.close().close().close();
        if (images.size() > ROWS) {
            html.element("p", "The first " + ROWS + " of " + images.size() + " images; all are in summary.csv.");
        }
        html.close();
        thumbnails(html);
    }

    private void row(Html html, ImageResult image) {
        String status = image.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String kind = image.status().name().toLowerCase(Locale.ROOT).replace('_', '-');
        html.open("tr", "class", kind).open("td");
        String product = image.product();
        if (product == null) {
            html.element("code", image.name());
        } else {
            html.open("a", "href", TO_OUTPUT_FOLDER + Html.segment(product));
            html.element("code", image.name()).close();
        }
        html.close();
        html.open("td").element("span", status, "class", "status " + kind);
        ProductSummary numbers = image.numbers();
        if (numbers == null) {
            html.close();
            html.open("td", "colspan", Integer.toString(HEADINGS.size() - 3));
            reason(html, image);
            html.close();
        } else {
            caveats(html, image);
            html.close();
            numbers(html, numbers);
        }
        number(html, image.wallSeconds() > 0 ? Numbers.seconds(image.wallSeconds()) : "–");
        html.close();
    }

    private static void reason(Html html, ImageResult image) {
        Failure failure = image.failure();
        String reason = failure != null ? failure.message() : image.note();
        if (reason != null) {
            html.element("span", reason, "class", "remark");
        }
    }

    private static void caveats(Html html, ImageResult image) {
        String note = image.note();
        if (note != null) {
            html.element("span", note, "class", "remark");
        }
        names(html, image, Rank.WARNING);
        names(html, image, Rank.INFORMATION);
    }

    private static void names(Html html, ImageResult image, Rank rank) {
        List<Caveat> caveats = Caveat.ofRank(rank, image.caveats());
        if (!caveats.isEmpty()) {
            String names = caveats.stream()
                    .map(c -> c.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .collect(Collectors.joining(", "));
            String word = rank.name().toLowerCase(Locale.ROOT);
            html.element("span", word + ": " + names, "class", "remark caveat-" + word);
        }
    }

    private static void numbers(Html html, ProductSummary numbers) {
        String target = numbers.target();
        html.element("td", target == null ? "unknown" : target);
        html.element("td", numbers.disperser());
        number(html, Numbers.fixed(numbers.targetX(), 2) + ", " + Numbers.fixed(numbers.targetY(), 2));
        number(html, Numbers.fixed(numbers.rotationAngleDeg(), 3));
        number(html, Numbers.fixed(numbers.distanceMm(), 3) + " ± " + Numbers.fixed(numbers.distanceErrMm(), 3));
        number(html, Integer.toString(numbers.linesUsed()));
        number(html, Numbers.fixed(numbers.reducedChi2(), 2));
        number(html, Numbers.fixed(numbers.meanFwhmPx(), 2));
    }

    private static void number(Html html, String text) {
        html.element("td", text, "class", "number");
    }

    private void thumbnails(Html html) {
        List<ImageResult> plotted = summary.images().stream()
                .filter(image -> plots.file(image).isPresent())
                .limit(THUMBNAILS)
                .toList();
        if (plotted.isEmpty()) {
            return;
        }
        html.open("section").element("h2", "Plots").open("div", "class", "plots");
        List<Path> files =
                plotted.stream().map(image -> plots.file(image).orElseThrow()).toList();
        List<Optional<String>> pictures =
                files.parallelStream().map(Plots::thumbnail).toList();
        for (int i = 0; i < files.size(); i++) {
            ImageResult image = plotted.get(i);
            Path file = files.get(i);
            Optional<String> picture = pictures.get(i);
            html.open("figure");
            html.open("a", "href", TO_OUTPUT_FOLDER + Html.segment(String.valueOf(file.getFileName())));
            picture.ifPresent(data -> html.empty("img", "src", data, "alt", "spectrum of " + image.name()));
            html.element("span", picture.isPresent() ? "" : "plot");
            html.close();
            html.element("figcaption", image.name()).close();
        }
        html.close().close();
    }
}
