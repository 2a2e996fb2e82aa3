package io.spectractor.calib.target;

import io.spectractor.core.target.Target;
import io.spectractor.core.target.TargetCatalogue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the XML of CDS Sesame (options {@code -oxp}): the first resolver that knows a position. */
final class SesameReply {
    private static final double LIGHT_KM_S = 299_792.458;

    /** Object types of SIMBAD and NED that are galaxies of some kind. */
    private static final Set<String> GALAXIES = Set.of(
            "G", "GALAXY", "QSO", "AGN", "AG?", "BLL", "BLA", "BL?", "SYG", "SY1", "SY2", "RG", "LIN", "EMG", "SBG",
            "BCG", "GIC", "GIG", "GIP", "IG", "PAG", "LSB", "H2G", "BIC", "Q?", "BZ?", "RADIOS");

    private double raDeg = Double.NaN;
    private double decDeg = Double.NaN;
    private double redshift;
    private String type = "";

    private SesameReply() {}

    /**
     * The target in a reply, or nothing if no resolver knows it.
     *
     * @param name as asked
     * @throws IOException if this is not a reply of Sesame
     */
    static Optional<TargetRecord> read(String name, byte[] xml, String source) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        // what comes from outside must not make us read other files or URLs
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            boolean sesame = false;
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    sesame |= reader.getLocalName().equals("Sesame");
                    if (reader.getLocalName().equals("Resolver")) {
                        SesameReply reply = new SesameReply();
                        reply.resolver(reader);
                        if (Double.isFinite(reply.raDeg) && Double.isFinite(reply.decDeg)) {
                            return Optional.of(reply.record(name, source));
                        }
                    }
                }
            }
            if (!sesame) {
                throw new IOException("the answer is not of Sesame");
            }
            return Optional.empty();
        } catch (XMLStreamException | NumberFormatException e) {
            throw new IOException("the answer is not of Sesame: " + e.getMessage(), e);
        }
    }

    private void resolver(XMLStreamReader reader) throws XMLStreamException {
        Deque<String> path = new ArrayDeque<>();
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    path.addLast(reader.getLocalName());
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    if (path.isEmpty()) {
                        return;
                    }
                    take(String.join("/", path), text.toString().strip());
                    path.removeLast();
                    text.setLength(0);
                }
                default -> {}
            }
        }
    }

    private void take(String path, String text) {
        switch (path) {
            case "jradeg" -> raDeg = Double.parseDouble(text);
            case "jdedeg" -> decDeg = Double.parseDouble(text);
            case "otype" -> type = text;
            case "Vel/v" -> redshift = Double.parseDouble(text) / LIGHT_KM_S;
            case "z/v" -> redshift = Double.parseDouble(text);
            default -> {}
        }
    }

    private TargetRecord record(String name, String source) {
        String key = TargetCatalogue.normalise(type);
        Target.Kind kind = key.startsWith("PN")
                ? Target.Kind.PLANETARY_NEBULA
                : GALAXIES.contains(key) ? Target.Kind.GALAXY : TargetCatalogue.probableKind(name);
        return new TargetRecord(name, kind, raDeg, decDeg, redshift, null, null, source, null);
    }
}
