package io.spectractor.core.observation;

import java.util.List;
import java.util.Locale;

/** What a column of a logbook can be about, and the titles observers give it. */
enum LogbookColumn {
    FILE(
            "file",
            "filename",
            "fits",
            "fitsfile",
            "image",
            "imagename",
            "frame",
            "fichier",
            "filepath",
            "fullpath",
            "path"),
    OBJECT("object", "target", "targetname", "objectname", "star", "obj", "source"),
    DISPERSER("disperser", "grating", "dispersor", "grism"),
    X("objposxpix", "xpix", "xpos", "posx", "x0", "x", "targetx", "objectx", "order0x"),
    Y("objposypix", "ypix", "ypos", "posy", "y0", "y", "targety", "objecty", "order0y"),
    WINDOW_X("dx", "windowx", "xwindow"),
    WINDOW_Y("dy", "windowy", "ywindow"),
    COMMENT("comment", "comments", "remark", "remarks", "note", "notes", "logmessage"),
    SKIP("skip", "reject", "rejected", "bad"),
    QUALITY("qualityflag", "quality"),
    KIND("imagetype", "imgtype", "imagetyp", "obstype", "observationtype", "exposuretype", "frametype"),
    EXPOSURE_ID("exposureid", "expid", "visit", "visitid"),
    DAY("dayobs", "obsday"),
    SEQUENCE("seqnum", "sequencenumber", "seqno");

    /** Titles in lower case, letters and digits only; the first counts most. */
    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> titles;

    LogbookColumn(String... titles) {
        this.titles = List.of(titles);
    }

    List<String> titles() {
        return titles;
    }

    /** A title without its unit in brackets, case, blanks and punctuation, which differ from logbook to logbook. */
    static String plain(String title) {
        return title.toLowerCase(Locale.ROOT)
                .replaceAll("\\[[^\\]]*\\]|\\([^)]*\\)", "")
                .replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
