package io.spectractor.serve.vo;

import io.spectractor.serve.data.QueryRejectedException;
import java.io.ByteArrayInputStream;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Looks at a VOTable of somebody else before it is read as a table. A VOTable may say that its rows, or parts of its text, lie in another
 * file or at another address, and a reader follows it there; it may claim sizes that no memory holds. A table that came with
 * a query has its rows inside and is of a sensible size, or is refused.
 */
final class VoTableCheck {
    private static final int DEEPEST = 60;
    private static final int MOST_COLUMNS = 2000;
    private static final long MOST_CELLS = 50_000_000;
    private static final long LONGEST_ARRAY = 100_000;
    private static final XMLInputFactory FACTORY = factory();

    private final String name;
    private int columns;
    private long cells;

    private VoTableCheck(String name) {
        this.name = name;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }

    /**
     * Looks at one.
     *
     * @param name what messages call it
     * @throws QueryRejectedException if it is no XML, refers to something outside, or claims a size beyond measure
     */
    static void check(String name, byte[] votable) {
        try {
            XMLStreamReader xml = FACTORY.createXMLStreamReader(new ByteArrayInputStream(votable));
            try {
                new VoTableCheck(name).look(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw new QueryRejectedException(
                    name + " is not a VOTable: "
                            + String.valueOf(e.getMessage()).replaceAll("\\s+", " "),
                    e);
        }
    }

    private void look(XMLStreamReader xml) throws XMLStreamException {
        int depth = 0;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw refused("has a DOCTYPE or entities of its own; leave them out");
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEEPEST) {
                        throw refused("has more than " + DEEPEST + " elements inside of each other");
                    }
                    element(xml);
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {
                    // text and comments
                }
            }
        }
    }

    private void element(XMLStreamReader xml) {
        switch (xml.getLocalName().toUpperCase(Locale.ROOT)) {
            case "STREAM" -> stream(xml);
            case "FIELD", "PARAM" -> size(xml);
            case "TABLE" -> columns = 0;
            case "TR" -> {
                cells += Math.max(1, columns);
                if (cells > MOST_CELLS) {
                    throw refused("has more than " + MOST_CELLS + " cells");
                }
            }
            default -> {
                // nothing in others leads elsewhere
            }
        }
    }

    private void stream(XMLStreamReader xml) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String attribute = xml.getAttributeLocalName(i).toLowerCase(Locale.ROOT);
            String value = xml.getAttributeValue(i).strip();
            if (attribute.equals("href")) {
                throw refused("has its rows elsewhere (STREAM href); send them inside of it");
            }
            if (attribute.equals("encoding") && !value.equalsIgnoreCase("base64")) {
                throw refused("has rows with encoding=\"" + value + "\"; base64 is read");
            }
        }
    }

    private void size(XMLStreamReader xml) {
        if (++columns > MOST_COLUMNS) {
            throw refused("has more than " + MOST_COLUMNS + " columns");
        }
        String size = xml.getAttributeValue(null, "arraysize");
        if (size == null) {
            return;
        }
        double elements = 1;
        for (String axis : size.split("x", -1)) {
            String digits = axis.replaceAll("[^0-9]", "");
            elements *= digits.isEmpty() ? 1 : Double.parseDouble(digits);
        }
        if (elements > LONGEST_ARRAY) {
            throw refused(
                    "has a column with arraysize=\"" + size + "\"; at most " + LONGEST_ARRAY + " elements are read");
        }
    }

    private QueryRejectedException refused(String why) {
        return new QueryRejectedException(name + " " + why);
    }
}
