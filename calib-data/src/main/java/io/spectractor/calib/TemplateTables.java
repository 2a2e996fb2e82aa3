package io.spectractor.calib;

import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.target.SpectralTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The templates of stars: {@code templates.csv} lists them, each a column of a table. Data made before 2026-11 have none.
 */
final class TemplateTables {
    private static final String LIST = "templates.csv";

    private TemplateTables() {}

    /**
     * All templates, in the order of the list.
     *
     * @throws CalibrationException if a table is missing, a name is taken twice, or a flux is below zero
     */
    static List<SpectralTemplate> of(CalibrationContent content) {
        if (!content.names().contains(LIST)) {
            return List.of();
        }
        Table list = content.table(LIST);
        List<SpectralTemplate> templates = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String name = list.required(i, "name");
            if (!names.add(name)) {
                throw list.problem(i, "the name " + name + " is taken");
            }
            Table table = content.table(list.required(i, "table"));
            String column = list.required(i, "flux_column");
            double brightest = 0;
            for (int row = 0; row < table.size(); row++) {
                double flux = table.number(row, column);
                if (!(flux >= 0)) {
                    throw table.problem(row, column + " is " + flux + ", out of range");
                }
                brightest = Math.max(brightest, flux);
            }
            if (brightest == 0) {
                throw list.problem(i, name + " has no light");
            }
            templates.add(new SpectralTemplate(
                    name, list.required(i, "type"), table.curve(column, TabulatedCurve.Outside.HOLD)));
        }
        return List.copyOf(templates);
    }
}
