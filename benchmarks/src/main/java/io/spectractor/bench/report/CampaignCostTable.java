package io.spectractor.bench.report;

import io.spectractor.batch.report.Numbers;
import io.spectractor.bench.compare.ComparisonReport;
import io.spectractor.bench.predict.CampaignCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the whole campaign costs, beside the original. */
final class CampaignCostTable {
    static final String METHOD =
            "Extrapolated from the measured sample: the seconds that a worker needs for an image once"
                    + " all is running (waiting included) times the images of the campaign, plus start and end of one run."
                    + " The Python row is 51 s an image on one core of the machine that this project was written on, times the"
                    + " images; the rows of 2018 are what the original reported for the campaign, waiting included. Of its 3,363"
                    + " files some 2,000 show a star with a known position; the original passed over the others, here all count.";

    private CampaignCostTable() {}

    static ComparisonTable.Table of(ComparisonReport report, int images) {
        List<List<String>> rows = new ArrayList<>();
        for (String variant : report.variants()) {
            CampaignCost cost = CampaignCost.of(report, variant, images);
            rows.add(row(
                    variant + ", here, " + report.method(),
                    cost.sampled() + " images",
                    cost.workerSecondsPerImage(),
                    cost.campaignCoreHours(),
                    images));
        }
        rows.add(row(
                "Python, here",
                "1 image",
                CampaignCost.PYTHON_SECONDS,
                images * CampaignCost.PYTHON_SECONDS / 3600,
                images));
        double spark = CampaignCost.SPARK_2018_CORE_HOURS;
        double mpi = CampaignCost.MPI_2018_CORE_HOURS;
        rows.add(row(
                "Spark 2018, Cori",
                "the campaign",
                spark * 3600 / CampaignCost.CAMPAIGN_IMAGES,
                spark,
                CampaignCost.CAMPAIGN_IMAGES));
        rows.add(row(
                "MPI 2018, Cori",
                "the campaign",
                mpi * 3600 / CampaignCost.CAMPAIGN_IMAGES,
                mpi,
                CampaignCost.CAMPAIGN_IMAGES));
        return new ComparisonTable.Table(
                String.format(Locale.ROOT, "The whole campaign: %,d images", images),
                List.of("program", "measured on", "core-seconds per image", "core-hours", "images per core-hour"),
                rows);
    }

    private static List<String> row(String program, String sample, double perImage, double coreHours, int images) {
        return List.of(
                program,
                sample,
                Numbers.fixed(perImage, 2),
                Numbers.fixed(coreHours, 2),
                Numbers.fixed(images / coreHours, 0));
    }
}
