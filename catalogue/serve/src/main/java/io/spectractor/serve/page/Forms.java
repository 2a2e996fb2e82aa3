package io.spectractor.serve.page;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * Forms that change something carry a word that only our own pages know, so that no page of another site can send them
 * through the user's browser. It needs no cookie: the word is the server's, and new with every start.
 */
public final class Forms {
    private static final String FIELD = "word";

    private final String word;

    public Forms() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.word = HexFormat.of().formatHex(random);
    }

    /** The hidden field. */
    public String field() {
        return "<input type=\"hidden\" name=\"" + FIELD + "\" value=\"" + word + "\">";
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
                        given.getBytes(StandardCharsets.UTF_8), word.getBytes(StandardCharsets.UTF_8))) {
            throw new HttpResponseException(
                    403,
                    "this form is not of a page of this server as it runs now; load the page again and repeat",
                    Map.of());
        }
    }
}
