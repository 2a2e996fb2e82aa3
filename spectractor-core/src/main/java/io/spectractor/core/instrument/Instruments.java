package io.spectractor.core.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The instruments whose descriptions come with the program. */
public final class Instruments {
    private static final List<String> NAMES = List.of("ctio", "auxtel", "stardice", "lpnhe");
    private static final Map<String, Instrument> READ = new ConcurrentHashMap<>();

    private Instruments() {}

    /** Their names. */
    public static List<String> names() {
        return NAMES;
    }

    /** One of them by its name, without regard to case. */
    public static Optional<Instrument> named(String name) {
        return NAMES.stream().filter(name::equalsIgnoreCase).findFirst().map(Instruments::builtIn);
    }

    /** The CTIO 0.9 m telescope. */
    public static Instrument ctio() {
        return builtIn("ctio");
    }

    /** Those that recognise a header. */
    public static List<Instrument> recognising(Function<String, @Nullable String> cards) {
        return NAMES.stream()
                .map(Instruments::builtIn)
                .filter(i -> i.recognises(cards))
                .toList();
    }

    /**
     * The description as it was written, with its comments.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static String source(String name) {
        String resource = name + ".yaml";
        try (InputStream in = Instruments.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no instrument " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static Instrument builtIn(String name) {
        return READ.computeIfAbsent(name, n -> InstrumentParser.parse(n + ".yaml", source(n)));
    }
}
