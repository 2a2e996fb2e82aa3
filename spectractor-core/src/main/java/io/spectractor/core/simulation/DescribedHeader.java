package io.spectractor.core.simulation;

import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.AmplifierGrid.AmplifierRule;
import io.spectractor.core.instrument.CardPattern;
import io.spectractor.core.instrument.CardUnit;
import io.spectractor.core.instrument.DescribedDisperser;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Label;
import io.spectractor.core.instrument.LabelRule;
import io.spectractor.core.instrument.NumberRule;
import io.spectractor.core.instrument.NumberRule.Source;
import io.spectractor.core.instrument.Quantity;
import io.spectractor.core.observation.HeaderReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cards of a simulated frame in the words of a description: each quantity is written by the first rule that can say it.
 * Cards on which rules depend are chosen so that reading the header gives what the frame was drawn with.
 */
final class DescribedHeader {
    private static final int MOST_COMBINATIONS = 256;

    private final Instrument instrument;
    private final SimulatedDetector detector;
    private final Map<Quantity, Double> numbers = new EnumMap<>(Quantity.class);
    private final Map<Label, String> words = new EnumMap<>(Label.class);
    private final String date;

    private DescribedHeader(SimulationSettings settings, ExtractionConfig config, SimulatedCamera camera) {
        this.instrument = camera.instrument();
        this.detector = settings.detector();
        ObservingConditions conditions = settings.conditions();
        double sidereal = conditions.rightAscensionDeg() + conditions.hourAngleDeg();
        Instant start = SiderealTime.instantOf(conditions.night(), sidereal, camera.longitudeDeg());
        date = SimulatedHeader.timeStamp(start);
        numbers.put(Quantity.EXPOSURE, conditions.exposureSeconds());
        numbers.put(Quantity.AIRMASS, conditions.airmass());
        numbers.put(Quantity.RIGHT_ASCENSION, conditions.rightAscensionDeg());
        numbers.put(Quantity.DECLINATION, conditions.declinationDeg());
        numbers.put(Quantity.HOUR_ANGLE, conditions.hourAngleDeg());
        numbers.put(Quantity.TEMPERATURE, conditions.temperatureCelsius());
        numbers.put(Quantity.PRESSURE, conditions.pressureHPa());
        numbers.put(Quantity.HUMIDITY, conditions.humidityPercent());
        numbers.put(Quantity.PLATE_SCALE, config.ccd().plateScaleArcsec());
        numbers.put(Quantity.CAMERA_ROTATION, config.site().cameraRotationDeg());
        // the header knows where the disperser should be, not where it is
        double extra = instrument
                .disperser(settings.disperser())
                .map(DescribedDisperser::distanceExtraMm)
                .orElse(0.0);
        numbers.put(Quantity.DISTANCE, config.dispersion().distanceMm() - extra);
        numbers.put(Quantity.LATITUDE, config.site().latitudeDeg());
        numbers.put(Quantity.LONGITUDE, camera.longitudeDeg());
        numbers.put(Quantity.ALTITUDE, config.site().altitudeKm());
        words.put(Label.DATE, date);
        words.put(Label.DISPERSER, settings.disperser());
        words.put(Label.OBJECT, settings.target());
        words.put(Label.TARGET, settings.target());
        words.put(Label.PIXEL_UNIT, "adu");
        String filter = settings.filter();
        if (filter != null) {
            words.put(Label.FILTER, filter);
        }
    }

    /** The cards of a frame. */
    static List<FrameCard> cards(SimulationSettings settings, ExtractionConfig config, SimulatedCamera camera) {
        DescribedHeader header = new DescribedHeader(settings, config, camera);
        List<FrameCard> cards = new ArrayList<>();
        header.best().forEach((keyword, value) -> cards.add(new FrameCard(keyword, value, "")));
        cards.add(new FrameCard("SIMULATE", true, "a simulated frame, not an observation"));
        cards.add(new FrameCard("SIMSEED", Long.toString(settings.seed()), "seed of the simulation"));
        return cards;
    }

