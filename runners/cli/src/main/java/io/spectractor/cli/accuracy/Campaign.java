package io.spectractor.cli.accuracy;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.simulation.CameraFormat;
import io.spectractor.core.simulation.SimulatedCampaign;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import io.spectractor.core.target.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of several stars, references, filters and files in turn: the stars and files change fastest, then the references, then
 * the filters.
 *
 * @param stars names of the stars
 * @param references what their extractions are told
 * @param filters labels of filters, {@code none} for no filter
 * @param files names of the frames that the camera writes; all of them if there is none
 */
public record Campaign(List<String> stars, List<ReferenceKind> references, List<String> filters, List<String> files) {
    /** One star of each type, O to M and white dwarfs, as far as CALSPEC has them. */
    public static final List<String> TYPES = List.of(
            "MU COL",
            "LAMBDA LEP",
            "KSI2 CETI",
            "HD14943",
            "HD111980",
            "HD205905",
            "HD9051",
            "BD-11 3759",
            "VB8",
            "GD71",
            "FEIGE110",
            "BD+17 4708");

    private static final String NONE = "none";

    public Campaign {
        stars = List.copyOf(stars);
        references = List.copyOf(references);
        filters = List.copyOf(filters);
        files = List.copyOf(files);
    }

    /**
     * Plans frames.
     *
     * @param sky calibration data whose stars can all be seen
     * @throws IllegalArgumentException if a star, its spectrum, a filter or a kind of files is not there
     */
    public List<CampaignFrame> plan(ExtractionConfig config, CalibrationStore sky, int count, long seed) {
        for (String filter : filters) {
            if (!filter.equals(NONE) && sky.filter(filter).isEmpty()) {
                throw new IllegalArgumentException("filter " + filter + " is not in the calibration data");
            }
        }
        Instrument instrument = Instrument.of(config);
        List<CameraFormat> formats = (files.isEmpty() ? CameraFormat.names(instrument) : files)
                .stream().map(name -> CameraFormat.of(instrument, name)).toList();
        List<List<PlannedFrame>> drawn = new ArrayList<>();
        for (String star : stars) {
            drawn.add(new SimulatedCampaign(config, sky).plan(star, 2 * count, seed));
        }
        List<CampaignFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int star = i % stars.size();
            int round = i / stars.size();
            ReferenceKind reference = references.get(round % references.size());
            String filter = filters.get(round / references.size() % filters.size());
            // dispersers and files take turns as well: no star may meet always the same
            int shifted = i + (stars.size() > 1 ? round : 0);
            PlannedFrame frame = drawn.get(star).get(shifted);
            frames.add(new CampaignFrame(
                    filter.equals(NONE)
                            ? frame
                            : new PlannedFrame(
                                    frame.stem(),
                                    frame.settings().toBuilder().filter(filter).build(),
                                    frame.guess()),
                    formats.get(shifted % formats.size()),
                    reference,
                    reference == ReferenceKind.WRONG ? other(sky, star, round) : null));
        }
        return frames;
    }

    /** A star of the campaign that is of another type. */
    private String other(CalibrationStore sky, int star, int round) {
        List<String> pool = stars.size() > 1 ? stars : TYPES;
        String own = sky.target(stars.get(star)).map(Target::name).orElse("");
        List<String> others = pool.stream()
                .filter(name -> !sky.target(name).map(Target::name).orElse("").equals(own))
                .toList();
        return others.get((star + 5 * (round + 1)) % others.size());
    }
}
