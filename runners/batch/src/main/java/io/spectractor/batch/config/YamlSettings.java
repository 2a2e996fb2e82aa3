package io.spectractor.batch.config;

import io.spectractor.batch.UsageException;
import io.spectractor.core.config.ConfigKey;
import io.spectractor.core.config.NearestMatch;
import io.spectractor.core.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a configuration file in YAML: sections, and in each section keys with one value. */
final class YamlSettings {
    private final String fileName;
    private final List<Setting> settings = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private YamlSettings(String fileName) {
        this.fileName = fileName;
    }

    static List<Setting> read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UsageException("configuration file " + file + " cannot be read: " + e, e);
        }
    }

    static List<Setting> parse(String fileName, String text) {
        YamlSettings reader = new YamlSettings(fileName);
        try {
            Optional<Node> root =
                    new Compose(LoadSettings.builder().setLabel(fileName).build()).composeString(text);
            root.ifPresent(reader::readRoot);
        } catch (MarkedYamlEngineException e) {
            throw new UsageException(
                    fileName
                            + e.getProblemMark()
                                    .map(m -> " line " + (m.getLine() + 1))
                                    .orElse("")
                            + " is not valid YAML: " + e.getProblem(),
                    e);
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw new UsageException(fileName + " is not valid YAML: " + e.getMessage(), e);
        }
        return List.copyOf(reader.settings);
    }

    private void readRoot(Node root) {
        if (root instanceof MappingNode sections) {
            sections.getValue().forEach(this::readSection);
        } else if (!isEmpty(root)) {
            throw wrong(root, "expected sections such as 'ccd:', each with its keys indented below");
        }
    }

    private void readSection(NodeTuple tuple) {
        String section = text(tuple.getKeyNode());
        if (!ConfigKey.sections().containsKey(section)) {
            throw wrong(tuple.getKeyNode(), "unknown section '" + section + "'" + proposeSection(section));
        }
        if (tuple.getValueNode() instanceof MappingNode keys) {
            keys.getValue().forEach(key -> readKey(section, key));
        } else if (!isEmpty(tuple.getValueNode())) {
            throw wrong(tuple.getValueNode(), "section '" + section + "' must hold keys, indented below it");
        }
    }

    private void readKey(String section, NodeTuple tuple) {
        String key = section + "." + text(tuple.getKeyNode());
        if (!seen.add(key)) {
            throw wrong(tuple.getKeyNode(), key + " is given twice");
        }
        if (!(tuple.getValueNode() instanceof ScalarNode value)) {
            throw wrong(tuple.getValueNode(), key + " must have one value, not a list or a mapping");
        }
        settings.add(new Setting(key, value.getValue(), origin(tuple.getKeyNode())));
    }

    private static String proposeSection(String section) {
        String whole = section.contains(".") ? "; write the section and, below it, the key" : "";
        return NearestMatch.of(section, ConfigKey.sections().keySet())
                        .map(s -> "; did you mean " + s + "?")
                        .orElse("; there are "
                                + String.join(", ", ConfigKey.sections().keySet()))
                + whole;
    }

    private String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node, "expected a word");
    }

    private static boolean isEmpty(Node node) {
        return node instanceof ScalarNode scalar && scalar.getValue().isBlank();
    }

    private UsageException wrong(Node node, String what) {
        return new UsageException(origin(node) + ": " + what);
    }

    private String origin(Node node) {
        return fileName
                + node.getStartMark()
                        .map(mark -> " line " + (mark.getLine() + 1))
                        .orElse("");
    }
}
