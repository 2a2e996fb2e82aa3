package io.spectractor.serve.vo;

import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.TableSpec;
import java.util.ArrayList;
import java.util.List;

/** Queries that a newcomer can run, as DALI 1.1 wants them. */
public final class Examples {
    /**
     * An example.
     *
     * @param title what it asks
     * @param query ADQL
     */
    public record Example(String title, String query) {}

    private Examples() {}

    /** Examples for the tables that there are. */
    public static List<Example> of(List<TableSpec> tables) {
        List<Example> examples = new ArrayList<>();
        for (TableSpec table : tables) {
            if (ObsCore.isSpectra(table) && table.column("pwv") != null) {
                examples.add(new Example("Water of every night", """
                        SELECT night, COUNT(*) AS n, AVG(pwv) AS mean, MIN(pwv) AS least, MAX(pwv) AS most
                        FROM (SELECT FLOOR(mjd) AS night, pwv FROM catalogue.spectra WHERE pwv > 0) AS nights
                        GROUP BY night
                        ORDER BY night
                        """));
            }
            if (ObsCore.isSpectra(table)) {
                examples.add(new Example("Spectra of a star by its name", """
                        SELECT target, exposure, mjd, airmass
                        FROM catalogue.spectra
                        WHERE target = 'HD111980'
                        ORDER BY mjd
                        """));
            }
            if (table.name().equals("objects_lc") && table.column("mag") != null && table.column("name") != null) {
                examples.add(new Example("Mean light of every star in r", """
                        SELECT name, COUNT(*) AS n, AVG(mag) AS mean, MIN(mag) AS brightest
                        FROM catalogue.objects_lc
                        WHERE band = 'r' AND mag IS NOT NULL
                        GROUP BY name
                        ORDER BY mean
                        """));
            }
            if (table.schema().equals("catalogue")
                    && table.sky() != null
                    && !table.name().contains("_")) {
                String ra = Names.spelled(table.sky().ra());
                String dec = Names.spelled(table.sky().dec());
                examples.add(new Example(
                        "A cone on " + table.name(),
                        "SELECT TOP 100 *\nFROM " + table.fullName() + "\nWHERE 1 = CONTAINS(POINT('ICRS', " + ra + ", "
                                + dec + "), CIRCLE('ICRS', 193.3, -18.5, 1))"));
            }
        }
        examples.add(new Example(
                "All columns that there are",
                "SELECT table_name, column_name, unit, description\nFROM TAP_SCHEMA.columns"));
        return examples;
    }

    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
            <head><title>Examples</title><meta name="viewport" content="width=device-width, initial-scale=1"/><link rel="stylesheet" href="../style.css"/></head>
            <body vocab="http://www.ivoa.net/rdf/examples#">
            <h1>Examples</h1>
            """;

    static String page(String url, List<TableSpec> tables) {
        StringBuilder out = new StringBuilder(HEAD);
        List<Example> examples = of(tables);
        for (int i = 0; i < examples.size(); i++) {
            Example example = examples.get(i);
            out.append("<div id=\"example")
                    .append(i + 1)
                    .append("\" resource=\"#example")
                    .append(i + 1)
                    .append("\" typeof=\"example\">\n<h2 property=\"name\">")
                    .append(Xml.escaped(example.title()))
                    .append("</h2>\n<p>Ask <code property=\"capability\">ivo://ivoa.net/std/TAP</code> at ")
                    .append(Xml.escaped(url))
                    .append(":</p>\n<pre property=\"query\">")
                    .append(Xml.escaped(example.query()))
                    .append("</pre>\n</div>\n");
        }
        return out.append("</body>\n</html>\n").toString();
    }
}
