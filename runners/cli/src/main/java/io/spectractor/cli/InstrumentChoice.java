package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.core.config.NearestMatch;
import io.spectractor.core.instrument.DescriptionException;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.HeaderPeek;
import io.spectractor.core.observation.HeaderPeek.FileHeader;
import io.spectractor.core.outcome.FileReason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which instrument took the images: the one that is named, or the one that their headers tell. */
final class InstrumentChoice {
    private InstrumentChoice() {}

    /**
     * The instrument of a name, or of a description in a file.
     *
     * @throws UsageException if there is neither, or the description can't be used
     */
    static Instrument named(String requested, Path workingFolder) {
        Optional<Instrument> builtIn = Instruments.named(requested);
        if (builtIn.isPresent()) {
            return builtIn.get();
        }
        Path file = workingFolder.resolve(requested);
        if (!Files.isRegularFile(file)) {
            throw new UsageException("--instrument " + requested + ": there is no such instrument and no such file"
                    + NearestMatch.of(requested, Instruments.names())
                            .map(n -> "; did you mean " + n + "?")
                            .orElse("; there are " + String.join(", ", Instruments.names())
                                    + ", and 'spectractor instrument new' writes a description to start from"));
        }
        try {
            return Instrument.parse(requested, Files.readString(file));
        } catch (DescriptionException e) {
            throw new UsageException(e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new UsageException(
                    "--instrument " + requested + ": a description is a text in YAML, this file is none; 'spectractor"
                            + " instrument new --from FRAME' writes one",
                    e);
        } catch (IOException e) {
            throw new UsageException("--instrument " + requested + " cannot be read: " + FileReason.of(e), e);
        }
    }

    /**
     * The instrument that the headers of the images name. Images that no instrument knows have no say, they fail one by
     * one; CTIO's it is if there is no other.
     *
     * @throws UsageException if they name several, or one header fits several
     */
    static Instrument byHeaders(RunPlan plan) throws InterruptedException {
        Map<Integer, List<Instrument>> known = PlannedImages.peekAll(
                plan.items(),
                stream -> HeaderPeek.header(stream)
                        .map(InstrumentChoice::recognising)
                        .filter(l -> !l.isEmpty()));
        Map<String, String> first = new TreeMap<>();
        Map<String, Integer> count = new TreeMap<>();
        for (WorkItem item : plan.items()) {
            List<Instrument> fits = known.getOrDefault(item.index(), List.of());
            if (fits.size() > 1) {
                throw new UsageException(item.name() + ": its header fits "
                        + String.join(
                                " and ", fits.stream().map(Instrument::name).toList())
                        + "; name it with --instrument");
            }
            for (Instrument instrument : fits) {
                first.putIfAbsent(instrument.name(), item.name());
                count.merge(instrument.name(), 1, Integer::sum);
            }
        }
        if (first.size() > 1) {
            StringBuilder text = new StringBuilder("these images are of several instruments:");
            first.forEach((name, image) -> text.append(' ')
                    .append(name)
                    .append(" (")
                    .append(image)
                    .append(count.get(name) == 1 ? ")" : " and " + (count.get(name) - 1) + " more)"));
            throw new UsageException(text + ". Extract them in a run each, or use --instrument");
        }
        return first.keySet().stream().findFirst().flatMap(Instruments::named).orElseGet(Instruments::ctio);
    }

    private static List<Instrument> recognising(FileHeader header) {
        return Instruments.recognising(header::text);
    }
}
