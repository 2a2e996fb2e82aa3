package io.spectractor.serve.adql;

import io.spectractor.serve.adql.Shape.Angle;
import io.spectractor.serve.adql.Shape.CircleShape;
import io.spectractor.serve.adql.Shape.PointShape;
import io.spectractor.serve.adql.Shape.PolygonShape;
import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.sky.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/** Positions and regions of a query. */
final class Geometry {
    private static final String FORMS = "POINT, CIRCLE, BOX, POLYGON, or a column of regions";

    private final Scope scope;
    private final java.util.function.Function<Expression, String> write;

    /**
     * @param write the SQL of an expression
     */
    Geometry(Scope scope, java.util.function.Function<Expression, String> write) {
        this.scope = scope;
        this.write = write;
    }

    /** The SQL of a call of a geometric function, null if it is none. */
    @Nullable
    String call(Function function) {
        String name = function.getName().toLowerCase(Locale.ROOT);
        List<Expression> arguments = arguments(function);
        return switch (name) {
            case "contains", "intersects" -> "CASE WHEN " + predicate(function) + " THEN 1 ELSE 0 END";
            case "distance" -> distance(arguments);
            case "coord1" -> point(one(name, arguments)).ra().sql();
            case "coord2" -> point(one(name, arguments)).dec().sql();
            case "area" -> area(shape(one(name, arguments)));
            case "point", "circle", "box", "polygon", "centroid", "region" ->
                throw new QueryRejectedException(function.getName()
                        + " can be the argument of another function only: CONTAINS, INTERSECTS, DISTANCE");
            default -> null;
        };
    }

    private static Expression one(String name, List<Expression> arguments) {
        if (arguments.size() != 1) {
            throw new QueryRejectedException(name + " takes 1 argument, not " + arguments.size());
        }
        return arguments.get(0);
    }

    static List<Expression> arguments(Function function) {
        List<Expression> arguments = new ArrayList<>();
        if (function.getParameters() != null) {
            arguments.addAll(function.getParameters());
        }
        return arguments;
    }

    static boolean isPredicate(Expression e) {
        return e instanceof Function f
                && f.getName() != null
                && (f.getName().equalsIgnoreCase("contains") || f.getName().equalsIgnoreCase("intersects"));
    }

    /** CONTAINS or INTERSECTS as a condition. */
    String predicate(Function function) {
        List<Expression> arguments = arguments(function);
        if (arguments.size() != 2) {
            throw new QueryRejectedException(function.getName() + " takes 2 arguments, not " + arguments.size());
        }
        Shape a = shape(arguments.get(0));
        Shape b = shape(arguments.get(1));
        boolean intersects = function.getName().equalsIgnoreCase("intersects");
        if (intersects && b instanceof PointShape) {
            Shape swapped = a;
            a = b;
            b = swapped;
        }
        if (a instanceof PointShape point && b instanceof CircleShape circle) {
            return Shape.inCircle(point, circle);
        }
        if (a instanceof PointShape point && b instanceof PolygonShape polygon) {
            return Shape.inPolygon(point, polygon);
        }
        if (a instanceof PointShape point && b instanceof PointShape other) {
            return "(" + Shape.distance(point, other) + " = 0)";
        }
        if (a instanceof CircleShape one && b instanceof CircleShape two) {
            String distance = Shape.distance(one.centre(), two.centre());
            return intersects
                    ? "(" + distance + " <= (" + one.radius().sql() + ") + ("
                            + two.radius().sql() + "))"
                    : "(" + distance + " + (" + one.radius().sql() + ") <= "
                            + two.radius().sql() + ")";
        }
        throw new QueryRejectedException(
                function.getName() + " knows a point with any region, and circles with each other; not "
                        + SyntaxTree.shortened(function.toString()));
    }

    private String distance(List<Expression> arguments) {
        if (arguments.size() == 2) {
            return Shape.distance(point(arguments.get(0)), point(arguments.get(1)));
        }
        if (arguments.size() == 4) {
            List<Angle> angles = arguments.stream().map(this::angle).toList();
            return Shape.distance(
                    new PointShape(angles.get(0), angles.get(1)), new PointShape(angles.get(2), angles.get(3)));
        }
        throw new QueryRejectedException(
                "DISTANCE takes 2 points or 4 numbers, not " + arguments.size() + " arguments");
    }

    private static String area(Shape shape) {
        if (shape instanceof CircleShape circle) {
            return "(2 * pi() * (1 - cos(radians(" + circle.radius().sql() + "))) * pow(180 / pi(), 2))";
        }
        if (shape instanceof PointShape) {
            return "0e0";
        }
        return Shape.number(((PolygonShape) shape).area());
    }

    private PointShape point(Expression e) {
        if (shape(e) instanceof PointShape point) {
            return point;
        }
        throw new QueryRejectedException("'" + SyntaxTree.shortened(e.toString()) + "' is not a POINT");
    }

