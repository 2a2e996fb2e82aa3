package io.spectractor.batch.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The frame of a report: one HTML file in our style, without scripts and without anything from the network. */
public final class ReportPage {
    private static final String STYLE = "report.css";

    private ReportPage() {}

    /**
     * A page.
     *
     * @param title for the window
     * @param moreStyle style sheet of ours to add, perhaps empty
     * @param body writes what the page holds
     */
    public static String render(String title, String moreStyle, Consumer<Html> body) {
        Html html = new Html();
        html.ours("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:");
        html.element("title", title);
        html.open("style").ours(style() + moreStyle).close();
        html.close();
        html.open("body").open("main");
        body.accept(html);
        html.close().close().close();
        return html.toString();
    }

    private static String style() {
        try (InputStream in = ReportPage.class.getResourceAsStream(STYLE)) {
            if (in == null) {
                throw new IllegalStateException(STYLE + " is missing from the class path: a broken build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(STYLE + " can't be read from the class path", e);
        }
    }
}
