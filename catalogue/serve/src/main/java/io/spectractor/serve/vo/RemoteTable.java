package io.spectractor.serve.vo;

import io.spectractor.serve.data.QueryRejectedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tables that lie elsewhere on the net. What is only reachable from this machine is not fetched for somebody else: no
 * address of this machine or of a private network, and no redirection to one.
 */
final class RemoteTable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
    private static final int REDIRECTIONS = 4;
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private RemoteTable() {}

    /**
     * Fetches a table for somebody who is not trusted.
     *
     * @throws QueryRejectedException if it cannot be had
     */
    static byte[] fetch(String address, int most) {
        return fetch(address, most, false);
    }

    /**
     * Fetches a table.
     *
     * @param most bytes
     * @param trusted whether any address is allowed, because whoever started the server named it
     * @throws QueryRejectedException if it cannot be had
     */
    static byte[] fetch(String address, int most, boolean trusted) {
        try {
            URI uri = URI.create(address);
            for (int i = 0; i <= REDIRECTIONS; i++) {
                check(uri, trusted);
                HttpResponse<InputStream> answer = CLIENT.send(
                        HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                        HttpResponse.BodyHandlers.ofInputStream());
                // the time limit of a request ends at its headers
                CompletableFuture<?> late = closedLater(answer.body());
                try (InputStream in = answer.body()) {
                    String next = answer.headers().firstValue("Location").orElse("");
                    if (answer.statusCode() / 100 == 3 && !next.isEmpty()) {
                        uri = uri.resolve(next);
                        continue;
                    }
                    // an error of the protocol comes as a table too
                    if (answer.statusCode() != 200 && answer.statusCode() != 400) {
                        throw new QueryRejectedException(uri.getHost() + " answers with " + answer.statusCode());
                    }
                    byte[] bytes = in.readNBytes(most + 1);
                    if (bytes.length > most) {
                        throw new QueryRejectedException(
                                uri.getHost() + " sends more than " + most / 1_000_000 + " MB");
                    }
                    return bytes;
                } finally {
                    late.cancel(false);
                }
            }
            throw new QueryRejectedException(uri.getHost() + " leads from one address to the next");
        } catch (IOException | IllegalArgumentException e) {
            throw new QueryRejectedException(host(address) + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryRejectedException("the query was stopped", e);
        }
    }

    /** Closes what is still read when patience is over; the reader then gets an error. */
    private static CompletableFuture<?> closedLater(InputStream in) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        in.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                CompletableFuture.delayedExecutor(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static String host(String address) {
        return address.replaceFirst("^[a-z]+://", "").replaceFirst("[/?#].*", "");
    }

    private static void check(URI uri, boolean trusted) throws IOException {
        String scheme = String.valueOf(uri.getScheme());
        if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
            throw new QueryRejectedException("tables are fetched from http or https, not from '" + uri + "'");
        }
        if (trusted) {
            return;
        }
        for (InetAddress host : InetAddress.getAllByName(uri.getHost())) {
            if (!isPublic(host)) {
                throw new QueryRejectedException("tables of " + uri.getHost()
                        + " are not fetched: it is not a public address; " + "send the table itself (param:)");
            }
        }
    }

    static boolean isPublic(InetAddress host) {
        byte[] bytes = host.getAddress();
        boolean unique = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean shared = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        return !(host.isLoopbackAddress()
                || host.isAnyLocalAddress()
                || host.isLinkLocalAddress()
                || host.isSiteLocalAddress()
                || host.isMulticastAddress()
                || unique
                || shared);
    }
}
