package io.spectractor.serve.vo;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.spectractor.serve.data.Limits;
import io.spectractor.serve.data.QueryRejectedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Queries in the background: UWS 1.1. */
public final class AsyncRoutes {
    private static final long LONGEST_WAIT_S = 60;
    private static final String TEXT = "text/plain";

    /** Those who wait for a job keep a thread each. */
    private static final int MOST_WAITERS = 50;

    /** What is said of a job, and not of its query. */
    private static final Set<String> OF_THE_JOB = Set.of("ACTION", "DESTRUCTION", "EXECUTIONDURATION", "PHASE", "WAIT");

    private final Semaphore waiters = new Semaphore(MOST_WAITERS);
    private final Jobs jobs;
    private final Limits limits;
    private final String url;

    /**
     * @param url address of the list of jobs
     */
    public AsyncRoutes(Jobs jobs, Limits limits, String url) {
        this.jobs = jobs;
        this.limits = limits;
        this.url = url;
    }

    /** What is done with a job. */
    @FunctionalInterface
    private interface JobHandler {
        void handle(Context http, Job job) throws IOException;
    }

    /** Adds them. */
    public void add(RoutesConfig routes) {
        String one = "/tap/async/{id}";
        routes.get("/tap/async", this::list);
        routes.post("/tap/async", this::create);
        routes.get(one, with(this::show));
        routes.post(one, with(this::change));
        routes.delete(one, with(this::delete));
        routes.get(one + "/phase", with((http, job) -> {
            await(http, job);
            text(http, job.phase().name());
        }));
        routes.post(one + "/phase", with(this::change));
        routes.get(one + "/executionduration", with((http, job) -> text(http, Long.toString(job.durationS()))));
        routes.post(one + "/executionduration", with(this::change));
        routes.get(one + "/destruction", with((http, job) -> text(http, Uws.time(job.destruction()))));
        routes.post(one + "/destruction", with(this::change));
        routes.get(one + "/quote", with((http, job) -> text(http, "")));
        routes.get(one + "/owner", with((http, job) -> text(http, "")));
        routes.get(one + "/parameters", with((http, job) -> xml(http, Uws.document(Uws.parameters(job)))));
        routes.post(one + "/parameters", with(this::change));
        routes.get(one + "/results", with((http, job) -> xml(http, Uws.document(Uws.results(job, url)))));
        routes.get(one + "/results/result", with(this::result));
        routes.get(one + "/error", with(this::error));
    }

    private Handler with(JobHandler handler) {
        return http -> {
            Job job = jobs.get(http.pathParam("id"));
            if (job == null) {
                http.status(404);
                text(http, "there is no job " + http.pathParam("id"));
                return;
            }
            TapRoutes.answer(http, () -> handler.handle(http, job));
        };
    }

    private static void text(Context http, String text) {
        http.contentType(TEXT).result(text);
    }

    private static void xml(Context http, String text) {
        http.contentType(TapRoutes.XML).result(text);
    }

    private void list(Context http) throws IOException {
        TapRoutes.answer(http, () -> {
            Parameters parameters = TapRoutes.parameters(http);
            List<Job> all = new ArrayList<>(jobs.all());
            List<String> phases = parameters.all("PHASE");
            if (!phases.isEmpty()) {
                all.removeIf(job -> !phases.contains(job.phase().name()));
            }
            String after = parameters.get("AFTER");
            if (after != null) {
                Instant instant = instant(after);
                all.removeIf(job -> !job.created().isAfter(instant));
            }
            String last = parameters.get("LAST");
            if (last != null) {
                if (!last.matches("[0-9]{1,9}") || last.matches("0+")) {
                    throw new QueryRejectedException("LAST=" + last + " is not a number of jobs");
                }
                all = all.subList(0, Math.min(all.size(), Integer.parseInt(last)));
            }
            xml(http, Uws.list(all, url));
        });
    }

    private void create(Context http) throws IOException {
        TapRoutes.answer(http, () -> {
            Parameters parameters = TapRoutes.parameters(http);
            String phase = parameters.get("PHASE");
            requirePhase(phase);
            Job job = jobs.create(parameters, TapRoutes.uploads(http, parameters, limits));
            phase(job, phase);
            http.redirect(url + "/" + job.id(), HttpStatus.SEE_OTHER);
        });
    }

