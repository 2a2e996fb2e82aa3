package io.spectractor.bench.compare;

import io.spectractor.batch.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A scheduler in one of its forms. */
public enum Variant {
    LOCAL("local", false),
    SPARK("spark", true),
    MPI_STATIC("mpi-static", true),
    MPI_DYNAMIC("mpi-dynamic", true);

    private final String label;
    private final boolean otherProcesses;

    Variant(String label, boolean otherProcesses) {
        this.label = label;
        this.otherProcesses = otherProcesses;
    }

    /** Its name. */
    public String label() {
        return label;
    }

    /** Whether its workers may be processes of their own. */
    public boolean hasOtherProcesses() {
        return otherProcesses;
    }

    /**
     * Those of these names.
     *
     * @throws UsageException if there is none of a name
     */
    public static List<Variant> of(List<String> labels) {
        return labels.stream().map(Variant::of).toList();
    }

    private static Variant of(String label) {
        return Arrays.stream(values())
                .filter(v -> v.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new UsageException("--schedulers " + label + ": there are "
                        + Arrays.stream(values()).map(Variant::label).collect(Collectors.joining(", "))));
    }

    /**
     * The options of {@code spectractor run} that choose it.
     *
     * @param workers images in progress at a time
     * @param sparkMaster where Spark's cluster is, or null to leave that open
     */
    List<String> options(int workers, @Nullable String sparkMaster) {
        String count = Integer.toString(workers);
        return switch (this) {
            case LOCAL -> List.of("--scheduler", "local", "--workers", count);
            case SPARK -> {
                List<String> options = new ArrayList<>(List.of("--scheduler", "spark", "--workers", count));
                if (sparkMaster != null) {
                    options.addAll(List.of("--master", sparkMaster));
                }
                yield options;
            }
            case MPI_STATIC -> List.of("--scheduler", "mpi", "--ranks", count, "--distribution", "static");
            case MPI_DYNAMIC -> List.of("--scheduler", "mpi", "--ranks", count, "--distribution", "dynamic");
        };
    }
}
