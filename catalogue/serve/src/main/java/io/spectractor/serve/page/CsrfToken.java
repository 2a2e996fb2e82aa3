package io.spectractor.serve.page;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * A token against cross-site request forgery. Forms that change something carry it, and only our own pages know it, so no page
 * of another site can send them through the user's browser. It needs no cookie. The token is the server's, and new with
 * every start.
 */
public final class CsrfToken {
    private static final String FIELD = "csrf";

    private final String token;

    public CsrfToken() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.token = HexFormat.of().formatHex(random);
    }

    /** The hidden field. */
    public String field() {
        return "<input type=\"hidden\" name=\"" + FIELD + "\" value=\"" + token + "\">";
    }

    /**
     * Lets forms of our own pages through.
     *
     * @throws HttpResponseException 403 for any other
     */
    public void check(Context http) {
        String given = http.formParam(FIELD);
        if (given == null
                || !MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
            throw new HttpResponseException(
                    403,
                    "this form was made by an earlier start of this server; reload the page and try again",
                    Map.of());
        }
    }
}
