package io.spectractor.catalogue;

import io.spectractor.hats.HatsCatalogue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What functions over light curves share: of which table, and where the results go. */
final class SeriesTarget {
    @Mixin
    private FolderOption folder = new FolderOption();

    @Mixin
    private SeriesOptions series = new SeriesOptions();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "Table with light curves.")
    private String name = "";

    @Option(
            names = "--save",
            paramLabel = "NEW",
            description = "Keep the rows with the results as a table; without it they are counted.")
    private @Nullable String save;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway")
    private CommandSpec spec;

    int run(FunctionSource function, @Nullable String keep, String words) {
        CatalogueFolder catalogue = folder.open();
        HatsCatalogue table = catalogue.table(name);
        var out = spec.commandLine().getOut();
        PartitionRun run = new PartitionRun(engine.make(), out::println);
        if (save == null) {
            out.println(run.count(new SeriesWork(table.folder(), function, series, keep, null)) + " of " + table.rows()
                    + " rows; --save NAME keeps them");
            return 0;
        }
        String kept = save;
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("spectractor_made_by", "catalogue " + words);
        provenance.put("spectractor_parents", name);
        catalogue.put(kept, false, fresh -> {
            SeriesWork work = new SeriesWork(table.folder(), function, series, keep, fresh);
            out.println(run.write(work, kept, provenance) + " of " + table.rows() + " rows saved as " + kept);
        });
        return 0;
    }

    static String words(Map<String, String> parameters) {
        StringBuilder words = new StringBuilder();
        new java.util.TreeMap<>(parameters)
                .forEach((key, value) ->
                        words.append(" --set ").append(key).append('=').append(value));
        return words.toString();
    }
}
