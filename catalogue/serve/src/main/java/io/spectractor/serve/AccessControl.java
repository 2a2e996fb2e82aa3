package io.spectractor.serve;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is served. With a token: who knows it, as a bearer or as the password of any user. Without one only this machine is,
 * and only by its own name: another site's page, whose name leads here, is not.
 */
final class AccessControl {
    private final @Nullable String token;
    private final @Nullable String publicHost;
    private final String bind;

    AccessControl(ServeOptions options) {
        this.token = options.token();
        URI url = options.publicUrl();
        this.publicHost = url == null ? null : url.getHost();
        this.bind = options.bind().toLowerCase(Locale.ROOT);
    }

    void check(Context http) {
        http.header("Server", "spectractor");
        http.header("X-Content-Type-Options", "nosniff");
        http.header("Referrer-Policy", "same-origin");
        http.header("X-Frame-Options", "SAMEORIGIN");
        http.header(
                "Content-Security-Policy",
                "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self' http://localhost:21012; form-action 'self'; base-uri 'none'; frame-ancestors 'self'");
        if (http.method().equals(HandlerType.POST) && "cross-site".equals(http.header("Sec-Fetch-Site"))) {
            throw new HttpResponseException(403, "a page of another site may not send this", Map.of());
        }
        if (token != null) {
            if (!knows(http.header("Authorization"))) {
                http.header("WWW-Authenticate", "Basic realm=\"spectractor\", charset=\"UTF-8\"");
                throw new HttpResponseException(
                        401, "a token is needed: as the password, or as 'Authorization: Bearer'", Map.of());
            }
            return;
        }
        String host = name(http.header("Host"));
        if (!host.equals("localhost")
                && !host.equals("127.0.0.1")
                && !host.equals("[::1]")
                && !host.equals(bind)
                && !host.equalsIgnoreCase(publicHost)) {
            throw new HttpResponseException(
                    421,
                    "this server is known as localhost or 127.0.0.1; behind a proxy tell it --public-url",
                    Map.of());
        }
    }

    private static String name(@Nullable String host) {
        return host == null ? "" : host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
    }

    private boolean knows(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String given = "";
        if (header.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length())) {
            given = header.substring("Bearer ".length()).strip();
        } else if (header.regionMatches(true, 0, "Basic ", 0, "Basic ".length())) {
            try {
                String pair = new String(
                        Base64.getDecoder()
                                .decode(header.substring("Basic ".length()).strip()),
                        StandardCharsets.UTF_8);
                given = pair.substring(pair.indexOf(':') + 1);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        // takes as long whatever is given
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), String.valueOf(token).getBytes(StandardCharsets.UTF_8));
    }
}
