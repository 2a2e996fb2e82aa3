package io.spectractor.serve.data;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of tables and columns in a query. */
public final class Names {
    private static final Pattern REGULAR = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    /** Words of SQL-92 and of ADQL 2.1 that name nothing unless they are in quotes. */
    private static final Set<String> RESERVED = Set.of("""
            absolute action add all allocate alter and any are as asc assertion at authorization avg begin between bit
            bit_length both by cascade cascaded case cast catalog char character character_length char_length check close
            coalesce collate collation column commit connect connection constraint constraints continue convert
            corresponding count create cross current current_date current_time current_timestamp current_user cursor date
            day deallocate decimal declare default deferrable deferred delete desc describe descriptor diagnostics
            disconnect distinct domain double drop else end escape except exception exec execute exists external extract
            false fetch first float for foreign found from full get global go goto grant group having hour identity ilike
            immediate in indicator initially inner input insensitive insert int integer intersect interval into is
            isolation join key language last leading left level like local lower match max min minute module month names
            national natural nchar next no not null nullif numeric octet_length of on only open option or order outer
            output overlaps pad partial position precision prepare preserve primary prior privileges procedure public
            read real references relative restrict revoke right rollback rows schema scroll second section select
            session session_user set size smallint some space sql sqlcode sqlerror sqlstate substring sum system_user
            table temporary then time timestamp timezone_hour timezone_minute to trailing transaction translate
            translation trim true union unique unknown update upper usage user using value values varchar varying view
            when whenever where with work write year zone
            abs acos asin atan atan2 ceiling cos cot degrees exp floor log log10 mod pi power radians rand round sin sqrt
            tan truncate area box centroid circle contains coord1 coord2 coordsys distance intersects point polygon
            region top offset in_unit bigint
            """.strip().split("\\s+"));

    private Names() {}

    /** A name as a query has to spell it: in quotes where it needs them. */
    public static String spelled(String name) {
        return REGULAR.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT))
                ? name
                : quoted(name);
    }

    /** A name in quotes. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text as a literal of SQL. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
