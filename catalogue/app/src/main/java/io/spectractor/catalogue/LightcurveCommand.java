package io.spectractor.catalogue;

import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.catalogue.spectra.StarNames;
import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.Partition;
import io.spectractor.hats.Table;
import io.spectractor.sky.Cone;
import io.spectractor.sky.PixelCoverage;
import io.spectractor.sky.Sphere;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "lightcurve",
        mixinStandardHelpOptions = true,
        description = "The light curve of a star: of the spectra, or of any table with a struct of lists.")
final class LightcurveCommand implements Callable<Integer> {
    private static final int COVER_ORDER = 14;
    /** Names that a message lists at most. */
    private static final int SHOWN = 40;

    private static final double ARCSEC = 1.0 / 3600;

    @Mixin
    private FolderOption folder = new FolderOption();

    @Parameters(index = "0", paramLabel = "STAR|RA,DEC", description = "A name, or a position in degrees: 193.3,-18.5")
    private String star = "";

    @Option(names = "--table", defaultValue = AddCommand.OBJECTS, description = "Which table (${DEFAULT-VALUE}).")
    private String name = AddCommand.OBJECTS;

    @Option(
            names = "--radius",
            defaultValue = "5",
            paramLabel = "ARCSEC",
            description = "How far from the position the star may be (${DEFAULT-VALUE}).")
    private double radius = 5;

    @Option(
            names = "--bands",
            split = ",",
            description = "Bands wanted, with commas between, e.g. g,r,i; all if not given.")
    private List<String> bands = List.of();

    @Option(names = "--below", description = "Below the atmosphere instead of above it.")
    private boolean below;

    @Mixin
    private SeriesOptions series = new SeriesOptions();

    @Option(names = "--plot", paramLabel = "PNG", description = "Draw it.")
    private @Nullable Path plot;

    @Option(names = "--to", paramLabel = "FILE", description = "Write it to a file: .csv, .fits, .vot or .parquet.")
    private @Nullable Path to;

    @Spec
    @SuppressWarnings("NullAway")
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (to != null) {
            TableFiles.format(to);
        }
        HatsCatalogue table = folder.open().table(name);
        Table row = find(table);
        Table points = chosen(row.series(0, series.struct()));
        var out = spec.commandLine().getOut();
        if (to != null) {
            TableFiles.write(points, to);
            out.println(points.rows() + " points to " + to);
        }
        if (plot != null) {
            series.draw(points, bands, below, title(row), plot);
            out.println("drawn in " + plot);
        }
        if (to == null && plot == null) {
            TableFiles.print(points, 20, out);
            out.println(points.rows() + " points"
                    + (points.rows() > 20 ? ", the first 20 shown; --to FILE writes all, --plot PNG draws them" : ""));
        }
        return 0;
    }

    private static String title(Table row) {
        return row.names().contains("name") ? String.valueOf(row.value(0, "name")) : "light curve";
    }

    /** A row of a partition. */
    private record Place(Partition partition, int row) {}

    /** The row with the name as it was typed, or else the first whose name is another spelling of it. */
    private Table find(HatsCatalogue table) {
        String[] words = star.split(",", -1);
        if (words.length == 2) {
            try {
                return nearest(table, Double.parseDouble(words[0]), Double.parseDouble(words[1]));
            } catch (NumberFormatException e) {
                throw new CatalogueException(
                        "'" + star + "' is neither a name nor a position in degrees such as 193.3,-18.5", e);
            }
        }
        if (!table.schema().containsField("name")) {
            throw new CatalogueException("table " + name + " has no column name; give a position RA,DEC in degrees");
        }
        StarNames stars = new StarNames(EmbeddedCalibration.load(), Map.of());
        String wanted = stars.one(star);
        Set<String> others = new TreeSet<>();
        Place same = null;
        for (var partition : table.partitions()) {
            Table names = table.read(partition, List.of("name"), null);
            for (int i = 0; i < names.rows(); i++) {
                if (!(names.value(i, "name") instanceof String there)) {
                    continue;
                }
                if (there.equals(star)) {
                    return table.read(partition, null, null).rows(new int[] {i});
                }
                if (same == null && stars.one(there).equals(wanted)) {
                    same = new Place(partition, i);
                }
                others.add(there);
            }
        }
        if (same != null) {
            return table.read(same.partition(), null, null).rows(new int[] {same.row()});
        }
        throw new CatalogueException("there is no " + star + " in " + name + "; there are "
                + others.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (others.size() > SHOWN ? ", ..." : ""));
    }

    private Table nearest(HatsCatalogue table, double ra, double dec) {
        Cone cone = new Cone(ra, dec, radius * ARCSEC);
        PixelCoverage coverage = PixelCoverage.of(cone, COVER_ORDER);
        List<Table> parts = table.partitions(coverage).stream()
                .map(partition -> table.read(partition, null, cone, coverage))
                .filter(part -> part.rows() > 0)
                .toList();
        if (parts.isEmpty()) {
            throw new CatalogueException("table " + name + " has no star within " + radius + " arcsec of " + ra + ", "
                    + dec + "; --radius looks further");
        }
        Table found = Table.joined(parts);
        double[] ras = found.doubles(table.raColumn());
        double[] decs = found.doubles(table.decColumn());
        int best = IntStream.range(0, found.rows())
                .boxed()
                .min(java.util.Comparator.comparingDouble(i -> Sphere.separation(ra, dec, ras[i], decs[i])))
                .orElseThrow();
        return found.rows(new int[] {best});
    }

    private Table chosen(Table points) {
        if (bands.isEmpty()) {
            return points;
        }
        Table chosen = points.rows(IntStream.range(0, points.rows())
                .filter(i -> bands.contains(series.band(points, i)))
                .toArray());
        if (chosen.rows() == 0) {
            LinkedHashSet<String> there = new LinkedHashSet<>();
            IntStream.range(0, points.rows()).forEach(i -> there.add(series.band(points, i)));
            throw new CatalogueException("there is nothing in " + String.join(", ", bands) + "; there is "
                    + (there.isEmpty() ? "no point at all" : String.join(", ", there)));
        }
        return chosen;
    }
}
