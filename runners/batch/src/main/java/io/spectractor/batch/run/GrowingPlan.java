package io.spectractor.batch.run;

import io.spectractor.batch.plan.PlannedImage;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.plan.WorkItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The plan of a run, to which images may be added while it is at work. Safe for threads. */
final class GrowingPlan {
    private final List<String> notes;
    private final List<PlannedImage> images;
    private final Map<String, Integer> places = new HashMap<>();

    GrowingPlan(RunPlan plan) {
        notes = plan.notes();
        images = new ArrayList<>(plan.images());
        for (int i = 0; i < images.size(); i++) {
            places.put(images.get(i).name(), i);
        }
    }

    synchronized RunPlan plan() {
        return new RunPlan(images, notes);
    }

    /**
     * Adds images; one whose name is there takes that one's place.
     *
     * @return the same with their places in the plan
     */
    synchronized List<PlannedImage> add(List<PlannedImage> more) {
        List<PlannedImage> placed = new ArrayList<>();
        for (PlannedImage image : more) {
            int place = places.computeIfAbsent(image.name(), name -> images.size());
            PlannedImage here = at(place, image);
            if (place == images.size()) {
                images.add(here);
            } else {
                images.set(place, here);
            }
            placed.add(here);
        }
        return placed;
    }

    private static PlannedImage at(int place, PlannedImage image) {
        if (image instanceof PlannedImage.Extract extract) {
            WorkItem item = extract.item();
            return new PlannedImage.Extract(new WorkItem(place, item.input(), item.stem(), item.request()));
        }
        return image;
    }
}
