package io.spectractor.catalogue.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * An expression in place of a function's class, as {@code sum(value < median(value) - 5 * error)}. Names are the fields
 * {@code time}, {@code value}, {@code error} and all others of numbers; what is compared is 1 or 0 at each point, and 0
 * where a side is NaN. At the end there must be one number, so points go through a function: count, sum, mean, median, std,
 * mad, min, max, first, last, and {@code abs}, {@code sqrt}, {@code log10}, which keep the points. NaN are passed over.
 */
public final class SeriesExpression implements SeriesFunction {
    /** Over points, or one number for all. */
    @FunctionalInterface
    private interface Node {
        double[] of(LightCurve curve);
    }

    private static final Map<String, ToDoubleFunction<double[]>> OVER_POINTS = overPoints();
    private static final Map<String, ToDoubleFunction<Double>> OF_EACH =
            Map.of("abs", Math::abs, "sqrt", Math::sqrt, "log10", Math::log10);
    private static final int LONGEST = 1000;

    private final String name;
    private final String text;
    private final Node node;
    private int at;

    /**
     * Reads an expression.
     *
     * @param definition {@code name=expression}
     * @throws IllegalArgumentException if it is none
     */
    public SeriesExpression(String definition) {
        int equals = definition.indexOf('=');
        if (equals < 1 || !definition.substring(0, equals).strip().matches("[A-Za-z][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException(
                    "'" + definition + "': write name=expression, as flares=sum(value < median(value) - 5 * error)");
        }
        this.name = definition.substring(0, equals).strip();
        this.text = definition.substring(equals + 1);
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("an expression has at most " + LONGEST + " characters");
        }
        this.node = comparison();
        skip();
        if (at < text.length()) {
            throw wrong("this is not understood");
        }
    }

    private static Map<String, ToDoubleFunction<double[]>> overPoints() {
        Map<String, ToDoubleFunction<double[]>> all = new TreeMap<>();
        all.put("count", values -> values.length);
        all.put("sum", values -> Arrays.stream(values).sum());
        all.put("mean", values -> Arrays.stream(values).average().orElse(Double.NaN));
        all.put("min", values -> Arrays.stream(values).min().orElse(Double.NaN));
        all.put("max", values -> Arrays.stream(values).max().orElse(Double.NaN));
        all.put("first", values -> values.length == 0 ? Double.NaN : values[0]);
        all.put("last", values -> values.length == 0 ? Double.NaN : values[values.length - 1]);
        all.put("median", SeriesExpression::median);
        all.put("std", values -> {
            double mean = Arrays.stream(values).average().orElse(Double.NaN);
            return Math.sqrt(
                    Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / Math.max(1, values.length - 1));
        });
        all.put("mad", values -> {
            double middle = median(values);
            return 1.4826
                    * median(
                            Arrays.stream(values).map(v -> Math.abs(v - middle)).toArray());
        });
        return all;
    }

    private static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    @Override
    public List<String> results() {
        return List.of(name);
    }

    @Override
    public double[] apply(LightCurve curve) {
        double[] found = node.of(curve);
        if (found.length != 1) {
            throw new IllegalArgumentException("'" + text + "' gives a value for each point; one for the light curve is"
                    + " wanted: put count(...), sum(...), max(...) or the like around it");
        }
        return found;
    }

    private IllegalArgumentException wrong(String why) {
        String rest = text.substring(Math.min(at, text.length()));
        return new IllegalArgumentException(
                "expression '" + text + "': " + why + (rest.isEmpty() ? " at its end" : " at '" + rest + "'"));
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean take(String word) {
        skip();
        if (text.startsWith(word, at)) {
            at += word.length();
            return true;
        }
        return false;
    }

    private Node comparison() {
        Node left = sum();
        if (take("<=")) {
            return pointwise(left, sum(), (a, b) -> a <= b ? 1 : 0);
        } else if (take(">=")) {
            return pointwise(left, sum(), (a, b) -> a >= b ? 1 : 0);
        } else if (take("<")) {
            return pointwise(left, sum(), (a, b) -> a < b ? 1 : 0);
        } else if (take(">")) {
            return pointwise(left, sum(), (a, b) -> a > b ? 1 : 0);
        }
        return left;
    }

    private Node sum() {
        Node left = product();
        while (true) {
            if (take("+")) {
                left = pointwise(left, product(), Double::sum);
            } else if (take("-")) {
                left = pointwise(left, product(), (a, b) -> a - b);
            } else {
                return left;
            }
        }
    }

    private Node product() {
        Node left = factor();
        while (true) {
            if (take("*")) {
                left = pointwise(left, factor(), (a, b) -> a * b);
            } else if (take("/")) {
                left = pointwise(left, factor(), (a, b) -> a / b);
            } else {
                return left;
            }
        }
    }

    private Node factor() {
        if (take("-")) {
            return pointwise(curve -> new double[] {0}, factor(), (a, b) -> a - b);
        }
        if (take("(")) {
            Node inside = comparison();
            close();
            return inside;
        }
        skip();
        int begin = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "._".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(begin, at);
        if (word.isEmpty()) {
            throw wrong("a number, a field or a function is missing");
        }
        if (Character.isDigit(word.charAt(0)) || word.charAt(0) == '.') {
            try {
                double number = Double.parseDouble(word);
                return curve -> new double[] {number};
            } catch (NumberFormatException e) {
                at = begin;
                throw wrong("this is not a number");
            }
        }
        return take("(") ? function(word) : field(word);
    }

    private void close() {
        if (!take(")")) {
            throw wrong("a ) is missing");
        }
    }

    private Node function(String word) {
        Node inside = comparison();
        close();
        String function = word.toLowerCase(Locale.ROOT);
        ToDoubleFunction<double[]> over = OVER_POINTS.get(function);
        if (over != null) {
            return curve -> new double[] {
                over.applyAsDouble(Arrays.stream(inside.of(curve))
                        .filter(v -> !Double.isNaN(v))
                        .toArray())
            };
        }
        ToDoubleFunction<Double> each = OF_EACH.get(function);
        if (each == null) {
            TreeSet<String> known = new TreeSet<>(OVER_POINTS.keySet());
            known.addAll(OF_EACH.keySet());
            throw new IllegalArgumentException(
                    "expression '" + text + "': there is no function " + word + "; there are " + known);
        }
        return curve -> Arrays.stream(inside.of(curve)).map(each::applyAsDouble).toArray();
    }

    private static Node field(String word) {
        return curve -> {
            double[] found = switch (word) {
                case "time" -> curve.time();
                case "value" -> curve.value();
                case "error" -> curve.error();
                default -> curve.field(word);
            };
            if (found == null) {
                List<String> known = new ArrayList<>(List.of("time", "value", "error"));
                known.addAll(new TreeSet<>(curve.others().keySet()));
                throw new IllegalArgumentException(
                        "the light curves have no field " + word + " of numbers; there are " + known);
            }
            return found;
        };
    }

    private static Node pointwise(Node left, Node right, DoubleBinaryOperator operator) {
        return curve -> {
            double[] a = left.of(curve);
            double[] b = right.of(curve);
            double[] c = new double[a.length == 1 ? b.length : a.length];
            Arrays.setAll(c, i -> operator.applyAsDouble(a.length == 1 ? a[0] : a[i], b.length == 1 ? b[0] : b[i]));
            return c;
        };
    }
}
