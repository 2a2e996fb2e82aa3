package io.spectractor.app;

import java.util.Map;

/** Hadoop's way to write properties down. */
final class HadoopXml {
    private HadoopXml() {}

    static String of(Map<String, String> properties) {
        StringBuilder text = new StringBuilder("<configuration>\n");
        properties.forEach((name, value) -> text.append("<property><name>")
                .append(name)
                .append("</name><value>")
                .append(value)
                .append("</value></property>\n"));
        return text.append("</configuration>\n").toString();
    }
}