    /** A position or region. */
    Shape shape(Expression e) {
        if (e instanceof Column column) {
            Scope.Found found = scope.find(column);
            ColumnSpec origin = found.origin();
            if (origin != null && origin.circle() != null) {
                String table = Names.quoted(found.relation().alias()) + ".";
                ColumnSpec.CircleColumns parts = origin.circle();
                return new CircleShape(
                        new PointShape(
                                new Angle(table + Names.quoted(parts.ra()), null),
                                new Angle(table + Names.quoted(parts.dec()), null)),
                        new Angle(table + Names.quoted(parts.radius()), null));
            }
        }
        if (!(e instanceof Function function)) {
            throw new QueryRejectedException("'" + SyntaxTree.shortened(e.toString()) + "' is no " + FORMS);
        }
        SyntaxTree.only(function, "getName", "getMultipartName", "getParameters");
        List<Expression> arguments = arguments(function);
        // the name of the coordinate system, which ADQL 2.1 has left off
        if (!arguments.isEmpty() && arguments.get(0) instanceof StringValue system) {
            checkSystem(system.getValue());
            arguments.remove(0);
        }
        return switch (function.getName().toLowerCase(Locale.ROOT)) {
            case "point" -> point(function, arguments);
            case "circle" -> circle(function, arguments);
            case "box" -> box(function, arguments);
            case "polygon" -> polygon(function, arguments);
            case "centroid" -> centroid(shape(one("centroid", arguments)));
            default -> refuse(function);
        };
    }

    private static PointShape centroid(Shape of) {
        return of instanceof CircleShape circle
                ? circle.centre()
                : of instanceof PolygonShape polygon ? polygon.centroid() : (PointShape) of;
    }

    private static Shape refuse(Function function) {
        throw new QueryRejectedException("'" + SyntaxTree.shortened(function.toString()) + "' is no " + FORMS);
    }

    private static void checkSystem(String system) {
        String name = system.strip().toUpperCase(Locale.ROOT);
        if (!name.isEmpty() && !name.matches("(ICRS|FK5|J2000|UNKNOWNFRAME)( .*)?")) {
            throw new QueryRejectedException("positions are ICRS; '" + system + "' is not known");
        }
    }

    private PointShape point(Function function, List<Expression> arguments) {
        if (arguments.size() != 2) {
            refuse(function);
        }
        return new PointShape(angle(arguments.get(0)), angle(arguments.get(1)));
    }

    private CircleShape circle(Function function, List<Expression> arguments) {
        return switch (arguments.size()) {
            case 2 -> new CircleShape(point(arguments.get(0)), angle(arguments.get(1)));
            case 3 ->
                new CircleShape(
                        new PointShape(angle(arguments.get(0)), angle(arguments.get(1))), angle(arguments.get(2)));
            default -> (CircleShape) refuse(function);
        };
    }

    private Shape box(Function function, List<Expression> arguments) {
        List<Angle> angles = new ArrayList<>();
        if (arguments.size() == 3) {
            PointShape centre = point(arguments.remove(0));
            angles.add(centre.ra());
            angles.add(centre.dec());
        }
        arguments.forEach(argument -> angles.add(angle(argument)));
        if (angles.size() != 4) {
            return refuse(function);
        }
        double[] v = constants(function, angles);
        if (!(v[2] > 0 && v[2] < 180 && v[3] > 0 && v[3] < 180 && Math.abs(v[1]) <= 90)) {
            throw new QueryRejectedException("a BOX is wider and higher than 0, and less than 180 degrees: "
                    + SyntaxTree.shortened(function.toString()));
        }
        return Shape.box(v[0], v[1], v[2], v[3]);
    }

    private Shape polygon(Function function, List<Expression> arguments) {
        List<Angle> angles = new ArrayList<>();
        for (Expression argument : arguments) {
            if (argument instanceof Function) {
                PointShape corner = point(argument);
                angles.add(corner.ra());
                angles.add(corner.dec());
            } else {
                angles.add(angle(argument));
            }
        }
        if (angles.size() < 6 || angles.size() % 2 != 0 || angles.size() > 2000) {
            throw new QueryRejectedException("a POLYGON has 3 corners or more, each of two numbers");
        }
        double[] v = constants(function, angles);
        double[] ra = new double[v.length / 2];
        double[] dec = new double[v.length / 2];
        for (int i = 0; i < ra.length; i++) {
            ra[i] = v[2 * i];
            dec[i] = v[2 * i + 1];
        }
        PolygonShape polygon = new PolygonShape(ra, dec);
        checked(polygon::region);
        return polygon;
    }

    private static double[] constants(Function function, List<Angle> angles) {
        double[] values = new double[angles.size()];
        for (int i = 0; i < values.length; i++) {
            Double value = angles.get(i).value();
            if (value == null) {
                throw new QueryRejectedException(
                        function.getName() + " takes numbers only, no columns; CIRCLE takes both");
            }
            values[i] = value;
        }
        return values;
    }

    /** The region that a constant shape covers, null if it is none. */
    static @Nullable Region region(Shape shape) {
        if (shape instanceof CircleShape circle) {
            return checked(circle::region);
        }
        return shape instanceof PolygonShape polygon ? checked(polygon::region) : null;
    }

    private static <T extends @Nullable Object> T checked(java.util.function.Supplier<T> region) {
        try {
            return region.get();
        } catch (IllegalArgumentException e) {
            throw new QueryRejectedException(String.valueOf(e.getMessage()), e);
        }
    }

    Angle angle(Expression e) {
        return new Angle(write.apply(e), Constants.value(e));
    }
}
