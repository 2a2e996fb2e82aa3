package io.spectractor.bench.predict;

import io.spectractor.bench.compare.ComparisonReport;
import io.spectractor.bench.compare.MeasuredRun;
import java.util.List;

/**
 * What the whole campaign costs on this machine: the seconds that a worker needs for an image once all is running, taken
 * from as many images as were measured, times the images of the campaign, plus what a run costs besides.
 *
 * @param variant scheduler
 * @param sampled images that were measured
 * @param workerSecondsPerImage of a worker, waiting between images included
 * @param campaignImages of the campaign
 * @param campaignCoreHours of it
 * @param campaignHours wall time of it with the workers that were measured
 */
public record CampaignCost(
        String variant,
        int sampled,
        double workerSecondsPerImage,
        int campaignImages,
        double campaignCoreHours,
        double campaignHours) {
    /** Images of the campaign of June 2017, bias and flat frames among them. */
    public static final int CAMPAIGN_IMAGES = 3363;

    /** Seconds that the original Python program takes for an image on the machine that this project was written on. */
    public static final double PYTHON_SECONDS = 51;

    /** Core-hours of 2018, by Spark. */
    public static final double SPARK_2018_CORE_HOURS = 284;

    /** Core-hours of 2018, by MPI. */
    public static final double MPI_2018_CORE_HOURS = 552;

    /** From the warm runs of a scheduler; cold ones where there are no others. */
    public static CampaignCost of(ComparisonReport report, String variant, int campaignImages) {
        List<MeasuredRun> warm = report.runsOf(variant, false);
        List<MeasuredRun> runs = warm.isEmpty() ? report.runsOf(variant, true) : warm;
        double busy = 0;
        double besides = 0;
        int sampled = 0;
        for (MeasuredRun run : runs) {
            double overhead = run.overheads().start()
                    + run.overheads().calibration()
                    + run.overheads().plan()
                    + run.overheads().workerStart()
                    + run.overheads().workerCalibration()
                    + run.overheads().shutdown();
            busy += run.workers() * (run.wallSeconds() - overhead);
            besides += overhead / runs.size();
            sampled += run.images().size();
        }
        double perImage = busy / sampled;
        int workers = runs.get(0).workers();
        double coreSeconds = campaignImages * perImage + workers * besides;
        return new CampaignCost(
                variant, sampled, perImage, campaignImages, coreSeconds / 3600, coreSeconds / 3600 / workers);
    }

    /** Images per core-hour, over the whole campaign. */
    public double imagesPerCoreHour() {
        return campaignImages / campaignCoreHours;
    }
}
