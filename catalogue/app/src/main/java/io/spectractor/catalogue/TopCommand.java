package io.spectractor.catalogue;

import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.Partition;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = "The rows with the largest values of a column, and a picture of each one's light curve.")
final class TopCommand implements Callable<Integer> {
    @Mixin
    private FolderOption folder = new FolderOption();

    @Mixin
    private SeriesOptions series = new SeriesOptions();

    @Parameters(index = "0", paramLabel = "NAME")
    private String name = "";

    @Option(names = "--by", required = true, paramLabel = "COLUMN", description = "A column of numbers.")
    private String by = "";

    @Option(names = "-n", defaultValue = "5", paramLabel = "COUNT", description = "How many (${DEFAULT-VALUE}).")
    private int count = 5;

    @Option(names = "--plot", paramLabel = "DIR", description = "Draw the light curves into a folder.")
    private @Nullable Path plot;

    @Spec
    @SuppressWarnings("NullAway")
    private CommandSpec spec;

    private record Place(Partition partition, int row, double value) {}

    @Override
    public Integer call() {
        if (count < 1) {
            throw new CatalogueException("-n " + count + ": ask for one row or more");
        }
        HatsCatalogue table = folder.open().table(name);
        List<Place> best = new ArrayList<>();
        for (Partition partition : table.partitions()) {
            double[] values = table.read(partition, List.of(by), null).doubles(by);
            for (int i = 0; i < values.length; i++) {
                if (!Double.isNaN(values[i])) {
                    best.add(new Place(partition, i, values[i]));
                }
            }
            best.sort(Comparator.comparingDouble(Place::value).reversed());
            best = new ArrayList<>(best.subList(0, Math.min(count, best.size())));
        }
        var out = spec.commandLine().getOut();
        if (best.isEmpty()) {
            out.println("no row has a value of " + by);
            return 0;
        }
        List<Table> rows = best.stream()
                .map(place -> table.read(place.partition(), null, null).rows(new int[] {place.row()}))
                .toList();
        Table all = Table.joined(rows);
        List<String> flat = all.schema().getFields().stream()
                .filter(Type::isPrimitive)
                .map(Type::getName)
                .filter(column -> !column.startsWith("_"))
                .toList();
        Table rank = new TableBuilder()
                .add("rank", IntStream.rangeClosed(1, rows.size()).toArray())
                .build();
        TableFiles.print(rank.beside(all.columns(flat)), count, out);
        if (plot != null) {
            draw(table, rows, plot);
            out.println(rows.size() + " pictures in " + plot);
        }
        return 0;
    }

    private void draw(HatsCatalogue table, List<Table> rows, Path pictures) {
        try {
            Files.createDirectories(pictures);
            for (int i = 0; i < rows.size(); i++) {
                Table row = rows.get(i);
                String star = row.names().contains("name")
                        ? String.valueOf(row.value(0, "name"))
                        : String.format(
                                java.util.Locale.ROOT,
                                "%.5f %+.5f",
                                row.doubles(table.raColumn())[0],
                                row.doubles(table.decColumn())[0]);
                String title = String.format(java.util.Locale.ROOT, "%s, %s %.4g", star, by, row.doubles(by)[0]);
                String file = String.format(
                        java.util.Locale.ROOT, "%02d_%s.png", i + 1, star.replaceAll("[^A-Za-z0-9.+-]+", "_"));
                series.draw(row.series(0, series.struct()), List.of(), false, title, pictures.resolve(file));
            }
        } catch (IOException e) {
            throw new CatalogueException(pictures + " cannot be made: " + e.getMessage(), e);
        }
    }
}
