package io.spectractor.serve.adql;

import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.HexValue;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.WhenClause;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.arithmetic.Division;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;

/** Expressions in the engine's SQL. What it has no case for is refused. */
final class ExpressionWriter {
    private static final Map<Class<?>, String> SIGNS = Map.of(
            Addition.class, "+",
            Subtraction.class, "-",
            Multiplication.class, "*",
            Division.class, "/",
            Concat.class, "||",
            AndExpression.class, "AND",
            OrExpression.class, "OR");
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", ">", "<=", ">=");
    private static final Map<String, String> CASTS = Map.ofEntries(
            Map.entry("CHAR", "VARCHAR"),
            Map.entry("CHARACTER", "VARCHAR"),
            Map.entry("VARCHAR", "VARCHAR"),
            Map.entry("SMALLINT", "SMALLINT"),
            Map.entry("INTEGER", "INTEGER"),
            Map.entry("INT", "INTEGER"),
            Map.entry("BIGINT", "BIGINT"),
            Map.entry("REAL", "FLOAT"),
            Map.entry("FLOAT", "DOUBLE"),
            Map.entry("DOUBLE", "DOUBLE"),
            Map.entry("DOUBLE PRECISION", "DOUBLE"),
            Map.entry("TIMESTAMP", "TIMESTAMP"));

    private static final java.util.regex.Pattern CAST_TYPE =
            java.util.regex.Pattern.compile("([A-Z]+(?: +[A-Z]+)?)(?: *\\( *([0-9]{1,6}) *\\))?");

    private final Scope scope;
    private final SelectWriter selects;
    private final Geometry geometry;

    /**
     * @param selects for queries inside of expressions
     */
    ExpressionWriter(Scope scope, SelectWriter selects) {
        this.scope = scope;
        this.selects = selects;
        this.geometry = new Geometry(scope, this::write);
    }

    Geometry geometry() {
        return geometry;
    }

    String write(Expression e) {
        if (e instanceof Column column) {
            SyntaxTree.only(
                    column,
                    "getTable",
                    "getTableName",
                    "getUnquotedTableName",
                    "getSchemaName",
                    "getUnquotedSchemaName",
                    "getColumnName",
                    "getUnquotedColumnName",
                    "getTableDelimiter",
                    "getFullyQualifiedName",
                    "getUnquotedName");
            return scope.find(column).sql();
        } else if (e instanceof LongValue number) {
            return whole(number);
        } else if (e instanceof DoubleValue number) {
            return finite(number);
        } else if (e instanceof HexValue hex) {
            return hex(hex);
        } else if (e instanceof StringValue text) {
            SyntaxTree.only(text, "getValue", "getNotExcapedValue");
            return Names.literal(text.getValue().replace("''", "'"));
        } else if (e instanceof NullValue) {
            return "NULL";
        } else if (e instanceof BooleanValue truth) {
            return truth.getValue() ? "TRUE" : "FALSE";
        } else if (e instanceof SignedExpression signed && (signed.getSign() == '-' || signed.getSign() == '+')) {
            return "(" + signed.getSign() + " " + write(signed.getExpression()) + ")";
        } else if (e instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            return "(" + write(list.get(0)) + ")";
        } else if (e instanceof Function function) {
            return function(function);
        } else if (e instanceof CastExpression cast) {
            return cast(cast);
        } else if (e instanceof CaseExpression choice) {
            return choice(choice);
        } else if (e instanceof ParenthesedSelect select) {
            SyntaxTree.only(select, "getSelect", "getValues", "getPlainSelect", "getSetOperationList", "getSelectBody");
            return "(" + selects.write(select.getSelect(), scope).sql() + ")";
        }
        return condition(e);
    }

