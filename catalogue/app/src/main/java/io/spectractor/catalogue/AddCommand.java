package io.spectractor.catalogue;

import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.calib.PassBand;
import io.spectractor.calib.PassBands;
import io.spectractor.catalogue.spectra.ObjectsTable;
import io.spectractor.catalogue.spectra.SpectraUpdate;
import io.spectractor.catalogue.spectra.SpectrumFiles;
import io.spectractor.catalogue.spectra.StarNames;
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
        StarNames stars = new StarNames(store, positions == null ? Map.of() : PositionsFile.read(positions));
        List<Path> files = SpectrumFiles.find(words);
        SpectrumFiles.Found found = new SpectrumFiles(store, stars, bands()).read(files);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        found.problems().forEach(problem -> err.println("left out: " + problem));
        catalogue.change((tables, fresh) -> add(tables, fresh, found, out));
        if (!found.problems().isEmpty()) {
            err.println(found.problems().size()
                    + " left out; correct them and add them again: spectra that were added are skipped");
        }
        return found.problems().isEmpty() ? 0 : 1;
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

    private boolean add(
            Map<String, Path> tables, CatalogueFolder.Fresh fresh, SpectrumFiles.Found found, PrintWriter out) {
        HatsCatalogue old = open(tables, SPECTRA);
        SpectraUpdate update = new SpectraUpdate(old, found.rows());
        if (update.isEmpty()) {
            out.println("nothing new: " + update.known() + " spectra exist already");
            return false;
        }
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("spectractor_made_by", "catalogue add");
        Path spectra = fresh.folder(SPECTRA);
        update.write(spectra, provenance);
        provenance.put("spectractor_parents", SPECTRA);
        Path objects = fresh.folder(OBJECTS);
        HatsCatalogue written = HatsCatalogue.open(spectra);
        ObjectsTable.write(
                objects, open(tables, OBJECTS), written, update.stars(), update.pixels(update.stars()), provenance);
        HatsCatalogue stars = HatsCatalogue.open(objects);
        Path margin = fresh.folder(CollectionFile.MARGIN);
        CompanionTables.margin(stars, OBJECTS, CollectionFile.MARGIN_ARCSEC, margin, CollectionFile.MARGIN, Map.of());
        Path index = fresh.folder(CollectionFile.INDEX);
        CompanionTables.index(stars, OBJECTS, "name", index, CollectionFile.INDEX, Map.of());
        tables.put(SPECTRA, spectra);
        tables.put(OBJECTS, objects);
        tables.put(CollectionFile.MARGIN, margin);
        tables.put(CollectionFile.INDEX, index);
        out.println("added " + update.added() + " spectra of " + update.stars().size() + " stars"
                + (update.known() > 0 ? "; " + update.known() + " were there already" : "")
                + (update.superseded() > 0
                        ? "; " + update.superseded() + " do not show, as a later one of the same exposure is there"
                        : ""));
        out.println("spectra: " + written.rows() + ", stars: " + stars.rows());
        return true;
    }

    private static @Nullable HatsCatalogue open(Map<String, Path> tables, String name) {
        Path path = tables.get(name);
        return path == null ? null : HatsCatalogue.open(path);
    }
}
