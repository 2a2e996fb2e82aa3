package io.spectractor.serve.adql;

import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.TableSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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

    /**
     * A column that was found.
     *
     * @param merged its SQL where a join has made it of two, null for that of the relation's column
     */
    record Found(Relation relation, Output column, @Nullable String merged) {
        Found(Relation relation, Output column) {
            this(relation, column, null);
        }

        String sql() {
            return merged != null ? merged : Names.quoted(relation.alias()) + "." + Names.quoted(column.name());
        }

        @Nullable
        ColumnSpec origin() {
            return column.origin();
        }
    }

    private static final int HASHED = 6;
    /** Names of columns that tell rows apart. */
    private static final List<String> KEYS = List.of(
            "science_sha256", "_healpix_29", "id", "name", "exposure", "band", "mjd", "wavelength", "ra", "dec");

    private final @Nullable Scope around;
    private final List<Relation> relations = new ArrayList<>();
    /** Columns that joins have made one of several, by USING or NATURAL, in the order of SELECT *. */
    private final List<Merged> merged = new ArrayList<>();

    /**
     * @param found what it is
     * @param of the relations that have it
     */
    private record Merged(Found found, List<Relation> of) {}

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

    /** Which rows without a partner a join keeps. */
    enum Kept {
        NONE,
        LEFT,
        RIGHT,
        BOTH
    }

    /**
     * Makes columns of a relation one with those of the same names before it, as SQL's USING does: where a side may have no
     * row the value is that of the other.
     *
     * @param names of the columns in the relation
     * @param index of the relation
     * @return the condition of the join
     * @throws QueryRejectedException if the relations before it have none or several of a name
     */
    String merge(List<String> names, int index, Kept kept) {
        Relation right = relations.get(index);
        List<Merged> fresh = new ArrayList<>();
        StringBuilder condition = new StringBuilder();
        for (String name : names) {
            Merged left = before(name, index);
            Found one = left.found();
            Found other = in(right, Names.quoted(name)).get(0);
            condition
                    .append(condition.isEmpty() ? "" : " AND ")
                    .append(one.sql())
                    .append(" = ")
                    .append(other.sql());
            List<Relation> of = new ArrayList<>(left.of());
            of.add(right);
            merged.remove(left);
            fresh.add(new Merged(
                    switch (kept) {
                        case NONE, LEFT -> one;
                        case RIGHT -> other;
                        case BOTH ->
                            new Found(one.relation(), one.column(), "coalesce(" + one.sql() + ", " + other.sql() + ")");
                    },
                    of));
        }
        merged.addAll(0, fresh);
        return condition.toString();
    }

    private Merged before(String name, int index) {
        List<Merged> found = new ArrayList<>();
        for (Merged one : merged) {
            if (one.found().column().name().equalsIgnoreCase(name)) {
                found.add(one);
            }
        }
        for (Relation relation : relations.subList(0, index)) {
            if (found.stream().noneMatch(one -> one.of().contains(relation))) {
                in(relation, name).forEach(one -> found.add(new Merged(one, List.of(relation))));
            }
        }
        if (found.size() != 1) {
            throw new QueryRejectedException(
                    "USING (" + name + "): " + (found.isEmpty() ? "no table" : "more than one table") + " before "
                            + relations.get(index).alias() + " has such a column");
        }
        return found.get(0);
    }

    /**
     * A number of 64 bits that each row has, the same whenever it is asked for and by however many threads: of up to {@value
     * #HASHED} columns of each table here, those first that tell rows apart.
     */
    String rowHash() {
        List<String> columns = new ArrayList<>();
        for (Relation relation : relations) {
            relation.columns().stream()
                    .filter(column ->
                            column.origin() == null || !column.origin().type().isArray())
                    .sorted(Comparator.comparingInt(column -> {
                        int place = KEYS.indexOf(column.name().toLowerCase(Locale.ROOT));
                        return place < 0 ? KEYS.size() : place;
                    }))
                    .limit(HASHED)
                    .forEach(column -> columns.add(new Found(relation, column).sql()));
        }
        return columns.isEmpty() ? "0::UBIGINT" : "hash(" + String.join(", ", columns) + ")";
    }

    /** What SELECT * gives: columns that were joined first, and once. */
    List<Found> all() {
        List<Found> all = new ArrayList<>();
        merged.forEach(one -> all.add(one.found()));
        for (Relation relation : relations) {
            for (Output column : relation.columns()) {
                boolean there = merged.stream()
                        .anyMatch(one -> one.of().contains(relation)
                                && one.found().column().name().equalsIgnoreCase(column.name()));
                if (!there) {
                    all.add(new Found(relation, column));
                }
            }
        }
        return all;
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
        List<Relation> joined = new ArrayList<>();
        for (Merged one : merged) {
            if (matches(name, one.found().column().name())) {
                found.add(one.found());
                joined.addAll(one.of());
            }
        }
        for (Relation relation : relations) {
            if (!joined.contains(relation)) {
                found.addAll(in(relation, name));
            }
        }
        if (found.size() > 1) {
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
