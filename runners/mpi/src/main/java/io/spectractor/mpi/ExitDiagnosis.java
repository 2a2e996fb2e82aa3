package io.spectractor.mpi;

import java.util.Optional;

/** Finds out what killed a process. */
@FunctionalInterface
public interface ExitDiagnosis {
    /**
     * What killed a process that is gone, for people, such as "was killed for memory at ...".
     *
     * @return nothing if nobody can tell
     */
    Optional<String> of(String host, long pid);
}