    /** The cards that read back best, of all values that cards may have on which rules depend. */
    private Map<String, Object> best() {
        Map<String, Object> best = Map.of();
        int fewest = Integer.MAX_VALUE;
        for (Map<String, Object> start : starts()) {
            Map<String, Object> cards = written(start);
            int wrong = differences(cards);
            if (wrong < fewest) {
                best = cards;
                fewest = wrong;
            }
        }
        return best;
    }

    /** Cards by which the instrument is recognised, with each choice of those on which rules depend. */
    private List<Map<String, Object>> starts() {
        List<Map<String, Object>> starts = new ArrayList<>();
        starts.add(new LinkedHashMap<>());
        Map<String, Set<Object>> choices = new LinkedHashMap<>();
        conditions().forEach(c -> {
            Set<Object> values = choices.computeIfAbsent(c.card(), card -> new LinkedHashSet<>());
            c.alternatives().stream()
                    .map(DescribedHeader::example)
                    .flatMap(Stream::ofNullable)
                    .forEach(values::add);
        });
        if (!instrument.recognition().isEmpty()) {
            for (CardPattern pattern : instrument.recognition().get(0)) {
                Object value = pattern.alternatives().stream()
                        .map(DescribedHeader::example)
                        .flatMap(Stream::ofNullable)
                        .findFirst()
                        .orElse(null);
                if (value != null && !choices.containsKey(pattern.card())) {
                    starts.get(0).put(pattern.card(), value);
                }
            }
        }
        for (Map.Entry<String, Set<Object>> choice : choices.entrySet()) {
            List<Map<String, Object>> more = new ArrayList<>();
            for (Map<String, Object> before : starts) {
                for (Object value : choice.getValue()) {
                    Map<String, Object> with = new LinkedHashMap<>(before);
                    with.put(choice.getKey(), value);
                    more.add(with);
                }
                more.add(before);
            }
            starts = more.subList(0, Math.min(more.size(), MOST_COMBINATIONS));
        }
        return starts;
    }

    private Stream<CardPattern> conditions() {
        return Stream.concat(
                instrument.vocabulary().numbers().values().stream()
                        .flatMap(Collection::stream)
                        .flatMap(r -> r.conditions().stream()),
                instrument.vocabulary().labels().values().stream()
                        .flatMap(Collection::stream)
                        .flatMap(r -> r.conditions().stream()));
    }

    /** A value that a pattern fits; null for one that wants none. */
    private static @Nullable Object example(String alternative) {
        String pattern = alternative.strip();
        if (pattern.equalsIgnoreCase("absent")) {
            return null;
        }
        if (pattern.startsWith("<") || pattern.startsWith(">")) {
            double limit =
                    Double.parseDouble(pattern.replaceFirst("^[<>]=?", "").strip());
            return pattern.startsWith("<") ? limit - 1 : limit + 1;
        }
        String text = pattern.replace("*", "").strip();
        return text.isEmpty() ? "1" : text;
    }

    private Map<String, Object> written(Map<String, Object> start) {
        Map<String, Object> cards = new LinkedHashMap<>(start);
        for (Label label : Label.values()) {
            List<LabelRule> rules = new ArrayList<>(instrument.vocabulary().of(label));
            if (label == Label.PIXEL_UNIT) {
                // earlier rules are for programs that change the unit
                rules = rules.isEmpty() ? rules : rules.subList(rules.size() - 1, rules.size());
            }
            rules.stream()
                    .filter(r -> r.constant() == null && fits(r.conditions(), cards))
                    .findFirst()
                    .ifPresent(rule -> write(label, rule, cards));
        }
        for (Quantity quantity : numbers.keySet()) {
            for (NumberRule rule : instrument.vocabulary().of(quantity)) {
                if (rule.holdsAt(date) && fits(rule.conditions(), cards) && says(quantity, rule, cards)) {
                    break;
                }
            }
        }
        List<AmplifierRule> amplifiers = instrument.amplifiers().amplifiers();
        for (int i = 0; i < amplifiers.size(); i++) {
            putUnlessEmpty(cards, amplifiers.get(i).gainCard(), detector.gains()[i]);
            putUnlessEmpty(cards, amplifiers.get(i).noiseCard(), detector.readNoises()[i]);
        }
        return cards;
    }

