package io.spectractor.catalogue;

import io.spectractor.hats.CatalogueException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Import a Parquet table with positions as a HATS catalogue. All columns are kept, nested ones too.")
final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Folder of catalogues.")
    private Path folder = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "FILE",
            required = true,
            arity = "1..*",
            description = "Parquet files of the same columns.")
    private List<Path> files = List.of();

    @Option(
            names = "--ra",
            defaultValue = "ra",
            description = "Column of right ascensions, degrees ICRS (${DEFAULT-VALUE}).")
    private String ra = "ra";

    @Option(names = "--dec", defaultValue = "dec", description = "Column of declinations, degrees (${DEFAULT-VALUE}).")
    private String dec = "dec";

    @Option(names = "--name", required = true, description = "Name of the table in the catalogue.")
    private String name = "";

    @Option(
            names = "--type",
            defaultValue = "object",
            description = "object (a row for each star) or source (for each detection) (${DEFAULT-VALUE}).")
    private String type = "object";

    @Option(
            names = "--rows-per-pixel",
            paramLabel = "N",
            description =
                    "A pixel of the sky with more rows is divided (1000000, fewer if they take more than 256 MB).")
    private @Nullable Long rowsOfPartition;

    @Option(names = "--degrees", description = "Small positions are degrees, although they look like radians.")
    private boolean degrees;

    @Spec
    @SuppressWarnings("NullAway")
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!type.equals("object") && !type.equals("source")) {
            throw new CatalogueException("--type " + type + ": it is object or source");
        }
        CatalogueFolder catalogue = CatalogueFolder.open(folder);
        Importer importer = new Importer(
                files, ra, dec, rowsOfPartition, Runtime.getRuntime().maxMemory());
        if (degrees) {
            importer.trustDegrees();
        }
        importer.count();
        var out = spec.commandLine().getOut();
        if (importer.mayBeRadians()) {
            out.println(
                    "note: the " + importer.rows() + " positions are so small that they may be radians; they are taken"
                            + " as degrees. --degrees leaves this note out");
        }
        out.printf(
                "%d rows go to %d pixels; up to %d MB of rows are held at a time%n",
                importer.rows(), importer.partitions().size(), (importer.memory() >> 20) + 1);
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("spectractor_made_by", "catalogue import --ra " + ra + " --dec " + dec);
        provenance.put(
                "spectractor_parents",
                String.join(" ", files.stream().map(Path::toString).toList()));
        catalogue.put(name, false, fresh -> importer.write(fresh, name, type, provenance));
        out.println("imported as " + name);
        return 0;
    }
}