    private void show(Context http, Job job) {
        await(http, job);
        xml(http, Uws.job(job, url));
    }

    private void await(Context http, Job job) {
        Parameters parameters = TapRoutes.parameters(http);
        String wait = parameters.get("WAIT");
        if (wait == null) {
            return;
        }
        if (!wait.matches("-?[0-9]{1,9}")) {
            throw new QueryRejectedException("WAIT=" + wait + " is not a number of seconds");
        }
        long seconds = Long.parseLong(wait);
        Job.Phase known = job.phase();
        String phase = parameters.get("PHASE");
        if (phase != null && !phase.equals(known.name())) {
            return;
        }
        // a pending one changes only when somebody asks it to
        // whoever finds no place among those who wait has the answer at once, and asks again
        if (!waiters.tryAcquire()) {
            return;
        }
        try {
            job.await(known, 1000 * (seconds < 0 ? LONGEST_WAIT_S : Math.min(seconds, LONGEST_WAIT_S)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiters.release();
        }
    }

    private void change(Context http, Job job) throws IOException {
        Parameters parameters = TapRoutes.parameters(http);
        if ("DELETE".equals(parameters.get("ACTION"))) {
            delete(http, job);
            return;
        }
        requirePhase(parameters.get("PHASE"));
        if (!parameters.all("UPLOAD").isEmpty()) {
            throw new QueryRejectedException("tables are sent with the request that creates the job");
        }
        boolean more = !OF_THE_JOB.containsAll(parameters.map().keySet());
        if (more && !job.phase().equals(Job.Phase.PENDING)) {
            throw new QueryRejectedException("the job is " + job.phase() + "; its parameters can't change any more");
        }
        String destruction = parameters.get("DESTRUCTION");
        if (destruction != null) {
            Instant wanted = instant(destruction);
            Instant latest = job.created().plus(java.time.Duration.ofDays(30));
            job.setDestruction(wanted.isAfter(latest) ? latest : wanted);
        }
        String duration = parameters.get("EXECUTIONDURATION");
        if (duration != null) {
            if (!duration.matches("[0-9]{1,9}")) {
                throw new QueryRejectedException("EXECUTIONDURATION=" + duration + " is not a number of seconds");
            }
            long most = limits.asyncTime().toSeconds();
            long wanted = Long.parseLong(duration);
            job.setDuration(wanted == 0 ? most : Math.min(wanted, most));
        }
        if (more) {
            job.add(parameters.without(OF_THE_JOB));
        }
        phase(job, parameters.get("PHASE"));
        http.redirect(url + "/" + job.id(), HttpStatus.SEE_OTHER);
    }

    private void phase(Job job, @Nullable String phase) {
        if (phase == null) {
            return;
        }
        switch (phase) {
            case "RUN" -> jobs.run(job);
            case "ABORT" -> job.abort();
            default -> requirePhase(phase);
        }
    }

    private static void requirePhase(@Nullable String phase) {
        if (phase != null && !phase.equals("RUN") && !phase.equals("ABORT")) {
            throw new QueryRejectedException("PHASE is RUN or ABORT, not '" + phase + "'");
        }
    }

    private void delete(Context http, Job job) {
        jobs.destroy(job);
        http.redirect(url, HttpStatus.SEE_OTHER);
    }

    private void result(Context http, Job job) throws IOException {
        Path file = job.result();
        ResultFormat format = job.format();
        if (file == null || format == null) {
            http.status(404);
            text(http, "the job is " + job.phase() + "; it has no result");
            return;
        }
        http.header("Content-Disposition", "attachment; filename=\"" + job.id() + "." + format.suffix() + "\"");
        TapRoutes.send(http, file, format.mime());
    }

    private void error(Context http, Job job) {
        String error = job.error();
        if (error == null) {
            http.status(404);
            text(http, "the job is " + job.phase() + "; it has no error");
            return;
        }
        http.contentType(ResultFormat.VOTABLE.mime()).result(VoTables.error(error));
    }

    private static Instant instant(String text) {
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new QueryRejectedException("'" + text + "' is not a time; write e.g. 2026-12-01T00:00:00Z", e);
        }
    }
}
