package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.plan.PlannedImage;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.NearestMatch;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.observation.HeaderPeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Looks before a run whether the calibration data have the dispersers that the headers of its images name. Only the
 * headers are read.
 */
final class DisperserCheck {
    /** The names of a wheel position without a disperser; such an image is not a spectrum and fails as one. */
    private static final Pattern NO_DISPERSER = Pattern.compile("(?i)(dia|empty|none|open|clear|no[ _-]).*|-");

    private final CalibrationStore calibration;
    private final Instrument instrument;
    private final boolean skip;

    /**
     * @param calibration the dispersers that are there
     * @param instrument whose headers they are
     * @param skip leave images out whose disperser is not there, instead of refusing the run
     */
    DisperserCheck(CalibrationStore calibration, Instrument instrument, boolean skip) {
        this.calibration = calibration;
        this.instrument = instrument;
        this.skip = skip;
    }

    /**
     * The plan, without the images whose disperser is not there if that is wanted.
     *
     * @throws UsageException naming the dispersers that are not there, and what to do
     */
    RunPlan check(RunPlan plan) throws InterruptedException {
        Map<Integer, String> missing = missing(plan.items());
        if (missing.isEmpty()) {
            return plan;
        }
        if (!skip) {
            throw new UsageException(message(plan, missing));
        }
        List<PlannedImage> images = new ArrayList<>();
        for (PlannedImage image : plan.images()) {
            String label = image instanceof PlannedImage.Extract extract
                    ? missing.get(extract.item().index())
                    : null;
            images.add(
                    label == null
                            ? image
                            : new PlannedImage.Skip(
                                    image.name(),
                                    image.input(),
                                    "disperser " + label + " is not among the calibration data"));
        }
        return new RunPlan(images, plan.notes());
    }

    /** The disperser that is not there, by the index of the image. */
    private Map<Integer, String> missing(List<WorkItem> items) throws InterruptedException {
        List<WorkItem> unnamed =
                items.stream().filter(i -> i.request().disperser() == null).toList();
        return PlannedImages.peekAll(
                unnamed,
                stream -> HeaderPeek.disperser(stream, instrument)
                        .filter(label -> !NO_DISPERSER.matcher(label).matches())
                        .filter(label -> calibration.disperser(label).isEmpty()));
    }

    private String message(RunPlan plan, Map<Integer, String> missing) {
        SortedMap<String, List<String>> images = new TreeMap<>();
        for (WorkItem item : plan.items()) {
            String label = missing.get(item.index());
            if (label != null) {
                images.computeIfAbsent(label, l -> new ArrayList<>()).add(item.name());
            }
        }
        StringBuilder text = new StringBuilder();
        images.forEach((label, names) -> text.append(String.format(
                Locale.ROOT,
                "disperser %s, which the header of %s%s names, is not among the calibration data%s%n",
                label,
                names.get(0),
                names.size() == 1 ? "" : " and " + (names.size() - 1) + " more",
                NearestMatch.of(label, calibration.disperserNames())
                        .map(n -> "; did they mean " + n + "?")
                        .orElse(""))));
        return text + "There are " + String.join(", ", calibration.disperserNames())
                + ". Add what is missing with 'spectractor calib import' and give it by --calib, use --disperser if the"
                + " headers are wrong, or leave these images out with --skip-unknown-dispersers";
    }
}