    private String condition(Expression written) {
        Expression e = Conditions.parenthesised(written);
        if (e instanceof NotExpression not) {
            SyntaxTree.only(not, "getExpression");
            return "(NOT " + write(not.getExpression()) + ")";
        } else if (e instanceof IsNullExpression isNull) {
            SyntaxTree.only(isNull, "getLeftExpression", "isNot");
            return "(" + write(isNull.getLeftExpression()) + " IS " + (isNull.isNot() ? "NOT " : "") + "NULL)";
        } else if (e instanceof Between between) {
            SyntaxTree.only(
                    between, "getLeftExpression", "getBetweenExpressionStart", "getBetweenExpressionEnd", "isNot");
            return "(" + write(between.getLeftExpression()) + (between.isNot() ? " NOT" : "") + " BETWEEN "
                    + write(between.getBetweenExpressionStart()) + " AND " + write(between.getBetweenExpressionEnd())
                    + ")";
        } else if (e instanceof InExpression in) {
            return in(in);
        } else if (e instanceof ExistsExpression exists && exists.getRightExpression() instanceof ParenthesedSelect) {
            SyntaxTree.only(exists, "getRightExpression", "isNot");
            return "(" + (exists.isNot() ? "NOT " : "") + "EXISTS " + write(exists.getRightExpression()) + ")";
        } else if (e instanceof LikeExpression like) {
            return like(like);
        } else if (e instanceof ComparisonOperator comparison) {
            return comparison(comparison);
        } else if (e instanceof BinaryExpression two && SIGNS.containsKey(two.getClass())) {
            SyntaxTree.only(two, "getLeftExpression", "getRightExpression");
            return "(" + write(two.getLeftExpression()) + " " + SIGNS.get(two.getClass()) + " "
                    + write(two.getRightExpression()) + ")";
        }
        throw new QueryRejectedException(
                "'" + SyntaxTree.shortened(e.toString()) + "' is not a part of ADQL that is known here");
    }

    private static String whole(LongValue number) {
        try {
            return Long.toString(number.getValue());
        } catch (NumberFormatException e) {
            throw new QueryRejectedException(number + " has too many digits", e);
        }
    }

    private static String finite(DoubleValue number) {
        if (!Double.isFinite(number.getValue())) {
            throw new QueryRejectedException(number + " is too large");
        }
        return Shape.number(number.getValue());
    }

    private static String hex(HexValue hex) {
        String text = hex.getValue();
        if (!text.matches("0[xX][0-9a-fA-F]{1,15}")) {
            throw new QueryRejectedException("'" + SyntaxTree.shortened(text) + "' is not a number");
        }
        return Long.toString(Long.parseLong(text.substring(2), 16));
    }

    private String comparison(ComparisonOperator comparison) {
        SyntaxTree.only(comparison, "getLeftExpression", "getRightExpression");
        if (!COMPARISONS.contains(comparison.getStringExpression())) {
            throw new QueryRejectedException("there is no comparison " + comparison.getStringExpression());
        }
        Expression a = comparison.getLeftExpression();
        Expression b = comparison.getRightExpression();
        boolean equal = comparison.getStringExpression().equals("=");
        // the condition itself, which the engine can use to read less
        if (equal && Geometry.isPredicate(a) && isOne(b)) {
            return geometry.predicate((Function) a);
        }
        if (equal && Geometry.isPredicate(b) && isOne(a)) {
            return geometry.predicate((Function) b);
        }
        return "(" + write(a) + " " + comparison.getStringExpression() + " " + write(b) + ")";
    }

    static boolean isOne(Expression e) {
        return e instanceof LongValue number && number.getStringValue().equals("1");
    }

    private String like(LikeExpression like) {
        SyntaxTree.only(
                like, "getLeftExpression", "getRightExpression", "isNot", "getLikeKeyWord", "isCaseInsensitive");
        String word = like.getLikeKeyWord().name();
        if (!word.equals("LIKE") && !word.equals("ILIKE")) {
            throw new QueryRejectedException("there is no comparison " + word);
        }
        return "(" + write(like.getLeftExpression()) + (like.isNot() ? " NOT " : " ") + word + " "
                + write(like.getRightExpression()) + ")";
    }

