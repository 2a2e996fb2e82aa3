package io.spectractor.batch.resources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code top -b} of procps wrote while a run went on, as samples. {@code top} tells the time of day only: the
 * date is that of the file's last change, and a time that goes back by hours begins a new day. Its clock is taken as UTC,
 * so that the picture shows the hours that the log shows.
 */
public final class TopLog {
    private static final Pattern TIME = Pattern.compile("top - (\\d{2}:\\d{2}:\\d{2}) .*load averages?: +([0-9.]+).*");
    private static final Pattern MEMORY =
            Pattern.compile("(KiB|MiB|GiB|KB|MB|GB)? *Mem *: *([0-9.]+) *([kmgt]?) *total.*");
    private static final Pattern AVAILABLE = Pattern.compile(".*?([0-9.]+) *avail Mem.*");
    private static final Pattern FREE = Pattern.compile(".*?([0-9.]+) *free.*");
    private static final long HALF_A_DAY_MS = 43_200_000;

    private final List<ResourceSample> samples = new ArrayList<>();
    private LocalDate day = LocalDate.EPOCH;
    private long timeMs = -1;
    private double load = Double.NaN;
    private long total = -1;
    private long available = -1;
    private double unit = 1;
    private List<String> columns = List.of();

    private TopLog() {}

    /**
     * The samples of a log, one for each process and look.
     *
     * @throws IOException if the file cannot be read, or holds nothing that {@code top -b} writes
     */
    public static List<ResourceSample> read(Path file) throws IOException {
        TopLog log = new TopLog();
        long changed = Files.getLastModifiedTime(file).toMillis();
        log.day = LocalDate.ofEpochDay(Math.floorDiv(changed, 86_400_000L));
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\\R", -1)) {
            log.take(line.strip());
        }
        if (log.samples.isEmpty()) {
            throw new IOException(file + " holds no processes of 'top -b': expected lines such as"
                    + " 'top - 12:34:56 up ...' and below them a table that begins with PID");
        }
        // the file was changed last on the day of the last look
        long shift = Math.floorDiv(changed, 86_400_000L)
                - Math.floorDiv(log.samples.get(log.samples.size() - 1).timeMs(), 86_400_000L);
        return log.samples.stream().map(s -> later(s, shift * 86_400_000L)).toList();
    }

    private void take(String line) {
        Matcher time = TIME.matcher(line);
        Matcher memory = MEMORY.matcher(line);
        if (time.matches()) {
            begin(time.group(1), time.group(2));
        } else if (memory.matches()) {
            unit = scale(memory.group(1) == null ? memory.group(3) : memory.group(1));
            total = bytes(memory.group(2));
            Matcher free = FREE.matcher(line);
            available = free.matches() ? bytes(free.group(1)) : -1;
        } else if (line.contains("avail Mem")) {
            Matcher free = AVAILABLE.matcher(line);
            available = free.matches() ? bytes(free.group(1)) : available;
        } else if (line.startsWith("PID ")) {
            columns = List.of(line.split("\\s+", -1));
        } else if (!columns.isEmpty() && !line.isEmpty() && Character.isDigit(line.charAt(0))) {
            process(line.split("\\s+", columns.size()));
        }
    }

    private void begin(String time, String averages) {
        try {
            long ms = LocalTime.parse(time).toSecondOfDay() * 1000L;
            long at = day.toEpochDay() * 86_400_000L + ms;
            if (timeMs >= 0 && at < timeMs - HALF_A_DAY_MS) {
                day = day.plusDays(1);
                at += 86_400_000L;
            }
            timeMs = at;
            load = Double.parseDouble(averages);
        } catch (DateTimeParseException | NumberFormatException e) {
            timeMs = -1;
        }
        columns = List.of();
    }

    private void process(String[] cells) {
        int pid = columns.indexOf("PID");
        int cpu = columns.indexOf("%CPU");
        int rss = columns.indexOf("RES");
        int command = columns.indexOf("COMMAND");
        if (timeMs < 0 || cells.length < columns.size() || pid < 0 || cpu < 0 || rss < 0 || command < 0) {
            return;
        }
        try {
            samples.add(new ResourceSample(
                    timeMs,
                    "top",
                    Long.parseLong(cells[pid]),
                    cells[command],
                    "",
                    Double.NaN,
                    Double.parseDouble(cells[cpu].replace(',', '.')),
                    resident(cells[rss]),
                    -1,
                    -1,
                    -1,
                    -1,
                    Double.NaN,
                    -1,
                    -1,
                    load,
                    available,
                    total,
                    -1,
                    -1,
                    -1,
                    -1));
        } catch (NumberFormatException e) {
            // a torn line
            return;
        }
    }

    private long bytes(String number) {
        return (long) (Double.parseDouble(number) * unit);
    }

    /** {@code RES}: kB, or with a letter behind it MB, GB, TB. */
    private static long resident(String cell) {
        String number = cell.replace(',', '.');
        char last = number.charAt(number.length() - 1);
        double scale = Character.isDigit(last) ? 1024 : scale(String.valueOf(last));
        return (long) (Double.parseDouble(Character.isDigit(last) ? number : number.substring(0, number.length() - 1))
                * scale);
    }

    private static double scale(String unit) {
        return switch (unit.isEmpty() ? 'k' : unit.toLowerCase(Locale.ROOT).charAt(0)) {
            case 'm' -> 1L << 20;
            case 'g' -> 1L << 30;
            case 't' -> 1L << 40;
            default -> 1L << 10;
        };
    }

    private static ResourceSample later(ResourceSample s, long ms) {
        return new ResourceSample(
                s.timeMs() + ms,
                s.host(),
                s.pid(),
                s.role(),
                s.stage(),
                s.cpuSeconds(),
                s.cpuPercent(),
                s.rssBytes(),
                s.pssBytes(),
                s.heapUsedBytes(),
                s.heapCommittedBytes(),
                s.gcCount(),
                s.gcSeconds(),
                s.readBytes(),
                s.writtenBytes(),
                s.load1(),
                s.availableBytes(),
                s.totalBytes(),
                s.cgroupLimitBytes(),
                s.cgroupUsedBytes(),
                s.oomKills(),
                s.hostOomKills());
    }
}
