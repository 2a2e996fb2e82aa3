package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.report.HtmlReport;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.cli.monitor.RunPicture;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the report of a run anew. */
@Command(
        name = "report",
        description = "Write the HTML report of a run anew, also of one that died.",
        footer = {"", "Example:", "  spectractor report products"})
final class ReportCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    private RunSelector choice = new RunSelector();

    ReportCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        RunFolder folder = choice.open(services);
        if (!folder.isAlive()) {
            RunPicture.intoReport(folder);
        }
        services.out().println(HtmlReport.write(folder.summary()));
        return ExitCode.ALL_DONE.code();
    }
}
