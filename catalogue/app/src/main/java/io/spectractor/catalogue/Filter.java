package io.spectractor.catalogue;

import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.Table;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/**
 * A condition of SQL on the columns of a table without lists: comparisons, AND, OR, NOT, BETWEEN, IN, IS NULL, + - * /. As
 * in SQL what is null or unknown is no match; NaN counts as null.
 */
final class Filter {
    private final Expression condition;
    private final TreeSet<String> columns = new TreeSet<>();

    /**
     * @throws CatalogueException if the text is not a condition, or has what is not known here
     */
    Filter(String text) {
        try {
            this.condition = CCJSqlParserUtil.parseCondExpression(text, false);
        } catch (JSQLParserException e) {
            throw new CatalogueException(
                    "--where '" + text + "' is not a condition: write e.g. \"mag < 15 and band = 'g'\"", e);
        }
        collect(condition);
    }

    /** The columns that it asks for. */
    List<String> columns() {
        return List.copyOf(columns);
    }

    private void collect(Expression e) {
        if (e instanceof Column column) {
            columns.add(name(column));
        } else if (e instanceof BinaryExpression two) {
            collect(two.getLeftExpression());
            collect(two.getRightExpression());
        } else if (e instanceof NotExpression not) {
            collect(not.getExpression());
        } else if (e instanceof SignedExpression signed) {
            collect(signed.getExpression());
        } else if (e instanceof Between between) {
            collect(between.getLeftExpression());
            collect(between.getBetweenExpressionStart());
            collect(between.getBetweenExpressionEnd());
        } else if (e instanceof IsNullExpression isNull) {
            collect(isNull.getLeftExpression());
        } else if (e instanceof InExpression in) {
            collect(in.getLeftExpression());
            collect(in.getRightExpression());
        } else if (e instanceof ExpressionList<?> list) {
            list.forEach(this::collect);
        } else if (!(e instanceof LongValue || e instanceof DoubleValue || e instanceof StringValue)) {
            throw unknown(e);
        }
    }

    private static CatalogueException unknown(Expression e) {
        return new CatalogueException("--where does not know '" + e
                + "'; it knows comparisons, AND, OR, NOT, BETWEEN, IN, IS NULL and + - * /");
    }

    private static String name(Column column) {
        return column.getColumnName().replaceAll("^\"|\"$", "");
    }

    /** The rows that match. */
    Table apply(Table table) {
        return table.rows(IntStream.range(0, table.rows())
                .filter(row -> Boolean.TRUE.equals(value(condition, table, row)))
                .toArray());
    }

    private @Nullable Object value(Expression e, Table table, int row) {
        if (e instanceof Column column) {
            return plain(table.value(row, name(column)));
        } else if (e instanceof LongValue number) {
            return (double) number.getValue();
        } else if (e instanceof DoubleValue number) {
            return number.getValue();
        } else if (e instanceof StringValue text) {
            return text.getNotExcapedValue();
        } else if (e instanceof SignedExpression signed) {
            return value(signed.getExpression(), table, row) instanceof Double number
                    ? signed.getSign() == '-' ? -number : number
                    : null;
        } else if (e instanceof NotExpression not) {
            return value(not.getExpression(), table, row) instanceof Boolean truth ? !truth : null;
        } else if (e instanceof IsNullExpression isNull) {
            return (value(isNull.getLeftExpression(), table, row) == null) != isNull.isNot();
        } else if (e instanceof Between between) {
            return between(between, table, row);
        } else if (e instanceof InExpression in) {
            return in(in, table, row);
        } else if (e instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            return value(list.get(0), table, row);
        } else if (e instanceof BinaryExpression two) {
            return binary(two, value(two.getLeftExpression(), table, row), value(two.getRightExpression(), table, row));
        }
        throw unknown(e);
    }

    private @Nullable Boolean between(Between between, Table table, int row) {
        Object x = value(between.getLeftExpression(), table, row);
        Object low = value(between.getBetweenExpressionStart(), table, row);
        Object high = value(between.getBetweenExpressionEnd(), table, row);
        if (x == null || low == null || high == null) {
            return null;
        }
        return (compare(x, low) >= 0 && compare(x, high) <= 0) != between.isNot();
    }

    private @Nullable Boolean in(InExpression in, Table table, int row) {
        Object x = value(in.getLeftExpression(), table, row);
        if (x == null || !(in.getRightExpression() instanceof ExpressionList<?> list)) {
            return null;
        }
        for (Expression one : list) {
            Object other = value(one, table, row);
            if (other != null && compare(x, other) == 0) {
                return !in.isNot();
            }
        }
        return in.isNot();
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Boolean || value instanceof String || value == null) {
            return value;
        }
        if (value instanceof Number number) {
            return Double.isNaN(number.doubleValue()) ? null : (Object) number.doubleValue();
        }
        throw new CatalogueException("--where compares numbers, texts and truth values only");
    }

    private static @Nullable Object binary(BinaryExpression e, @Nullable Object a, @Nullable Object b) {
        String sign = e.getStringExpression().toUpperCase(java.util.Locale.ROOT);
        if (sign.equals("AND") || sign.equals("OR")) {
            return joined(a, b, sign.equals("OR"));
        }
        if (a == null || b == null) {
            return null;
        }
        if (e instanceof ComparisonOperator) {
            int order = compare(a, b);
            return switch (sign) {
                case "=" -> order == 0;
                case "<>", "!=" -> order != 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> throw unknown(e);
            };
        }
        if (!(a instanceof Double x) || !(b instanceof Double y)) {
            throw new CatalogueException("--where: '" + e + "' calculates with what is not a number");
        }
        return switch (sign) {
            case "+" -> x + y;
            case "-" -> x - y;
            case "*" -> x * y;
            case "/" -> x / y;
            default -> throw unknown(e);
        };
    }

    /** OR is decided by one true side, AND by one false side; else what is unknown stays unknown. */
    private static @Nullable Boolean joined(@Nullable Object a, @Nullable Object b, boolean deciding) {
        if (Boolean.valueOf(deciding).equals(a) || Boolean.valueOf(deciding).equals(b)) {
            return deciding;
        }
        if (a == null || b == null) {
            return null;
        }
        return !deciding;
    }

    private static int compare(Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            // 0.0 and -0.0 are equal in SQL
            return x < y ? -1 : x > y ? 1 : 0;
        }
        if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y);
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return Boolean.compare(x, y);
        }
        throw new CatalogueException("--where compares '" + a + "' with '" + b + "', which are of different types");
    }
}
