package io.spectractor.core.instrument;

import io.spectractor.core.config.ConfigException;
import io.spectractor.core.config.ConfigKey;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.NearestMatch;
import io.spectractor.core.config.Setting;
import io.spectractor.core.config.SettingsApplier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a description. */
final class InstrumentParser {
    /** No instrument can do without; the defaults of these stand for nothing. */
    private static final List<String> NEEDED =
            List.of("ccd.pixel_size_mm", "dispersion.distance_mm", "dispersion.distance_error_mm");

    private InstrumentParser() {}

    static Instrument parse(String file, String yaml) {
        YamlMapping root = YamlMapping.parse(file, yaml);
        root.allow(
                "instrument", "title", "recognise", "frames", "chip", "amplifiers", "header", "dispersers", "settings");
        String name = root.text("instrument");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw root.wrong("instrument", "the name '" + name + "' must consist of letters, digits, dots and dashes");
        }
        List<List<CardPattern>> recognition = root.mappings("recognise").stream()
                .map(VocabularyParser::patterns)
                .toList();
        List<FrameLayout> frames = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlMapping frame : root.mappings("frames")) {
            FrameLayout layout = FrameParser.frame(frame);
            if (!names.add(layout.name())) {
                throw frame.wrong("name", "two frames have the name " + layout.name());
            }
            frames.add(layout);
        }
        if (frames.isEmpty()) {
            throw root.wrong("frames", "'frames' is missing: how the images lie in files");
        }
        String text = root.oneLine();
        return new Instrument(
                name,
                root.text("title", name),
                recognition,
                frames,
                root.has("chip") ? FrameParser.chip(root.mapping("chip")) : null,
                FrameParser.amplifiers(root.mapping("amplifiers")),
                VocabularyParser.parse(root.mapping("header")),
                dispersers(root),
                config(file, root, text),
                text);
    }

    private static List<DescribedDisperser> dispersers(YamlMapping root) {
        List<DescribedDisperser> dispersers = new ArrayList<>();
        if (!root.has("dispersers")) {
            return dispersers;
        }
        YamlMapping all = root.mapping("dispersers");
        for (String label : all.keys()) {
            if (!all.has(label)) {
                dispersers.add(new DescribedDisperser(label, 0, 0, 0));
                continue;
            }
            YamlMapping one = all.mapping(label).allow("grooves_per_mm", "angle_deg", "distance_extra_mm");
            double grooves = one.number("grooves_per_mm", 0);
            if (one.has("grooves_per_mm") && !(grooves > 0 && grooves < 10_000)) {
                throw one.wrong("grooves_per_mm", "grooves_per_mm = " + grooves + " is not a density of grooves");
            }
            double angle = one.number("angle_deg", 0);
            if (!(Math.abs(angle) <= 45)) {
                throw one.wrong(
                        "angle_deg", "angle_deg = " + angle + ": beyond 45 degrees turn the frame by its x and y");
            }
            dispersers.add(new DescribedDisperser(label, grooves, angle, one.number("distance_extra_mm", 0)));
        }
        return dispersers;
    }

    private static ExtractionConfig config(String file, YamlMapping root, String text) {
        YamlMapping sections = root.mapping("settings");
        List<Setting> settings = new ArrayList<>();
        Set<String> given = new HashSet<>();
        for (String section : sections.keys()) {
            if (!ConfigKey.sections().containsKey(section) || section.equals("instrument")) {
                throw sections.wrong(
                        section,
                        "unknown section '" + section + "' of the settings"
                                + NearestMatch.of(section, ConfigKey.sections().keySet())
                                        .map(s -> "; did you mean " + s + "?")
                                        .orElse(""));
            }
            YamlMapping keys = sections.mapping(section);
            for (String key : keys.keys()) {
                settings.add(new Setting(section + "." + key, keys.text(key), keys.origin(key)));
                given.add(section + "." + key);
            }
        }
        settings.add(new Setting("instrument.description", text, file));
        ExtractionConfig config;
        try {
            config = SettingsApplier.apply(ExtractionConfig.defaults(), settings);
        } catch (ConfigException e) {
            throw new DescriptionException(String.valueOf(e.getMessage()), e);
        }
        for (String needed : NEEDED) {
            if (!given.contains(needed)) {
                throw root.wrong(
                        "settings", "the settings lack " + needed + ", without which nothing can be extracted");
            }
        }
        return config;
    }
}
