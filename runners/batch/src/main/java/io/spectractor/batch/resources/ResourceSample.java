package io.spectractor.batch.resources;

/**
 * What a process and its machine had taken at a moment. Counts and seconds are sums since the process began; -1 (or NaN) is
 * for what nobody knows.
 *
 * @param timeMs when, ms since 1970 UTC, by the clock of the host
 * @param host name of the machine
 * @param pid number of the process there
 * @param role what the process is in the run: local, driver, rank-3, executor-1; of a log of {@code top} its command
 * @param stage what was in progress: {@code stage:image}, several with a blank between; empty for nothing
 * @param cpuSeconds processor time of the process, s
 * @param cpuPercent processor time as a share of one core since the sample before, %; NaN in the first sample
 * @param rssBytes resident memory
 * @param pssBytes resident memory with shared pages divided among those that share them; -1 where it was not looked at
 * @param heapUsedBytes Java heap in use
 * @param heapCommittedBytes Java heap taken from the system
 * @param gcCount garbage collections
 * @param gcSeconds time in them, s
 * @param readBytes bytes read from disks
 * @param writtenBytes bytes written to disks
 * @param load1 load of the machine over one minute
 * @param availableBytes memory of the machine that programs could still get
 * @param totalBytes memory of the machine
 * @param cgroupLimitBytes memory that the process's control group may have; -1 for no limit
 * @param cgroupUsedBytes memory that the control group has
 * @param oomKills processes that the kernel killed in the control group because of its limit, ever
 * @param hostOomKills processes that the kernel killed on this machine for want of memory, since it was started
 */
public record ResourceSample(
        long timeMs,
        String host,
        long pid,
        String role,
        String stage,
        double cpuSeconds,
        double cpuPercent,
        long rssBytes,
        long pssBytes,
        long heapUsedBytes,
        long heapCommittedBytes,
        long gcCount,
        double gcSeconds,
        long readBytes,
        long writtenBytes,
        double load1,
        long availableBytes,
        long totalBytes,
        long cgroupLimitBytes,
        long cgroupUsedBytes,
        long oomKills,
        long hostOomKills) {

    /** The process, unique in the run. */
    public String process() {
        return role + " (" + pid + " on " + host + ")";
    }

    /** The memory that the process can have at most: its control group's limit, or all of the machine; -1 if unknown. */
    public long memoryLimitBytes() {
        return cgroupLimitBytes > 0 && (totalBytes <= 0 || cgroupLimitBytes < totalBytes)
                ? cgroupLimitBytes
                : totalBytes;
    }
}
