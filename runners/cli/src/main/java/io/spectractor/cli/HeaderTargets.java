package io.spectractor.cli;

import io.spectractor.batch.plan.PlannedImage;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Label;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.HeaderPeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts the stars that headers name into a plan, where neither command line nor logbook names them. */
final class HeaderTargets {
    private HeaderTargets() {}

    static RunPlan fill(RunPlan plan, Instrument instrument) throws InterruptedException {
        if (instrument.vocabulary().of(Label.TARGET).isEmpty()) {
            return plan;
        }
        List<WorkItem> unnamed =
                plan.items().stream().filter(i -> i.request().target() == null).toList();
        Map<Integer, String> targets = PlannedImages.peekAll(unnamed, stream -> HeaderPeek.target(stream, instrument));
        List<PlannedImage> images = new ArrayList<>();
        for (PlannedImage image : plan.images()) {
            images.add(
                    image instanceof PlannedImage.Extract extract
                                    && targets.containsKey(extract.item().index())
                            ? new PlannedImage.Extract(with(
                                    extract.item(), targets.get(extract.item().index())))
                            : image);
        }
        return new RunPlan(images, plan.notes());
    }

    private static WorkItem with(WorkItem item, String target) {
        ExposureRequest r = item.request();
        return new WorkItem(
                item.index(),
                item.input(),
                item.stem(),
                new ExposureRequest(
                        r.name(), target, r.disperser(), r.loggedDisperser(), r.guess(), r.windowXPx(), r.windowYPx()));
    }
}
