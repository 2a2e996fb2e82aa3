package io.spectractor.serve.adql;

import io.spectractor.serve.adql.Scope.Relation;
import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.TableSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.GroupByElement;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperation;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.WithItem;
import org.jspecify.annotations.Nullable;

/** Queries in the engine's SQL. Each gives columns of distinct names, so that another around it can name them. */
final class SelectWriter {
    private static final int MOST_COLUMNS = 2000;

    private final List<TableSpec> tables;
    private final Map<String, TranslatedQuery> named = new HashMap<>();

    SelectWriter(List<TableSpec> tables) {
        this.tables = tables;
    }

    List<TableSpec> tables() {
        return tables;
    }

    /** The query that WITH gave a name, null if none has it. */
    @Nullable
    TranslatedQuery named(String written) {
        return named.get(Scope.plain(written).toLowerCase(Locale.ROOT));
    }

    /**
     * @param around the tables of the query that this one is in, null if it is in none
     */
    TranslatedQuery write(Select select, @Nullable Scope around) {
        if (select.getWithItemsList() != null) {
            for (WithItem<?> item : select.getWithItemsList()) {
                SyntaxTree.only(
                        item,
                        "getParenthesedStatement",
                        "getAlias",
                        "getAliasName",
                        "getUnquotedAliasName",
                        "getSelect");
                if (!(item.getParenthesedStatement() instanceof ParenthesedSelect inner) || item.isRecursive()) {
                    throw new QueryRejectedException("WITH takes queries, and none that asks itself");
                }
                named.put(
                        Scope.plain(item.getAlias().getName()).toLowerCase(Locale.ROOT),
                        write(inner.getSelect(), null));
            }
        }
        if (select instanceof PlainSelect plain) {
            return plain(plain, around);
        }
        if (select instanceof SetOperationList list) {
            return set(list, around);
        }
        if (select instanceof ParenthesedSelect inner) {
            SyntaxTree.only(
                    inner,
                    "getSelect",
                    "getPlainSelect",
                    "getValues",
                    "getSetOperationList",
                    "getSelectBody",
                    "getWithItemsList",
                    "getAlias");
            return write(inner.getSelect(), around);
        }
        throw new QueryRejectedException("'" + SyntaxTree.shortened(select.toString()) + "' is not a SELECT of ADQL");
    }

    private TranslatedQuery set(SetOperationList list, @Nullable Scope around) {
        SyntaxTree.only(
                list,
                "getSelects",
                "getOperations",
                "getOrderByElements",
                "getOffset",
                "getWithItemsList",
                "getPlainSelect",
                "getValues",
                "getSetOperationList",
                "getSelectBody");
        StringBuilder sql = new StringBuilder();
        List<Output> columns = new ArrayList<>();
        for (int i = 0; i < list.getSelects().size(); i++) {
            TranslatedQuery one = write(list.getSelects().get(i), around);
            if (i == 0) {
                columns.addAll(one.columns());
            } else {
                SetOperation operation = list.getOperations().get(i - 1);
                String word = operation.toString().toUpperCase(Locale.ROOT).strip();
                if (!Set.of("UNION", "UNION ALL", "EXCEPT", "EXCEPT ALL", "INTERSECT", "INTERSECT ALL")
                        .contains(word)) {
                    throw new QueryRejectedException("there is no " + word);
                }
                if (one.columns().size() != columns.size()) {
                    throw new QueryRejectedException("the queries around " + word + " have " + columns.size() + " and "
                            + one.columns().size() + " columns");
                }
                sql.append(' ').append(word).append(' ');
            }
            sql.append("(SELECT * FROM (").append(one.sql()).append("))");
        }
        StringBuilder order = new StringBuilder();
        order(list.getOrderByElements(), order, e -> orderOfSet(e, columns));
        if (list.getOffset() != null) {
            order.append(" OFFSET ").append(count(list.getOffset().getOffset(), "OFFSET"));
        }
        // what a column of a union is, only the first part knows
        return new TranslatedQuery("SELECT * FROM (" + sql + ")" + order, columns);
    }

    private static String orderOfSet(Expression e, List<Output> columns) {
        if (e instanceof LongValue number) {
            return position(number, columns.size());
        }
        if (e instanceof Column column && column.getTable() == null) {
            for (Output output : columns) {
                if (Scope.matches(column.getColumnName(), output.name())) {
                    return Names.quoted(output.name());
                }
            }
        }
        throw new QueryRejectedException("after a UNION, ORDER BY takes names or numbers of columns");
    }

