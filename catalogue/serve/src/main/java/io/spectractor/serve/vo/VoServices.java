package io.spectractor.serve.vo;

import io.spectractor.serve.data.TableSpec;
import java.util.List;

/** What the protocols add to the tables. */
public final class VoServices {
    private VoServices() {}

    /**
     * The tables given, those of ObsCore, and those that tell of all.
     *
     * @param url address of the server
     * @param collection name of the catalogue
     * @param authority authority of the identifiers
     */
    public static List<TableSpec> completed(List<TableSpec> tables, String url, String collection, String authority) {
        return TapSchema.with(ObsCore.with(tables, url, collection, authority));
    }
}