    private String in(InExpression in) {
        SyntaxTree.only(in, "getLeftExpression", "getRightExpression", "isNot");
        String right;
        if (in.getRightExpression() instanceof ParenthesedSelect select) {
            right = write(select);
        } else if (in.getRightExpression() instanceof ParenthesedExpressionList<?> list && !list.isEmpty()) {
            right = list.stream().map(this::write).collect(Collectors.joining(", ", "(", ")"));
        } else {
            throw new QueryRejectedException(
                    "after IN comes a list in parentheses: '" + SyntaxTree.shortened(in.toString()) + "'");
        }
        return "(" + write(in.getLeftExpression()) + (in.isNot() ? " NOT" : "") + " IN " + right + ")";
    }

    private String function(Function function) {
        if (function.getName() == null) {
            throw new QueryRejectedException("'" + SyntaxTree.shortened(function.toString()) + "' is not a function");
        }
        SyntaxTree.only(function, "getName", "getMultipartName", "getParameters", "isDistinct", "isAllColumns");
        List<Expression> arguments = Geometry.arguments(function);
        boolean aggregate = Functions.isAggregate(function.getName());
        if (function.isDistinct() && !aggregate) {
            throw new QueryRejectedException("DISTINCT belongs to an aggregate, not to " + function.getName());
        }
        String geometric = geometry.call(function);
        if (geometric != null) {
            return geometric;
        }
        if (arguments.size() == 1
                && arguments.get(0) instanceof AllColumns all
                && !(all instanceof AllTableColumns)
                && function.getName().equalsIgnoreCase("count")) {
            SyntaxTree.only(all);
            return "count(*)";
        }
        List<String> written = arguments.stream().map(this::write).toList();
        if (function.getName().equalsIgnoreCase("rand") && written.size() == 1) {
            return Functions.seeded(scope.rowHash(), written.get(0));
        }
        String call = Functions.call(function.getName(), written);
        return function.isDistinct() ? call.replaceFirst("\\(", "(DISTINCT ") : call;
    }

    private String cast(CastExpression cast) {
        SyntaxTree.only(
                cast,
                "getColDataType",
                "getLeftExpression",
                "isUseCastKeyword",
                "isTime",
                "isTimeStamp",
                "isDate",
                "isBLOB",
                "isFloat",
                "isInteger",
                "isDecimal",
                "isText");
        java.util.regex.Matcher words =
                CAST_TYPE.matcher(cast.getColDataType().toString().strip().toUpperCase(Locale.ROOT));
        String type = words.matches() ? CASTS.get(words.group(1).replaceAll("\\s+", " ")) : null;
        String length = type == null ? null : words.group(2);
        if (type == null || !"CAST".equalsIgnoreCase(cast.keyword) || (length != null && !type.equals("VARCHAR"))) {
            throw new QueryRejectedException(
                    "a CAST is to one of " + String.join(", ", new java.util.TreeSet<>(CASTS.keySet())));
        }
        String inner = "CAST(" + write(cast.getLeftExpression()) + " AS " + type + ")";
        return length == null ? inner : "left(" + inner + ", " + length + ")";
    }

    private String choice(CaseExpression choice) {
        SyntaxTree.only(choice, "getSwitchExpression", "getElseExpression", "getWhenClauses", "isUsingBrackets");
        StringBuilder sql = new StringBuilder("(CASE");
        if (choice.getSwitchExpression() != null) {
            sql.append(' ').append(write(choice.getSwitchExpression()));
        }
        for (WhenClause when : choice.getWhenClauses()) {
            sql.append(" WHEN ")
                    .append(write(when.getWhenExpression()))
                    .append(" THEN ")
                    .append(write(when.getThenExpression()));
        }
        if (choice.getElseExpression() != null) {
            sql.append(" ELSE ").append(write(choice.getElseExpression()));
        }
        return sql.append(" END)").toString();
    }
}
