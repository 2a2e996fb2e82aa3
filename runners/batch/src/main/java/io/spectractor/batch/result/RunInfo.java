package io.spectractor.batch.result;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.spectractor.core.product.FormatVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run was asked and on which machine: the fixed part of {@code run.json}.
 *
 * @param runId name of the run
 * @param startedAt ISO 8601, UTC
 * @param scheduler local, spark, mpi
 * @param workers images in flight at most
 * @param codeVersion version of this software
 * @param configSha256 hash of the canonical configuration
 * @param calibrationVersion version of the calibration data
 * @param calibrationSha256 hash of the calibration data
 * @param commandLine the words of the command
 * @param host name of the machine
 * @param machine operating system, Java, cores, heap
 * @param format {@link FormatVersion} of the run folder; null in those written before there were versions
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunInfo(
        String runId,
        String startedAt,
        String scheduler,
        int workers,
        String codeVersion,
        String configSha256,
        String calibrationVersion,
        String calibrationSha256,
        List<String> commandLine,
        String host,
        String machine,
        @Nullable String format) {
    public RunInfo {
        commandLine = List.copyOf(commandLine);
    }
}
