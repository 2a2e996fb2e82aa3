package io.spectractor.core.instrument;

import io.spectractor.core.config.NearestMatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A mapping of a YAML file whose every complaint names file and line. */
final class YamlMapping {
    private final String file;
    private final Node node;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();

    private YamlMapping(String file, Node node) {
        this.file = file;
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, "expected keys with values, as 'key: value'");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode());
            if (entries.put(key, tuple) != null) {
                throw wrong(tuple.getKeyNode(), "'" + key + "' is given twice");
            }
        }
    }

    /** Reads a text that has to be a mapping. */
    static YamlMapping parse(String file, String text) {
        try {
            Node root = new Compose(LoadSettings.builder().setLabel(file).build())
                    .composeString(text)
                    .orElseThrow(() -> new DescriptionException(file + " is empty"));
            return new YamlMapping(file, root);
        } catch (MarkedYamlEngineException e) {
            String line =
                    e.getProblemMark().map(m -> " line " + (m.getLine() + 1)).orElse("");
            throw new DescriptionException(file + line + " is not valid YAML: " + e.getProblem(), e);
        } catch (DescriptionException e) {
            throw e;
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw new DescriptionException(file + " is not valid YAML: " + e.getMessage(), e);
        }
    }

    /** Refuses keys that are none of these. */
    YamlMapping allow(String... known) {
        List<String> names = Arrays.asList(known);
        for (Map.Entry<String, NodeTuple> entry : entries.entrySet()) {
            if (!names.contains(entry.getKey())) {
                throw wrong(
                        entry.getValue().getKeyNode(),
                        "unknown key '" + entry.getKey() + "'"
                                + NearestMatch.of(entry.getKey(), names)
                                        .map(n -> "; did you mean " + n + "?")
                                        .orElse("; there are " + String.join(", ", names)));
            }
        }
        return this;
    }

    Set<String> keys() {
        return entries.keySet();
    }

    boolean has(String key) {
        NodeTuple tuple = entries.get(key);
        return tuple != null && !(tuple.getValueNode() instanceof ScalarNode s && isNull(s));
    }

    /** Where a key stands: file and line. */
    String origin(String key) {
        NodeTuple tuple = entries.get(key);
        return origin(tuple == null ? node : tuple.getKeyNode());
    }

    /** The text of a value. */
    String text(String key) {
        return scalar(value(key));
    }

    String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    double number(String key) {
        String text = text(key);
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(value(key), key + " = '" + text + "' is not a number", e);
        }
        throw wrong(value(key), key + " = '" + text + "' is not a finite number");
    }

    double number(String key, double otherwise) {
        return has(key) ? number(key) : otherwise;
    }

    int whole(String key) {
        String text = text(key);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw wrong(value(key), key + " = '" + text + "' is not a whole number", e);
        }
    }

    boolean flag(String key) {
        return has(key)
                && switch (text(key)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw wrong(value(key), key + " must be true or false");
                };
    }

    YamlMapping mapping(String key) {
        return new YamlMapping(file, value(key));
    }

    /** The words of a list, or one word; none if the key is absent. */
    List<String> texts(String key) {
        if (!has(key)) {
            return List.of();
        }
        Node value = value(key);
        if (value instanceof SequenceNode list) {
            return list.getValue().stream().map(this::scalar).toList();
        }
        return List.of(scalar(value));
    }

    /** The mappings of a list, or one mapping; none if the key is absent. */
    List<YamlMapping> mappings(String key) {
        if (!has(key)) {
            return List.of();
        }
        Node value = value(key);
        if (value instanceof SequenceNode list) {
            List<YamlMapping> all = new ArrayList<>();
            list.getValue().forEach(n -> all.add(new YamlMapping(file, n)));
            return all;
        }
        return List.of(new YamlMapping(file, value));
    }

    /** Two numbers in brackets. */
    double[] range(String key) {
        List<String> ends = texts(key);
        if (ends.size() == 2) {
            try {
                return new double[] {Double.parseDouble(ends.get(0)), Double.parseDouble(ends.get(1))};
            } catch (NumberFormatException e) {
                throw wrong(value(key), key + " must hold two numbers, as [0, 1]", e);
            }
        }
        throw wrong(value(key), key + " must hold two numbers, as [0, 1]");
    }

    /** A complaint about the value of a key. */
    DescriptionException wrong(String key, String what) {
        NodeTuple tuple = entries.get(key);
        return wrong(tuple == null ? node : tuple.getKeyNode(), what);
    }

    private Node value(String key) {
        NodeTuple tuple = entries.get(key);
        if (tuple == null || (tuple.getValueNode() instanceof ScalarNode s && isNull(s))) {
            throw wrong(node, "'" + key + "' is missing");
        }
        return tuple.getValueNode();
    }

    private String scalar(Node value) {
        if (value instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(value, "expected one value, not a list or a mapping");
    }

    private static boolean isNull(ScalarNode scalar) {
        return scalar.isPlain()
                && (scalar.getValue().isEmpty() || scalar.getValue().equals("null"));
    }

    private DescriptionException wrong(Node where, String what) {
        return new DescriptionException(origin(where) + ": " + what);
    }

    private DescriptionException wrong(Node where, String what, Throwable cause) {
        return new DescriptionException(origin(where) + ": " + what, cause);
    }

    private String origin(Node where) {
        return file
                + where.getStartMark()
                        .map(mark -> " line " + (mark.getLine() + 1))
                        .orElse("");
    }

    /** The mapping on one line, without comments and with every word in quotes; YAML and JSON alike. */
    String oneLine() {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    private static void write(@Nullable Node node, StringBuilder out) {
        if (node instanceof MappingNode mapping) {
            String separator = "{";
            for (NodeTuple tuple : mapping.getValue()) {
                out.append(separator);
                write(tuple.getKeyNode(), out);
                out.append(": ");
                write(tuple.getValueNode(), out);
                separator = ", ";
            }
            out.append(mapping.getValue().isEmpty() ? "{}" : "}");
        } else if (node instanceof SequenceNode list) {
            out.append('[');
            for (int i = 0; i < list.getValue().size(); i++) {
                out.append(i == 0 ? "" : ", ");
                write(list.getValue().get(i), out);
            }
            out.append(']');
        } else if (node instanceof ScalarNode scalar) {
            if (isNull(scalar)) {
                out.append("null");
                return;
            }
            out.append('"');
            scalar.getValue().chars().forEach(c -> {
                if (c == '"' || c == '\\') {
                    out.append('\\').append((char) c);
                } else if (c < ' ' || c > '~') {
                    out.append(String.format("\\u%04x", c));
                } else {
                    out.append((char) c);
                }
            });
            out.append('"');
        }
    }
}
