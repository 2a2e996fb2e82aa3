package io.spectractor.batch.report;

import io.spectractor.batch.files.WholeFile;
import io.spectractor.batch.result.RunSummary;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The report of a run: what was asked, what became of each image, why images failed, where the time went. One HTML file
 * without scripts and without anything from the network; products and plots are linked relative to it.
 */
public final class HtmlReport {
    private static final String FILE_NAME = "report.html";

    private HtmlReport() {}

    /**
     * Writes {@code report.html} into the run's folder, whole or not at all.
     *
     * @return the file
     * @throws IOException if the folder can't be written
     */
    public static Path write(RunSummary summary) throws IOException {
        Path file = summary.runFolder().resolve(FILE_NAME);
        WholeFile.write(file, render(summary));
        return file;
    }

    /** The report as text. Plots are taken from the output folder if they are there. */
    public static String render(RunSummary summary) {
        return ReportPage.render("Spectractor run " + summary.info().runId(), "", html -> {
            new RunSection(summary).render(html);
            new FailureSection(summary).render(html);
            new ImageSection(summary, new Plots(summary.outputFolder())).render(html);
            new TimingSection(summary).render(html);
            new ResourceSection(summary).render(html);
            new DistributionSection(summary).render(html);
            new ConfigSection(summary).render(html);
        });
    }
}
