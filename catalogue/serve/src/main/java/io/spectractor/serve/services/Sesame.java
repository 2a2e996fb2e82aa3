package io.spectractor.serve.services;

import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.vo.RemoteText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Positions of names, by CDS. */
public final class Sesame {
    private static final String URL = "https://cds.unistra.fr/cgi-bin/nph-sesame/-ox/SNV?";
    private static final Pattern POSITION =
            Pattern.compile("<jradeg>\\s*([-+0-9.]+)\\s*</jradeg>\\s*<jdedeg>\\s*([-+0-9.]+)\\s*</jdedeg>");

    private Sesame() {}

    /**
     * A position.
     *
     * @return degrees, null if nobody knows the name
     * @throws QueryRejectedException if CDS does not answer
     */
    public static double @Nullable [] position(String name) {
        return position(name, RemoteText.get(URL + ExternalService.encoded(name), 1));
    }

    static double @Nullable [] position(String name, String reply) {
        Matcher found = POSITION.matcher(reply);
        return found.find()
                ? new double[] {Double.parseDouble(found.group(1)), Double.parseDouble(found.group(2))}
                : null;
    }
}
