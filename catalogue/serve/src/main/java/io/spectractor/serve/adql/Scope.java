package io.spectractor.serve.adql;

import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.TableSpec;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/** The tables that an expression can name, those of the query around it included. */
final class Scope {
    /** What follows FROM, by the name that the query gives it. */
    record Relation(
            String alias,
            String sql,
            List<Output> columns,
            @Nullable TableSpec table) {
        Relation {
            columns = List.copyOf(columns);
        }
    }

    /** A column that was found. */
    record Found(Relation relation, Output column) {
        String sql() {
            return Names.quoted(relation.alias()) + "." + Names.quoted(column.name());
        }

        @Nullable
        ColumnSpec origin() {
            return column.origin();
        }
    }

    private final @Nullable Scope around;
    private final List<Relation> relations = new ArrayList<>();
    /** Columns that a join has made one of two, by USING or NATURAL. */
    private final List<String> joined = new ArrayList<>();

    Scope(@Nullable Scope around) {
        this.around = around;
    }

    void add(Relation relation) {
        for (Relation other : relations) {
            if (other.alias().equalsIgnoreCase(relation.alias())) {
                throw new QueryRejectedException(
                        "two tables are called " + relation.alias() + " here; give one another name with AS");
            }
        }
        relations.add(relation);
    }

    void join(String column) {
        joined.add(column);
    }

    List<Relation> relations() {
        return relations;
    }

    /** Whether a name is one. */
    static boolean matches(String written, String name) {
        return written.startsWith("\"") ? plain(written).equals(name) : written.equalsIgnoreCase(name);
    }

    /** A name without its quotes. */
    static String plain(String written) {
        return written.startsWith("\"") && written.endsWith("\"") && written.length() > 1
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written;
    }

    /** The relation of a name in this select, or around it. */
    Relation relation(String written) {
        for (Relation relation : relations) {
            if (matches(written, relation.alias())) {
                return relation;
            }
        }
        if (around != null) {
            return around.relation(written);
        }
        throw new QueryRejectedException("no table is called " + written + " here");
    }

    /**
     * The column of a name.
     *
     * @throws QueryRejectedException if there is none, or more than one
     */
    Found find(Column written) {
        String name = written.getColumnName();
        if (written.getTable() != null && written.getTable().getName() != null) {
            Relation relation = relation(written.getTable().getName());
            String schema = written.getTable().getSchemaName();
            if (schema != null
                    && (relation.table() == null
                            || !matches(schema, relation.table().schema()))) {
                throw new QueryRejectedException("no table is called " + written.getTable() + " here");
            }
            List<Found> found = in(relation, name);
            if (found.isEmpty()) {
                throw new QueryRejectedException(
                        relation.alias() + " has no column " + name + "; it has " + names(relation));
            }
            return found.get(0);
        }
        List<Found> found = new ArrayList<>();
        relations.forEach(relation -> found.addAll(in(relation, name)));
        if (found.size() > 1 && joined.stream().noneMatch(column -> matches(name, column))) {
            throw new QueryRejectedException(
                    "column " + name + " is in " + found.get(0).relation().alias() + " and in "
                            + found.get(1).relation().alias() + "; say which");
        }
        if (!found.isEmpty()) {
            return found.get(0);
        }
        if (around != null) {
            return around.find(written);
        }
        throw new QueryRejectedException("there is no column " + name + "; "
                + (relations.isEmpty()
                        ? "no table is asked"
                        : relations.get(0).alias() + " has " + names(relations.get(0))));
    }

    private static List<Found> in(Relation relation, String written) {
        List<Found> found = new ArrayList<>();
        for (Output column : relation.columns()) {
            if (matches(written, column.name())) {
                found.add(new Found(relation, column));
            }
        }
        return found;
    }

    private static String names(Relation relation) {
        return String.join(
                ", ",
                relation.columns().stream()
                        .map(column -> Names.spelled(column.name()))
                        .toList());
    }
}
