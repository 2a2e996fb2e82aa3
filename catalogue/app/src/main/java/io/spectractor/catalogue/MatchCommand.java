package io.spectractor.catalogue;

import io.spectractor.hats.CatalogueException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "match",
        mixinStandardHelpOptions = true,
        description = "For each row of a table the nearest rows of another, with their distance in _dist_arcsec.")
final class MatchCommand implements Callable<Integer> {
    private static final double MOST_ARCSEC = 90 * 3600;

    @Mixin
    private NamedTable table = new NamedTable();

    @Parameters(index = "1", paramLabel = "OTHER")
    private String other = "";

    @Option(names = "--radius", required = true, paramLabel = "ARCSEC", description = "How far a neighbour may be.")
    private double radius;

    @Option(
            names = "--nearest",
            paramLabel = "K",
            defaultValue = "1",
            description = "At most so many (${DEFAULT-VALUE}).")
    private int nearest = 1;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(
            names = "--save",
            paramLabel = "NEW",
            description = "Keep the pairs as a table; without it they are counted.")
    private @Nullable String save;

    @Override
    public Integer call() {
        if (nearest < 1) {
            throw new CatalogueException("--nearest " + nearest + ": ask for one neighbour or more");
        }
        if (!(radius >= 0 && radius <= MOST_ARCSEC)) {
            throw new CatalogueException("--radius " + radius + ": it is in arcseconds, 0 to 324000 (90 degrees)");
        }
        CatalogueFolder catalogue = table.catalogue();
        String name = table.name();
        var out = table.out();
        Path left = catalogue.table(name).folder();
        Path right = catalogue.table(other).folder();
        double degrees = radius / 3600;
        String suffix = "_" + other;
        PartitionRun run = new PartitionRun(engine.make(), out::println);
        if (save == null) {
            MatchWork work = new MatchWork(left, right, degrees, nearest, suffix, null);
            out.println(run.count(work) + " pairs; --save NAME keeps them");
            return 0;
        }
        String kept = save;
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put(
                "spectractor_made_by",
                "catalogue match " + name + " " + other + " --radius " + radius + " --nearest " + nearest);
        provenance.put("spectractor_parents", name + " " + other);
        catalogue.put(kept, false, fresh -> {
            MatchWork work = new MatchWork(left, right, degrees, nearest, suffix, fresh);
            out.println(run.write(work, kept, provenance) + " pairs");
        });
        out.println("saved as " + kept);
        return 0;
    }
}
