package io.spectractor.mpi.start;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Child processes that belong to one world. */
final class ProcessGroup implements RankStarter.RankGroup {
    private record Member(String name, Process process) {}

    private final List<Member> members = new ArrayList<>();
    private final long graceSeconds;

    /**
     * No processes yet.
     *
     * @param graceSeconds between asking a process to end and ending it; 0 to end it at once. {@code srun} needs some, to
     *     end its tasks on other nodes
     */
    ProcessGroup(long graceSeconds) {
        this.graceSeconds = graceSeconds;
    }

    void add(String name, Process process) {
        members.add(new Member(name, process));
    }

    @Override
    public boolean ended() {
        return members.stream().noneMatch(m -> m.process().isAlive());
    }

    @Override
    public boolean ours() {
        return true;
    }

    @Override
    public List<String> deaths() {
        return members.stream()
                .filter(m -> !m.process().isAlive() && m.process().exitValue() != 0)
                .map(m -> m.name() + " ended with exit code " + m.process().exitValue())
                .toList();
    }

    @Override
    public void kill() {
        boolean interrupted = false;
        if (graceSeconds > 0) {
            members.forEach(m -> m.process().destroy());
            for (Member member : members) {
                try {
                    member.process().waitFor(graceSeconds, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        members.forEach(m -> m.process().destroyForcibly());
        for (Member member : members) {
            try {
                member.process().waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
