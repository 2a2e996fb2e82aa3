package io.spectractor.serve.vo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents of UWS 1.1. */
final class Uws {
    private static final String NAMES = " xmlns:uws=\"http://www.ivoa.net/xml/UWS/v1.0\""
            + " xmlns:xlink=\"http://www.w3.org/1999/xlink\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" version=\"1.1\">\n";
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private Uws() {}

    static String list(List<Job> jobs, String url) {
        StringBuilder out = new StringBuilder(XML + "<uws:jobs" + NAMES);
        for (Job job : jobs) {
            out.append("<uws:jobref id=\"")
                    .append(job.id())
                    .append("\" xlink:type=\"simple\" xlink:href=\"")
                    .append(Xml.escaped(url + "/" + job.id()))
                    .append("\">\n<uws:phase>")
                    .append(job.phase())
                    .append("</uws:phase>\n")
                    .append(run(job))
                    .append("<uws:creationTime>")
                    .append(time(job.created()))
                    .append("</uws:creationTime>\n</uws:jobref>\n");
        }
        return out.append("</uws:jobs>\n").toString();
    }

    static String job(Job job, String url) {
        StringBuilder out = new StringBuilder(XML + "<uws:job" + NAMES);
        out.append("<uws:jobId>").append(job.id()).append("</uws:jobId>\n");
        out.append(run(job));
        out.append("<uws:ownerId xsi:nil=\"true\"/>\n");
        out.append("<uws:phase>").append(job.phase()).append("</uws:phase>\n");
        out.append("<uws:quote xsi:nil=\"true\"/>\n");
        out.append("<uws:creationTime>").append(time(job.created())).append("</uws:creationTime>\n");
        instant("startTime", job.start(), out);
        instant("endTime", job.end(), out);
        out.append("<uws:executionDuration>").append(job.durationS()).append("</uws:executionDuration>\n");
        out.append("<uws:destruction>").append(time(job.destruction())).append("</uws:destruction>\n");
        out.append(parameters(job));
        out.append(results(job, url));
        String error = job.error();
        if (error != null) {
            out.append("<uws:errorSummary type=\"fatal\" hasDetail=\"true\"><uws:message>")
                    .append(Xml.escaped(error))
                    .append("</uws:message></uws:errorSummary>\n");
        }
        return out.append("</uws:job>\n").toString();
    }

    /** What the client calls it, for clients that find their jobs by that. */
    private static String run(Job job) {
        String run = job.parameters().get("RUNID");
        return run == null ? "" : "<uws:runId>" + Xml.escaped(run) + "</uws:runId>\n";
    }

    /** An element as a document of its own. */
    static String document(String element) {
        return XML
                + element.replaceFirst(
                        ">", java.util.regex.Matcher.quoteReplacement(NAMES.replace(" version=\"1.1\">\n", "") + ">"));
    }

    static String parameters(Job job) {
        StringBuilder out = new StringBuilder("<uws:parameters>\n");
        job.parameters().map().forEach((name, values) -> {
            if (!name.equals("PHASE") && !values.isEmpty()) {
                out.append("<uws:parameter id=\"")
                        .append(Xml.escaped(name.toLowerCase(java.util.Locale.ROOT)))
                        .append("\">")
                        .append(Xml.escaped(values.get(0)))
                        .append("</uws:parameter>\n");
            }
        });
        return out.append("</uws:parameters>\n").toString();
    }

    static String results(Job job, String url) {
        String result = job.phase() == Job.Phase.COMPLETED
                ? "<uws:result id=\"result\" xlink:type=\"simple\" xlink:href=\""
                        + Xml.escaped(url + "/" + job.id() + "/results/result") + "\"/>\n"
                : "";
        return "<uws:results>\n" + result + "</uws:results>\n";
    }

    private static void instant(String name, @Nullable Instant instant, StringBuilder out) {
        out.append("<uws:")
                .append(name)
                .append(instant == null ? " xsi:nil=\"true\"/>\n" : ">" + time(instant) + "</uws:" + name + ">\n");
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
