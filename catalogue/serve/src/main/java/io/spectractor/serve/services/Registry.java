package io.spectractor.serve.services;

import io.spectractor.serve.services.ExternalService.Kind;
import io.spectractor.serve.vo.RemoteVoTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The registry of the Virtual Observatory, by RegTAP 1.1. */
final class Registry {
    private static final int MOST = 60;
    private static final int MEGABYTES = 5;

    private final String url;
    private final boolean trusted;

    /**
     * A registry.
     *
     * @param url address of its TAP service
     * @param trusted whether it, and what it names, may be on this machine or a private network
     */
    Registry(String url, boolean trusted) {
        this.url = url.replaceFirst("/+$", "");
        this.trusted = trusted;
    }

    String url() {
        return url;
    }

    boolean isTrusted() {
        return trusted;
    }

    /**
     * Services that speak a protocol and have a word in their title or description.
     *
     * @throws io.spectractor.serve.data.QueryRejectedException if the registry does not answer
     */
    List<ExternalService> find(Kind kind, String keyword) {
        String word = ExternalService.literal("%" + keyword.toLowerCase(Locale.ROOT) + "%");
        String query =
                "SELECT DISTINCT TOP " + MOST + " res_title, access_url FROM rr.resource NATURAL JOIN rr.capability"
                        + " NATURAL JOIN rr.interface WHERE LOWER(standard_id) LIKE "
                        + ExternalService.literal(kind.standard() + "%") + " AND intf_role LIKE 'std%'"
                        + (kind == Kind.OBSCORE
                                ? " AND ivoid IN (SELECT ivoid FROM rr.res_detail WHERE detail_xpath ="
                                        + " '/capability/dataModel/@ivo-id' AND LOWER(detail_value) LIKE"
                                        + " 'ivo://ivoa.net/std/obscore%')"
                                : "")
                        + " AND (LOWER(res_title) LIKE " + word + " OR LOWER(res_description) LIKE " + word
                        + ") ORDER BY res_title";
        RemoteVoTable found = RemoteVoTable.get(
                url + "/sync?REQUEST=doQuery&LANG=ADQL&FORMAT=votable&QUERY=" + ExternalService.encoded(query),
                MEGABYTES,
                trusted);
        int title = found.column("res_title");
        int address = found.column("access_url");
        List<ExternalService> services = new ArrayList<>();
        for (@Nullable Object[] row : found.rows()) {
            String at = address < 0 ? "" : String.valueOf(row[address]).strip();
            if (at.matches("https?://.+")) {
                services.add(new ExternalService(kind, title < 0 ? at : String.valueOf(row[title]), at));
            }
        }
        return services;
    }
}
