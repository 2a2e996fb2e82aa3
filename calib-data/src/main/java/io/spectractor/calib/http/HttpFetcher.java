package io.spectractor.calib.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets URLs whole. Tried again with growing waits: no connection, a broken or slow body, HTTP 408, 429 and 5xx, whose
 * {@code Retry-After} is obeyed. Other answers are final. The waits have a random part, so that a thousand workers that
 * failed together do not come back together. Safe for threads if its random numbers are.
 */
public final class HttpFetcher {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFetcher.class);
    private static final int OK = 200;
    private static final Set<Integer> GONE = Set.of(404, 410);
    private static final Set<Integer> BUSY = Set.of(408, 429);
    private static final int SERVER_ERROR = 500;

    private final HttpSettings settings;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final Clock clock;
    private final HttpClient client;

    /**
     * @param settings time-outs and delays
     * @param sleeper waits
     * @param random scatters the waits
     * @param clock for a {@code Retry-After} that is a date
     */
    public HttpFetcher(HttpSettings settings, Sleeper sleeper, RandomGenerator random, Clock clock) {
        this.settings = settings;
        this.sleeper = sleeper;
        this.random = random;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connect())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** What an attempt came to: a body, or why not and whether to try again. */
    private record Answer(
            byte @Nullable [] body,
            String problem,
            boolean isFinal,
            boolean missing,
            Duration retryAfter,
            @Nullable Throwable cause) {
        static Answer broken(String problem, Throwable cause) {
            return new Answer(null, problem, false, false, Duration.ZERO, cause);
        }
    }

    /**
     * The body behind a URL.
     *
     * @param uri http or https; its fragment is not sent
     * @throws FetchException if it cannot be had
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public byte[] get(URI uri) throws FetchException, InterruptedException {
        return get(uri, settings.attempts());
    }

    /** The same with no more than so many attempts. */
    public byte[] get(URI uri, int attempts) throws FetchException, InterruptedException {
        Duration waited = Duration.ZERO;
        for (int attempt = 1; ; attempt++) {
            Answer answer = attempt(uri);
            if (answer.body() != null) {
                return answer.body();
            }
            if (answer.isFinal() || attempt >= attempts) {
                throw failure(uri, answer, attempt == 1 ? "" : " (tried " + attempt + " times)");
            }
            Duration delay = delay(attempt);
            if (answer.retryAfter().compareTo(delay) > 0) {
                delay = answer.retryAfter();
            }
            waited = waited.plus(delay);
            if (waited.compareTo(settings.longestTotalDelay()) > 0) {
                throw failure(uri, answer, "; it asks to wait " + delay.toSeconds() + " s, too long");
            }
            LOG.info("{}: {}; trying again in {} ms", uri, answer.problem(), delay.toMillis());
            sleeper.sleep(delay);
        }
    }

    private static FetchException failure(URI uri, Answer answer, String more) {
        String message = uri + ": " + answer.problem() + more;
        return answer.cause() == null
                ? new FetchException(message, answer.missing())
                : new FetchException(message, answer.missing(), answer.cause());
    }

    /** Doubles from one attempt to the next; between half of it and all of it by chance. */
    private Duration delay(int attempt) {
        double longest = settings.longestDelay().toMillis();
        double full = Math.min(longest, settings.firstDelay().toMillis() * Math.pow(2, attempt - 1.0));
        return Duration.ofMillis(Math.round(full * (0.5 + 0.5 * random.nextDouble())));
    }

    private Answer attempt(URI uri) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(settings.attempt())
                .header("User-Agent", "spectractor")
                .GET()
                .build();
        CompletableFuture<HttpResponse<byte[]>> future = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer(future.get(settings.attempt().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return tooSlow(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
                return tooSlow(cause);
            }
            if (cause instanceof IOException) {
                return Answer.broken(reason(cause), cause);
            }
            return new Answer(null, String.valueOf(cause), true, false, Duration.ZERO, cause);
        } finally {
            future.cancel(true);
        }
    }

    private Answer tooSlow(Throwable cause) {
        return Answer.broken("no whole answer within " + settings.attempt().toMillis() / 1e3 + " s", cause);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null
                ? "no connection (" + cause.getClass().getSimpleName() + ")"
                : cause.getMessage();
    }

    private Answer answer(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == OK) {
            return new Answer(response.body(), "", true, false, Duration.ZERO, null);
        }
        boolean again = status >= SERVER_ERROR || BUSY.contains(status);
        return new Answer(null, "HTTP " + status, !again, GONE.contains(status), retryAfter(response), null);
    }

    private Duration retryAfter(HttpResponse<?> response) {
        String text = response.headers().firstValue("Retry-After").orElse("0").strip();
        try {
            return Duration.ofSeconds(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return untilDate(text);
        }
    }

    private Duration untilDate(String text) {
        try {
            ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(clock.instant(), date.toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            LOG.debug("Retry-After '{}' is neither seconds nor a date", text);
            return Duration.ZERO;
        }
    }
}
