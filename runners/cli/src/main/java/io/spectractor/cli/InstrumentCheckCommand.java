package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.UsageException;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.instrument.Label;
import io.spectractor.core.instrument.Quantity;
import io.spectractor.core.observation.FitsSource;
import io.spectractor.core.observation.FrameInspection;
import io.spectractor.core.observation.HeaderReading;
import io.spectractor.core.observation.HeaderValue;
import io.spectractor.core.outcome.ExtractionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what the headers of files say, and how that was found. */
@Command(
        name = "check",
        description = "Read headers and show how each quantity was found, from which card, in which unit, and what is"
                + " missing. FILE is a FITS file, or a header as YAML or JSON.",
        footer = {
            "",
            "Examples:",
            "  spectractor instrument check star.fits",
            "  spectractor instrument check star.fits --instrument mycam.yaml"
        })
final class InstrumentCheckCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--instrument",
            paramLabel = "NAME|FILE",
            description = "The instrument; by default the headers decide.")
    private @Nullable String requested;

    InstrumentCheckCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        int bad = 0;
        for (Path file : files) {
            bad += check(file) ? 0 : 1;
        }
        ExitCode code = bad == 0 ? ExitCode.ALL_DONE : bad == files.size() ? ExitCode.ALL_FAILED : ExitCode.SOME_FAILED;
        return code.code();
    }

    private boolean check(Path file) {
        Path path = services.workingFolder().resolve(file);
        HeaderCards header;
        try {
            header = HeaderCards.read(path);
        } catch (UsageException e) {
            services.out().println(e.getMessage());
            return false;
        }
        List<Instrument> known = requested == null
                ? Instruments.recognising(header.cards())
                : List.of(InstrumentChoice.named(requested, services.workingFolder()));
        if (known.size() != 1) {
            services.out()
                    .println(file
                            + (known.isEmpty()
                                    ? ": no instrument knows this header (INSTRUME = "
                                            + header.cards().apply("INSTRUME") + ", TELESCOP = "
                                            + header.cards().apply("TELESCOP")
                                            + "); name it with --instrument, 'instrument new --from " + file
                                            + "' describes a new one"
                                    : ": fits "
                                            + String.join(
                                                    " and ",
                                                    known.stream()
                                                            .map(Instrument::name)
                                                            .toList())
                                            + "; use --instrument"));
            return false;
        }
        return report(file, path, header, known.get(0));
    }

    private boolean report(Path file, Path path, HeaderCards header, Instrument instrument) {
        services.out().printf("%s: %s, %s%n", file, instrument.name(), instrument.title());
        boolean good = true;
        if (!instrument.recognition().isEmpty() && !instrument.recognises(header.cards())) {
            services.out()
                    .printf(
                            "  NOT of this instrument: its headers have %s%n",
                            String.join(
                                    ", or ",
                                    instrument.recognition().stream()
                                            .map(String::valueOf)
                                            .toList()));
            good = false;
        }
        Function<String, @Nullable String> cards = header.cards();
        if (header.isImage()) {
            FrameInspection frame = frame(path, instrument);
            good &= frame != null;
            cards = frame == null ? cards : frame.cards();
        }
        HeaderReading reading = new HeaderReading(instrument, cards);
        for (Label label : Label.values()) {
            HeaderValue<String> found = reading.label(label);
            good &= line(
                    label.key(),
                    found.value(),
                    found,
                    instrument.vocabulary().requiredLabels().contains(label));
        }
        for (Quantity quantity : Quantity.values()) {
            HeaderValue<Double> found = reading.number(quantity);
            Double value = found.value();
            String text = value == null
                    ? null
                    : (String.format(Locale.ROOT, "%.7g", value)
                                            .replaceAll("(\\.\\d*?)0+$", "$1")
                                            .replaceAll("\\.$", "")
                                    + " " + quantity.unit())
                            .strip();
            good &= line(
                    quantity.key(),
                    text,
                    found,
                    instrument.vocabulary().required().contains(quantity));
        }
        return good;
    }

    private @Nullable FrameInspection frame(Path path, Instrument instrument) {
        try {
            FrameInspection frame = FrameInspection.of(FitsSource.of(path), instrument, "auto");
            services.out()
                    .printf(
                            "  %-16s %s (%d x %d; %s)%n",
                            "frame",
                            frame.layout().name(),
                            frame.columns(),
                            frame.rows(),
                            frame.layout().orientation());
            services.out().printf("  %-16s %s%n", "light", frame.light());
            return frame;
        } catch (ExtractionException e) {
            services.out().printf("  %-16s REFUSED: %s%n", "frame", e.getMessage());
            return null;
        }
    }

    private boolean line(String key, @Nullable String value, HeaderValue<?> found, boolean required) {
        String shown = switch (found.status()) {
            case FOUND -> String.valueOf(value);
            case ASSUMED -> value + " (assumed)";
            case MISSING -> required ? "MISSING" : "-";
            case IMPOSSIBLE -> "IMPOSSIBLE";
        };
        services.out().printf("  %-16s %-24s %s%n", key, shown, found.how());
        return !required || found.isThere();
    }
}