    private static void putUnlessEmpty(Map<String, Object> cards, String keyword, double value) {
        if (!keyword.isEmpty()) {
            cards.put(keyword, value);
        }
    }

    private void write(Label label, LabelRule rule, Map<String, Object> cards) {
        String word = words.get(label);
        if (word == null) {
            // what stands for none, such as an empty place of the wheel
            word = rule.none().stream()
                    .map(n -> n.replace("*", ""))
                    .filter(n -> !n.isEmpty())
                    .findFirst()
                    .orElse("");
        }
        if (!word.isEmpty()) {
            cards.putIfAbsent(rule.card(), word);
        }
    }

    private static boolean fits(List<CardPattern> conditions, Map<String, Object> cards) {
        return conditions.stream().allMatch(c -> c.fits(text(cards.get(c.card()))));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : String.valueOf(value);
    }

    /** Writes the cards of a rule; false if the rule can't say the number. */
    private boolean says(Quantity quantity, NumberRule rule, Map<String, Object> cards) {
        double wanted = numbers.getOrDefault(quantity, Double.NaN);
        if (rule.source() == Source.CONSTANT || rule.source() == Source.COMPUTED || rule.source() == Source.ASSUMED) {
            return rule.source() == Source.COMPUTED || rule.plus() == wanted;
        }
        double inCard = rule.source() == Source.FROM_ALTITUDE
                ? Math.toDegrees(Math.asin(Math.min(1, 1 / wanted)))
                : (wanted - rule.plus()) / rule.times();
        if (quantity == Quantity.CAMERA_ROTATION) {
            inCard = ((inCard % 360) + 360) % 360;
        }
        if (!rule.isValid(inCard)) {
            return false;
        }
        Object value = rule.source() == Source.FROM_ALTITUDE ? (Object) inCard : inUnit(quantity, rule.unit(), inCard);
        for (String card : rule.cards()) {
            cards.put(card, value);
        }
        return true;
    }

    /** A number in the unit of a card; units are straight lines of each other. */
    private static Object inUnit(Quantity quantity, String unit, double value) {
        if (unit.toLowerCase(Locale.ROOT).equals(CardUnit.HMS)) {
            return SimulatedHeader.sexagesimal(value / 15);
        }
        if (unit.toLowerCase(Locale.ROOT).equals(CardUnit.DMS)) {
            return SimulatedHeader.sexagesimal(value);
        }
        double zero = CardUnit.convert(quantity, unit, 0);
        return (value - zero) / (CardUnit.convert(quantity, unit, 1) - zero);
    }

    /** How many quantities read back as another value, or not at all where there is a rule for them. */
    private int differences(Map<String, Object> cards) {
        Map<String, Object> byKeyword = new LinkedHashMap<>();
        cards.forEach((keyword, value) -> byKeyword.put(keyword.toUpperCase(Locale.ROOT), value));
        HeaderReading reading = new HeaderReading(instrument, k -> text(byKeyword.get(k.toUpperCase(Locale.ROOT))));
        int wrong = instrument.recognition().isEmpty()
                        || instrument.recognises(k -> text(byKeyword.get(k.toUpperCase(Locale.ROOT))))
                ? 0
                : numbers.size();
        for (Map.Entry<Quantity, Double> number : numbers.entrySet()) {
            Double read = reading.number(number.getKey()).value();
            boolean angle = number.getKey().unit().equals("deg");
            double difference = read == null ? 0 : read - number.getValue();
            double size = angle ? 0.01 : 1e-4 * Math.max(1, Math.abs(number.getValue()));
            if (Math.abs(angle ? Math.IEEEremainder(difference, 360) : difference) > size) {
                wrong++;
            }
        }
        return wrong;
    }
}
