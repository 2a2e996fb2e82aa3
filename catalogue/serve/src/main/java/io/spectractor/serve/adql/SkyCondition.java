package io.spectractor.serve.adql;

import io.spectractor.serve.adql.Scope.Relation;
import io.spectractor.serve.data.TableSpec;
import io.spectractor.sky.Cone;
import io.spectractor.sky.Healpix;
import io.spectractor.sky.PixelCoverage;
import io.spectractor.sky.Region;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a WHERE on where on the sky the rows of a table are. It is used to read less; the condition itself stays in the
 * query, so that what is overlooked here costs time only.
 */
final class SkyCondition {
    private static final double SMALLEST_DEG = 1e-6;

    private final Scope scope;
    private final Geometry geometry;

    SkyCondition(Scope scope, Geometry geometry) {
        this.scope = scope;
        this.geometry = geometry;
    }

    /** Where rows have to be, null if anywhere. */
    @Nullable
    PixelCoverage cover(Relation relation, @Nullable Expression where) {
        TableSpec table = relation.table();
        if (where == null || table == null || table.sky() == null) {
            return null;
        }
        List<Expression> conditions = new ArrayList<>();
        split(where, conditions);
        for (Expression condition : conditions) {
            Region region = region(condition, relation, table.sky());
            if (region != null) {
                return PixelCoverage.of(region, order(region));
            }
        }
        return null;
    }

    private static void split(Expression e, List<Expression> conditions) {
        if (e instanceof AndExpression and) {
            split(and.getLeftExpression(), conditions);
            split(and.getRightExpression(), conditions);
        } else if (e instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            split(list.get(0), conditions);
        } else {
            conditions.add(e);
        }
    }

    /** Pixels that are about as large as half a cone; others are divided a few times. */
    private static int order(Region region) {
        double size = region instanceof Cone cone ? Math.max(cone.radius(), SMALLEST_DEG) : 1;
        int order = 3;
        while (order < 20 && Healpix.radius(order) > size / 2) {
            order++;
        }
        return order;
    }

    private @Nullable Region region(Expression condition, Relation relation, TableSpec.SkyColumns sky) {
        if (!(condition instanceof ComparisonOperator comparison)) {
            return null;
        }
        Expression a = comparison.getLeftExpression();
        Expression b = comparison.getRightExpression();
        if (condition instanceof EqualsTo) {
            Expression call = ExpressionWriter.isOne(a) ? b : ExpressionWriter.isOne(b) ? a : null;
            return call != null && Geometry.isPredicate(call) ? inside((Function) call, relation, sky) : null;
        }
        return switch (comparison.getStringExpression()) {
            case "<", "<=" -> near(a, b, relation, sky);
            case ">", ">=" -> near(b, a, relation, sky);
            default -> null;
        };
    }

    private @Nullable Region inside(Function call, Relation relation, TableSpec.SkyColumns sky) {
        List<Expression> arguments = Geometry.arguments(call);
        if (arguments.size() != 2) {
            return null;
        }
        if (isPosition(arguments.get(0), relation, sky)) {
            return Geometry.region(geometry.shape(arguments.get(1)));
        }
        boolean either = call.getName().equalsIgnoreCase("intersects");
        return either && isPosition(arguments.get(1), relation, sky)
                ? Geometry.region(geometry.shape(arguments.get(0)))
                : null;
    }

    private @Nullable Region near(Expression e, Expression limit, Relation relation, TableSpec.SkyColumns sky) {
        Double radius = Constants.value(limit);
        if (radius == null
                || !(radius >= 0 && radius < 180)
                || !(e instanceof Function call)
                || call.getName() == null
                || !call.getName().equalsIgnoreCase("distance")) {
            return null;
        }
        List<Expression> arguments = Geometry.arguments(call);
        if (arguments.size() != 2) {
            return null;
        }
        Expression other = isPosition(arguments.get(0), relation, sky)
                ? arguments.get(1)
                : isPosition(arguments.get(1), relation, sky) ? arguments.get(0) : null;
        if (other == null || !(geometry.shape(other) instanceof Shape.PointShape point)) {
            return null;
        }
        Double ra = point.ra().value();
        Double dec = point.dec().value();
        return ra == null || dec == null || !(Math.abs(dec) <= 90) ? null : new Cone(ra, dec, radius);
    }

    private boolean isPosition(Expression e, Relation relation, TableSpec.SkyColumns sky) {
        if (!(e instanceof Function call)
                || call.getName() == null
                || !call.getName().equalsIgnoreCase("point")) {
            return false;
        }
        List<Expression> arguments = Geometry.arguments(call);
        int n = arguments.size();
        return (n == 2 || n == 3)
                && FromWriter.isColumn(scope, arguments.get(n - 2), relation, sky.ra())
                && FromWriter.isColumn(scope, arguments.get(n - 1), relation, sky.dec());
    }
}
