package io.spectractor.core.observation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A list of exposures in JSON: an array of objects, an object of objects by number (as Rubin's RubinTV has it), or one
 * of these under a key. JSON is YAML 1.2, so the parser of descriptions reads it and knows where it stands.
 */
final class JsonLogbook {
    /** Characters of JSON; a year of exposures has a tenth of it. */
    private static final int LIMIT = 200_000_000;

    private JsonLogbook() {}

    /**
     * The exposures as a table; a column for every key that occurs, null is an empty cell.
     *
     * @throws LogbookException if it is not JSON, or has no list of exposures
     */
    static LogbookTable table(String name, byte[] bytes) {
        List<MappingNode> exposures = new ArrayList<>();
        collect(root(name, bytes), exposures);
        if (exposures.isEmpty()) {
            throw new LogbookException(name, "no list of exposures; expected objects with keys like file and object");
        }
        Map<String, Integer> columns = new LinkedHashMap<>();
        for (MappingNode exposure : exposures) {
            for (NodeTuple entry : exposure.getValue()) {
                columns.putIfAbsent(text(entry.getKeyNode()), columns.size());
            }
        }
        List<DelimitedText.Row> rows = new ArrayList<>();
        for (MappingNode exposure : exposures) {
            String[] cells = new String[columns.size()];
            Arrays.fill(cells, "");
            for (NodeTuple entry : exposure.getValue()) {
                cells[columns.get(text(entry.getKeyNode()))] = text(entry.getValueNode());
            }
            rows.add(new DelimitedText.Row(line(exposure, rows.size() + 1), List.of(cells)));
        }
        return new LogbookTable("JSON", List.copyOf(columns.keySet()), 1, rows);
    }

    private static Node root(String name, byte[] bytes) {
        String json = new String(bytes, StandardCharsets.UTF_8);
        if (json.startsWith("\ufeff")) {
            json = json.substring(1);
        }
        try {
            // a raw tab can't stand in a string of JSON, and YAML doesn't indent with it
            return new Compose(LoadSettings.builder()
                            .setLabel(name)
                            .setCodePointLimit(LIMIT)
                            .setAllowDuplicateKeys(true)
                            .build())
                    .composeString(json.replace('\t', ' '))
                    .orElseThrow(() -> new LogbookException(name, "the logbook is empty"));
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(m -> "line " + (m.getLine() + 1) + ": ")
                    .orElse("");
            throw new LogbookException(name, line + "not valid JSON: " + e.getProblem(), e);
        } catch (LogbookException e) {
            throw e;
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw new LogbookException(name, "not valid JSON: " + e.getMessage(), e);
        }
    }

    /** The objects whose values are not objects or arrays themselves, in their order. */
    private static void collect(Node node, List<MappingNode> exposures) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> collect(item, exposures));
        } else if (node instanceof MappingNode object) {
            List<Node> nested = object.getValue().stream()
                    .map(NodeTuple::getValueNode)
                    .filter(value -> value instanceof MappingNode || value instanceof SequenceNode)
                    .toList();
            if (object.getValue().size() > nested.size() && hasFile(object)) {
                exposures.add(object);
            } else {
                nested.forEach(value -> collect(value, exposures));
            }
        }
    }

    private static boolean hasFile(MappingNode object) {
        return object.getValue().stream()
                .map(entry -> LogbookColumn.plain(text(entry.getKeyNode())))
                .anyMatch(key -> LogbookColumn.FILE.titles().contains(key)
                        || LogbookColumn.EXPOSURE_ID.titles().contains(key)
                        || LogbookColumn.SEQUENCE.titles().contains(key));
    }

    private static String text(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            return "";
        }
        String value = scalar.getValue().trim();
        return scalar.isPlain() && value.equals("null") ? "" : value;
    }

    private static int line(MappingNode node, int number) {
        int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
        // all on one line: the number of the exposure says more
        return Math.max(line, number);
    }
}
