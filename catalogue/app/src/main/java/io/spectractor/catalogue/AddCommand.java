package io.spectractor.catalogue;

import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.calib.PassBand;
import io.spectractor.calib.PassBands;
import io.spectractor.catalogue.spectra.ObjectsTable;
import io.spectractor.catalogue.spectra.SpectrumFiles;
import io.spectractor.catalogue.spectra.StarNames;
import io.spectractor.catalogue.spectra.StarNames.Position;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.hats.CompanionTables;
import io.spectractor.hats.HatsCatalogue;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = {
            "Add spectra: products (*_spectrum.fits) and nightly files (*.h5), or folders of them.",
            "They go to the table spectra, a row each; the table objects has a row for each star with its light in"
                    + " bands against time. What exists already is passed over. Of two spectra of one exposure the one"
                    + " that was written later shows. Exit code 1 if a file could not be taken; the others are added."
        })
final class AddCommand implements Callable<Integer> {
    static final String SPECTRA = "spectra";
    static final String OBJECTS = "objects";

    @Parameters(index = "0", paramLabel = "DIR", description = "Folder of catalogues.")
    private Path folder = Path.of("");

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "Spectra, or folders of them.")
    private List<Path> words = List.of();

    @Option(
            names = "--positions",
            paramLabel = "FILE",
            description = "Table of positions (name,ra,dec in degrees ICRS; epoch if you like), which come before all"
                    + " others.")
    private @Nullable Path positions;

    @Option(
            names = "--bands",
            paramLabel = "FILE",
            description = "Table of bands (band,lambda_nm,above and perhaps below) besides those of Rubin and Gaia.")
    private @Nullable Path ownBands;

    @Spec
    @SuppressWarnings("NullAway")
    private CommandSpec spec;

    @Override
    public Integer call() {
        CatalogueFolder catalogue = CatalogueFolder.open(folder);
        CalibrationStore store = EmbeddedCalibration.load();
        Map<String, Position> given = positions == null ? Map.of() : PositionsFile.read(positions);
        StarNames stars = new StarNames(store, given);
        List<Path> files = SpectrumFiles.find(words);
        SpectrumFiles reader = new SpectrumFiles(store, stars, bands());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        FileBatches batches = FileBatches.of(files, Runtime.getRuntime().maxMemory());
        if (PositionsFile.mayBeRadians(given)) {
            out.println("note: the positions of " + positions
                    + " are so small that they may be radians; they are taken as" + " degrees");
        }
        out.println(batches.line());
        int[] problems = new int[1];
        catalogue.change((tables, fresh) -> {
            Additions additions = new Additions(open(tables, SPECTRA), fresh);
            for (List<Path> batch : batches.batches()) {
                SpectrumFiles.Found found = reader.read(batch);
                found.problems().forEach(problem -> err.println("left out: " + problem));
                problems[0] += found.problems().size();
                additions.add(found.rows());
            }
            return finish(additions, tables, fresh, out);
        });
        if (problems[0] > 0) {
            err.println(
                    problems[0] + " left out; correct them and add them again: spectra that were added are skipped");
        }
        return problems[0] == 0 ? 0 : 1;
    }

    private List<PassBand> bands() {
        List<PassBand> bands = new ArrayList<>(PassBands.embedded());
        if (ownBands != null) {
            List<PassBand> own = PassBands.read(ownBands);
            Set<String> names = own.stream().map(PassBand::name).collect(Collectors.toSet());
            bands.removeIf(band -> names.contains(band.name()));
            bands.addAll(own);
        }
        return bands;
    }

    private static boolean finish(
            Additions additions, Map<String, Path> tables, CatalogueFolder.Fresh fresh, PrintWriter out) {
        HatsCatalogue written = additions.table();
        if (!additions.isChanged() || written == null) {
            out.println("nothing new: " + additions.known() + " spectra exist already");
            return false;
        }
        Map<String, String> provenance = new LinkedHashMap<>(Additions.PROVENANCE);
        provenance.put("spectractor_parents", SPECTRA);
        Path objects = fresh.folder(OBJECTS);
        ObjectsTable.write(
                objects, open(tables, OBJECTS), written, additions.stars(), additions.pixelGroups(), provenance);
        HatsCatalogue stars = HatsCatalogue.open(objects);
        Path margin = fresh.folder(CollectionFile.MARGIN);
        CompanionTables.margin(stars, OBJECTS, CollectionFile.MARGIN_ARCSEC, margin, CollectionFile.MARGIN, Map.of());
        Path index = fresh.folder(CollectionFile.INDEX);
        CompanionTables.index(stars, OBJECTS, "name", index, CollectionFile.INDEX, Map.of());
        tables.put(SPECTRA, written.folder());
        tables.put(OBJECTS, objects);
        tables.put(CollectionFile.MARGIN, margin);
        tables.put(CollectionFile.INDEX, index);
        out.println("added " + additions.added() + " spectra of "
                + additions.stars().size() + " stars"
                + (additions.known() > 0 ? "; " + additions.known() + " were there already" : "")
                + (additions.superseded() > 0
                        ? "; " + additions.superseded() + " do not show, as a later one of the same exposure is there"
                        : ""));
        out.println("spectra: " + written.rows() + ", stars: " + stars.rows());
        return true;
    }

    private static @Nullable HatsCatalogue open(Map<String, Path> tables, String name) {
        Path path = tables.get(name);
        return path == null ? null : HatsCatalogue.open(path);
    }
}
