package io.spectractor.serve.adql;

import io.spectractor.serve.adql.Scope.Relation;
import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.TableSpec;
import io.spectractor.sky.PixelCoverage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import org.jspecify.annotations.Nullable;

/** What follows FROM, in the engine's SQL. Of tables on the sky only the files are named that a condition leaves. */
final class FromWriter {
    /** Characters of a query in the engine's SQL. */
    private static final int LONGEST = 400_000;

    private final SelectWriter selects;
    private final Scope scope;
    private final ExpressionWriter writer;

    FromWriter(SelectWriter selects, Scope scope, ExpressionWriter writer) {
        this.selects = selects;
        this.scope = scope;
        this.writer = writer;
    }

    String write(PlainSelect select) {
        List<FromItem> items = new ArrayList<>();
        items.add(select.getFromItem());
        List<Join> joins = select.getJoins() == null ? List.of() : select.getJoins();
        joins.forEach(join -> items.add(join.getFromItem()));
        // all columns are known before the first condition is read
        items.forEach(item -> scope.add(relation(item, null)));
        List<@Nullable String> merged = new ArrayList<>();
        for (int i = 0; i < joins.size(); i++) {
            merged.add(merged(joins.get(i), i + 1));
        }
        SkyCondition sky = new SkyCondition(scope, writer.geometry());
        Expression where = select.getWhere() == null ? null : Conditions.parenthesised(select.getWhere());
        List<String> sources = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            PixelCoverage coverage = sky.cover(scope.relations().get(i), where);
            sources.add((coverage == null ? scope.relations().get(i) : relation(items.get(i), coverage)).sql());
        }
        StringBuilder sql = new StringBuilder(sources.get(0));
        for (int i = 0; i < joins.size(); i++) {
            sql.append(join(joins.get(i), sources.get(i + 1), merged.get(i)));
        }
        return sql.toString();
    }

    private String join(Join join, String right, @Nullable String merged) {
        SyntaxTree.only(
                join,
                "isSimple",
                "isInner",
                "isInnerJoin",
                "isOuter",
                "isLeft",
                "isRight",
                "isNatural",
                "isFull",
                "isCross",
                "getRightItem",
                "getFromItem",
                "getOnExpression",
                "getOnExpressions",
                "getUsingColumns");
        if (join.isSimple()) {
            return ", " + right;
        }
        String kind = join.isLeft()
                ? " LEFT JOIN "
                : join.isRight()
                        ? " RIGHT JOIN "
                        : join.isFull() ? " FULL JOIN " : join.isCross() ? " CROSS JOIN " : " JOIN ";
        if (join.isCross()) {
            return kind + right;
        }
        if (merged != null) {
            return kind + right + " ON " + merged;
        }
        if (join.getOnExpressions().size() != 1) {
            throw new QueryRejectedException("a JOIN has one condition: ON ... or USING (...)");
        }
        return kind + right + " ON "
                + writer.write(join.getOnExpressions().iterator().next());
    }

    /** The condition of a join by columns of the same names, which it makes one; null for others. */
    private @Nullable String merged(Join join, int index) {
        if (join.isNatural()) {
            List<String> shared = scope.relations().get(index).columns().stream()
                    .map(Output::name)
                    .filter(name -> scope.relations().subList(0, index).stream()
                            .anyMatch(other -> other.columns().stream()
                                    .anyMatch(column -> column.name().equalsIgnoreCase(name))))
                    .toList();
            return using(join, shared, index);
        }
        if (!join.getUsingColumns().isEmpty()) {
            List<String> names = new ArrayList<>();
            for (Column column : join.getUsingColumns()) {
                names.add(scope.relations().get(index).columns().stream()
                        .map(Output::name)
                        .filter(name -> Scope.matches(column.getColumnName(), name))
                        .findFirst()
                        .orElseThrow(() -> new QueryRejectedException("USING (" + column.getColumnName() + "): "
                                + scope.relations().get(index).alias() + " has no such column")));
            }
            return using(join, names, index);
        }
        return null;
    }

    private String using(Join join, List<String> columns, int index) {
        if (columns.isEmpty()) {
            throw new QueryRejectedException("the tables of a NATURAL JOIN have no column in common");
        }
        Scope.Kept kept = join.isFull()
                ? Scope.Kept.BOTH
                : join.isRight() ? Scope.Kept.RIGHT : join.isLeft() ? Scope.Kept.LEFT : Scope.Kept.NONE;
        return scope.merge(columns, index, kept);
    }

    private Relation relation(FromItem item, @Nullable PixelCoverage coverage) {
        Alias alias = item.getAlias();
        if (alias != null) {
            SyntaxTree.only(alias, "getName", "getUnquotedName", "isUseAs");
        }
        if (item instanceof Table table) {
            return table(table, alias, coverage);
        }
        if (item instanceof ParenthesedSelect select) {
            SyntaxTree.only(
                    select,
                    "getAlias",
                    "getSelect",
                    "getValues",
                    "getPlainSelect",
                    "getSetOperationList",
                    "getSelectBody");
            if (alias == null) {
                throw new QueryRejectedException("a query after FROM needs a name: (SELECT ...) AS name");
            }
            return relation(Scope.plain(alias.getName()), selects.write(select.getSelect(), null));
        }
        throw new QueryRejectedException(
                "'" + SyntaxTree.shortened(item.toString()) + "' cannot follow FROM; joins need no parentheses");
    }

    private static Relation relation(String name, TranslatedQuery query) {
        // a named query stands wherever it is named: one that names another twice, and so on, would have no end
        if (query.sql().length() > LONGEST) {
            throw new QueryRejectedException(
                    "the query is too involved: '" + name + "' contains other named queries too often");
        }
        return new Relation(name, "(" + query.sql() + ") AS " + Names.quoted(name), query.columns(), null);
    }

    private Relation table(Table written, @Nullable Alias alias, @Nullable PixelCoverage coverage) {
        SyntaxTree.only(
                written,
                "getDatabase",
                "getSchemaName",
                "getUnquotedSchemaName",
                "getName",
                "getDBLinkName",
                "getAlias",
                "getFullyQualifiedName",
                "getUnquotedName",
                "getNameParts",
                "getNamePartDelimiters");
        if (written.getNameParts().size() > 2) {
            throw new QueryRejectedException("no table is called " + written.getFullyQualifiedName());
        }
        String schema = written.getSchemaName();
        if (schema == null) {
            TranslatedQuery named = selects.named(written.getName());
            if (named != null) {
                return relation(Scope.plain(alias == null ? written.getName() : alias.getName()), named);
            }
        }
        TableSpec table = found(schema, written.getName());
        String name = alias == null ? table.name() : Scope.plain(alias.getName());
        List<Output> columns = table.columns().stream()
                .map(column -> new Output(column.name(), column))
                .toList();
        String inner = table.columns().stream()
                .map(column -> column.expression() + " AS " + Names.quoted(column.name()))
                .collect(Collectors.joining(", "));
        String sql = "(SELECT " + inner + " FROM " + table.rows().from(coverage) + ") AS " + Names.quoted(name);
        return new Relation(name, sql, columns, table);
    }

    private TableSpec found(@Nullable String schema, String name) {
        List<TableSpec> found = selects.tables().stream()
                .filter(table ->
                        Scope.matches(name, table.name()) && (schema == null || Scope.matches(schema, table.schema())))
                .toList();
        if (found.size() > 1) {
            throw new QueryRejectedException("there are " + found.get(0).fullName() + " and "
                    + found.get(1).fullName() + "; say which");
        }
        if (found.isEmpty()) {
            throw new QueryRejectedException(
                    "there is no table " + (schema == null ? "" : schema + ".") + name + "; there are "
                            + selects.tables().stream().map(TableSpec::fullName).collect(Collectors.joining(", ")));
        }
        return found.get(0);
    }

    /** The column of a table's position that an expression is. */
    static boolean isColumn(Scope scope, Expression e, Relation relation, @Nullable String name) {
        if (!(e instanceof Column column) || name == null) {
            return false;
        }
        Scope.Found found = scope.find(column);
        ColumnSpec origin = found.origin();
        return found.merged() == null
                && found.relation().alias().equals(relation.alias())
                && origin != null
                && origin.name().equals(name);
    }
}