    private TranslatedQuery plain(PlainSelect select, @Nullable Scope around) {
        SyntaxTree.only(
                select,
                "getFromItem",
                "getSelectItems",
                "getWhere",
                "getJoins",
                "getTop",
                "getDistinct",
                "getHaving",
                "getGroupBy",
                "getOrderByElements",
                "getOffset",
                "getWithItemsList",
                "getPlainSelect",
                "getSelectBody",
                "getValues",
                "getSetOperationList");
        Scope scope = new Scope(around);
        ExpressionWriter writer = new ExpressionWriter(scope, this);
        String from = select.getFromItem() == null ? "" : " FROM " + new FromWriter(this, scope, writer).write(select);
        List<String> items = new ArrayList<>();
        List<Output> columns = items(select, scope, writer, items);
        StringBuilder sql = new StringBuilder("SELECT ");
        if (select.getDistinct() != null) {
            SyntaxTree.only(select.getDistinct());
            sql.append("DISTINCT ");
        }
        sql.append(String.join(", ", items)).append(from);
        if (select.getWhere() != null) {
            sql.append(" WHERE ").append(writer.write(select.getWhere()));
        }
        group(select.getGroupBy(), writer, sql);
        if (select.getHaving() != null) {
            sql.append(" HAVING ").append(writer.write(select.getHaving()));
        }
        order(select.getOrderByElements(), sql, e -> orderOf(e, columns, writer));
        if (select.getTop() != null) {
            SyntaxTree.only(select.getTop(), "getExpression", "hasParenthesis");
            sql.append(" LIMIT ").append(count(select.getTop().getExpression(), "TOP"));
        }
        if (select.getOffset() != null) {
            SyntaxTree.only(select.getOffset(), "getOffset", "getOffsetParam");
            sql.append(" OFFSET ").append(count(select.getOffset().getOffset(), "OFFSET"));
        }
        return new TranslatedQuery(sql.toString(), columns);
    }

    private static long count(@Nullable Expression e, String word) {
        if (e instanceof LongValue number && number.getStringValue().matches("[0-9]{1,18}")) {
            return number.getValue();
        }
        throw new QueryRejectedException("after " + word + " comes a whole number");
    }

    private static List<Output> items(PlainSelect select, Scope scope, ExpressionWriter writer, List<String> items) {
        List<Output> columns = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (SelectItem<?> item : select.getSelectItems()) {
            Expression e = item.getExpression();
            if (e instanceof AllColumns all) {
                SyntaxTree.only(all, "getTable");
                Relation one = all instanceof AllTableColumns of
                        ? scope.relation(of.getTable().getName())
                        : null;
                if (one == null && scope.relations().isEmpty()) {
                    throw new QueryRejectedException("SELECT * needs a table: FROM ...");
                }
                List<Scope.Found> found = one == null
                        ? scope.all()
                        : one.columns().stream()
                                .map(column -> new Scope.Found(one, column))
                                .toList();
                found.forEach(is -> add(
                        columns, items, taken, is.column().name(), is.column().origin(), is.sql()));
                continue;
            }
            SyntaxTree.only(item, "getAlias", "getAliasName", "getUnquotedAliasName", "getExpression");
            ColumnSpec origin = e instanceof Column column ? scope.find(column).origin() : null;
            String name = item.getAlias() != null
                    ? Scope.plain(item.getAlias().getName())
                    : e instanceof Column column
                            ? scope.find(column).column().name()
                            : e instanceof Function function && function.getName() != null
                                    ? function.getName().toLowerCase(Locale.ROOT)
                                    : "col_" + (columns.size() + 1);
            add(columns, items, taken, name, origin, writer.write(e));
        }
        return columns;
    }

    private static void add(
            List<Output> columns,
            List<String> items,
            Set<String> taken,
            String wanted,
            @Nullable ColumnSpec origin,
            String sql) {
        if (columns.size() == MOST_COLUMNS) {
            throw new QueryRejectedException("a query has " + MOST_COLUMNS + " columns at most");
        }
        String name = wanted;
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = wanted + "_" + i;
        }
        columns.add(new Output(name, origin));
        items.add(sql + " AS " + Names.quoted(name));
    }

    private static void group(@Nullable GroupByElement group, ExpressionWriter writer, StringBuilder sql) {
        if (group == null) {
            return;
        }
        SyntaxTree.only(group, "getGroupByExpressionList", "getGroupByExpressions", "isUsingBrackets");
        List<String> parts = new ArrayList<>();
        for (Object e : group.getGroupByExpressionList()) {
            if (e instanceof LongValue) {
                throw new QueryRejectedException("GROUP BY takes columns and expressions, no numbers of columns");
            }
            parts.add(writer.write((Expression) e));
        }
        sql.append(" GROUP BY ").append(String.join(", ", parts));
    }

    private static void order(
            @Nullable List<OrderByElement> elements,
            StringBuilder sql,
            java.util.function.Function<Expression, String> write) {
        if (elements == null || elements.isEmpty()) {
            return;
        }
        List<String> parts = new ArrayList<>();
        for (OrderByElement element : elements) {
            SyntaxTree.only(element, "getExpression", "isAsc", "isAscDescPresent");
            parts.add(write.apply(element.getExpression()) + (element.isAsc() ? " ASC" : " DESC"));
        }
        sql.append(" ORDER BY ").append(String.join(", ", parts));
    }

    private static String orderOf(Expression e, List<Output> columns, ExpressionWriter writer) {
        if (e instanceof LongValue number) {
            return position(number, columns.size());
        }
        if (e instanceof Column column && column.getTable() == null) {
            for (int i = 0; i < columns.size(); i++) {
                if (Scope.matches(column.getColumnName(), columns.get(i).name())) {
                    return Integer.toString(i + 1);
                }
            }
        }
        return writer.write(e);
    }

    private static String position(LongValue number, int columns) {
        long position = count(number, "ORDER BY");
        if (position < 1 || position > columns) {
            throw new QueryRejectedException("ORDER BY " + position + ": there are " + columns + " columns");
        }
        return Long.toString(position);
    }
}
