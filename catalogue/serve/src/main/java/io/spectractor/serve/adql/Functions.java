package io.spectractor.serve.adql;

import io.spectractor.serve.data.QueryRejectedException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The functions that a query may call, with the engine's SQL for each. */
final class Functions {
    private record Rule(int least, int most, boolean aggregate, Function<List<String>, String> sql) {}

    private static final Map<String, Rule> RULES = rules();

    private Functions() {}

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new TreeMap<>();
        for (String name : List.of(
                "abs", "degrees", "exp", "floor", "radians", "acos", "asin", "atan", "cos", "cot", "sin", "tan",
                "lower", "upper")) {
            rules.put(name, new Rule(1, 1, false, args -> name + "(" + args.get(0) + ")"));
        }
        // outside of their domain these stop a query; a row that has no value has none
        rules.put("acos", new Rule(1, 1, false, args -> within("acos", args.get(0))));
        rules.put("asin", new Rule(1, 1, false, args -> within("asin", args.get(0))));
        rules.put("sqrt", new Rule(1, 1, false, args -> positive("sqrt", args.get(0), ">=")));
        rules.put("log", new Rule(1, 1, false, args -> positive("ln", args.get(0), ">")));
        rules.put("log10", new Rule(1, 1, false, args -> positive("log10", args.get(0), ">")));
        rules.put("ceiling", new Rule(1, 1, false, args -> "ceil(" + args.get(0) + ")"));
        rules.put("pi", new Rule(0, 0, false, args -> "pi()"));
        rules.put("rand", new Rule(0, 1, false, args -> "random()"));
        rules.put("mod", new Rule(2, 2, false, args -> "(" + args.get(0) + " % " + args.get(1) + ")"));
        rules.put("power", new Rule(2, 2, false, args -> "pow(" + args.get(0) + ", " + args.get(1) + ")"));
        rules.put("atan2", new Rule(2, 2, false, args -> "atan2(" + args.get(0) + ", " + args.get(1) + ")"));
        rules.put("round", new Rule(1, 2, false, args -> "round(" + String.join(", ", args) + ")"));
        rules.put(
                "truncate",
                new Rule(
                        1,
                        2,
                        false,
                        args -> args.size() == 1
                                ? "trunc(" + args.get(0) + ")"
                                : "(trunc((" + args.get(0) + ") * pow(10, " + args.get(1) + ")) / pow(10, "
                                        + args.get(1) + "))"));
        rules.put("coalesce", new Rule(1, 50, false, args -> "coalesce(" + String.join(", ", args) + ")"));
        rules.put("nullif", new Rule(2, 2, false, args -> "nullif(" + String.join(", ", args) + ")"));
        for (String name : List.of("count", "sum", "avg", "min", "max", "median", "stddev")) {
            rules.put(name, new Rule(1, 1, true, args -> name + "(" + args.get(0) + ")"));
        }
        return rules;
    }

    private static String positive(String name, String argument, String sign) {
        return name + "(CASE WHEN " + argument + " " + sign + " 0 THEN " + argument + " END)";
    }

    private static String within(String name, String argument) {
        return name + "(CASE WHEN " + argument + " BETWEEN -1 AND 1 THEN " + argument + " END)";
    }

    /**
     * RAND with a seed: for each row the same number from 0 to below 1 whenever it is asked for. (The engine's own generator
     * has a seed for each thread.)
     *
     * @param row a number of 64 bits of the row
     */
    static String seeded(String row, String seed) {
        // two seeds have to give numbers that have nothing to do with each other: what is mixed is hashed once more
        return "((hash(xor(" + row + ", hash(" + seed + "))) >> 11)::DOUBLE / 9007199254740992e0)";
    }

    /** Whether a function takes many rows. */
    static boolean isAggregate(String name) {
        Rule rule = RULES.get(name.toLowerCase(Locale.ROOT));
        return rule != null && rule.aggregate();
    }

    /**
     * A call.
     *
     * @throws QueryRejectedException if there is no such function, or not with so many arguments
     */
    static String call(String name, List<String> arguments) {
        Rule rule = RULES.get(name.toLowerCase(Locale.ROOT));
        if (rule == null) {
            throw new QueryRejectedException(
                    "there is no function " + name + "; there are " + String.join(", ", RULES.keySet())
                            + ", and point, circle, box, polygon, contains, intersects, distance, area, coord1, coord2");
        }
        if (arguments.size() < rule.least() || arguments.size() > rule.most()) {
            throw new QueryRejectedException(name + " takes "
                    + (rule.least() == rule.most() ? "" + rule.least() : rule.least() + " to " + rule.most())
                    + " argument" + (rule.most() == 1 ? "" : "s") + ", not " + arguments.size());
        }
        return rule.sql().apply(arguments);
    }
}
