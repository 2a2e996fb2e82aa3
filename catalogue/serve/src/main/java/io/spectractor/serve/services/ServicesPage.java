package io.spectractor.serve.services;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spectractor.serve.data.BusyException;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.page.ExternalLinks;
import io.spectractor.serve.page.Html;
import io.spectractor.serve.services.ExternalService.Kind;
import io.spectractor.serve.services.ExternalService.Question;
import io.spectractor.serve.vo.RemoteVoTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One form that finds services of others and asks them; offline it says so. */
public final class ServicesPage implements AutoCloseable {
    private static final int ASKED = 8;
    private static final int ROWS = 25;
    private static final int COLUMNS = 10;
    private static final int MEGABYTES = 10;
    /** How long a form may wait until others are done, seconds. */
    private static final int TURN_S = 30;

    private final Registry registry;
    private final Positions positions;
    private final Html html;
    private final Semaphore forms = new Semaphore(3);
    private final ExecutorService workers = Executors.newFixedThreadPool(4, work -> {
        Thread thread = new Thread(work, "services");
        thread.setDaemon(true);
        return thread;
    });

    /** Where an object of a name is. */
    @FunctionalInterface
    public interface Positions {
        /** Right ascension and declination, degrees; null if nobody knows it. */
        double @Nullable [] of(String name);
    }

    /**
     * The page.
     *
     * @param url address of the registry's TAP service
     * @param trusted whether the registry, and what it names, may be on this machine or a private network
     * @param positions of names
     */
    public ServicesPage(String url, boolean trusted, Positions positions, Html html) {
        this.registry = new Registry(url, trusted);
        this.positions = positions;
        this.html = html;
    }

    /** Adds it. */
    public void add(RoutesConfig routes) {
        routes.get(
                "/services",
                http -> http.contentType("text/html; charset=utf-8").result(page(http)));
    }

    private String page(Context http) {
        StringBuilder out = new StringBuilder();
        ServicesForm form;
        try {
            form = ServicesForm.of(http);
        } catch (QueryRejectedException e) {
            http.status(400);
            return html.page("Services", "/services", Html.error(e.getMessage()));
        }
        out.append(
                "<p>Find services of other archives by a word in their title or description, then tick those that are to be"
                        + " queried at a position.</p>\n");
        out.append(form.html(html.base()));
        try {
            takeTurn();
            try {
                answer(form, out);
            } finally {
                forms.release();
            }
        } catch (QueryRejectedException e) {
            http.status(400);
            out.append(Html.error(e.getMessage()));
        } catch (BusyException e) {
            http.status(503);
            out.append(Html.error(e.getMessage()));
        }
        out.append("</form>\n<p class=\"note\">Services are found in the registry at ")
                .append(Html.text(registry.url()));
        out.append(" (<code>--registry</code>). Names are looked up here first, then at CDS.</p>\n");
        return html.page("Services", "/services", out.toString());
    }

    private void takeTurn() {
        try {
            if (!forms.tryAcquire(TURN_S, TimeUnit.SECONDS)) {
                throw new BusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        }
    }

    private void answer(ServicesForm form, StringBuilder out) {
        List<ExternalService> services = List.of();
        if (form.keyword() != null) {
            try {
                services = registry.find(form.kind(), form.keyword());
                list(services, form, out);
            } catch (QueryRejectedException e) {
                out.append(Html.error("The registry gives no answer. Without network this page can't find services. ("
                        + e.getMessage() + ")"));
            }
        }
        // an address that nobody found in the registry is not asked
        List<ExternalService> asked = services.stream()
                .filter(service -> form.chosen().contains(service.url()))
                .toList();
        if (asked.size() > ASKED) {
            throw new QueryRejectedException("at most " + ASKED + " services are asked at once");
        }
        if (!asked.isEmpty()) {
            Question question = question(form);
            out.append("<p>At ")
                    .append(Html.text(question.ra()))
                    .append(' ')
                    .append(Html.text(question.dec()))
                    .append(": ")
                    .append(ExternalLinks.aladin(question.ra(), question.dec()))
                    .append("</p>\n");
            List<String> unasked = asked.get(0).unasked(question);
            if (!unasked.isEmpty()) {
                out.append("<p class=\"note\">Services of this kind cannot be asked for ")
                        .append(String.join(", ", unasked))
                        .append("; the answers are for all.</p>\n");
            }
            ask(asked, question, out);
        }
    }

    private Question question(ServicesForm form) {
        if (form.ra() != null || form.dec() != null) {
            return form.question(
                    ServicesForm.number("right ascension", form.ra()), ServicesForm.number("declination", form.dec()));
        }
        if (form.name() == null) {
            throw new QueryRejectedException("write the name of an object, or a position");
        }
        double[] at = positions.of(form.name());
        if (at == null) {
            throw new QueryRejectedException("the position of " + form.name() + " is unknown; enter a position");
        }
        return form.question(at[0], at[1]);
    }

    private static void list(List<ExternalService> services, ServicesForm form, StringBuilder out) {
        out.append("<fieldset><legend>").append(services.size()).append(" services</legend>\n<div class=\"choices\">");
        for (ExternalService service : services) {
            out.append("<label class=\"choice\" title=\"")
                    .append(Html.text(service.url()))
                    .append("\">");
            out.append("<input type=\"checkbox\" name=\"service\" value=\"").append(Html.text(service.url()));
            out.append(form.chosen().contains(service.url()) ? "\" checked> " : "\"> ");
            out.append(Html.text(service.title())).append("</label>\n");
        }
        out.append("</div></fieldset>\n");
        if (!services.isEmpty()) {
            out.append("<button>Query the selected services</button>\n");
        }
    }

    private void ask(List<ExternalService> asked, Question question, StringBuilder out) {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (ExternalService service : asked) {
            answers.add(CompletableFuture.supplyAsync(() -> answer(service, question), workers));
        }
        answers.forEach(answer -> out.append(answer.join()));
    }

    private String answer(ExternalService service, Question question) {
        String address = service.address(question);
        StringBuilder out = new StringBuilder("<h2>" + Html.text(service.title()) + "</h2>\n");
        try {
            RemoteVoTable table = RemoteVoTable.get(address, MEGABYTES, registry.isTrusted());
            List<@Nullable Object[]> rows = filtered(table.rows(), service.kind(), question);
            out.append("<p>").append(rows.size()).append(rows.size() == 1 ? " row" : " rows");
            out.append(" (<a rel=\"noreferrer\" href=\"")
                    .append(Html.text(address))
                    .append("\">VOTable</a>) ")
                    .append(rows.isEmpty() ? "" : ExternalLinks.samp(address, service.title()))
                    .append("</p>\n");
            if (!rows.isEmpty()) {
                rows(table.columns(), rows, out);
            }
        } catch (QueryRejectedException e) {
            out.append(Html.error(e.getMessage()));
        }
        return out.toString();
    }

    /** SSA knows no instruments, so its rows are looked through. */
    private static List<@Nullable Object[]> filtered(List<@Nullable Object[]> rows, Kind kind, Question question) {
        String wanted = question.instrument();
        if (wanted == null || kind != Kind.SSA) {
            return rows;
        }
        String word = wanted.toLowerCase(Locale.ROOT);
        return rows.stream()
                .filter(row -> java.util.Arrays.stream(row)
                        .anyMatch(cell -> cell instanceof String text
                                && text.toLowerCase(Locale.ROOT).contains(word)))
                .toList();
    }

    private static void rows(List<String> columns, List<@Nullable Object[]> rows, StringBuilder out) {
        int shown = Math.min(COLUMNS, columns.size());
        out.append("<div class=\"wide\"><table><tr>");
        columns.subList(0, shown)
                .forEach(name -> out.append("<th>").append(Html.text(name)).append("</th>"));
        out.append("</tr>\n");
        for (@Nullable Object[] row : rows.subList(0, Math.min(ROWS, rows.size()))) {
            out.append("<tr>");
            for (int i = 0; i < shown; i++) {
                out.append("<td>").append(cell(row[i])).append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</table></div>\n");
    }

    private static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.getClass().isArray() ? "..." : value.toString();
        return text.matches("https?://\\S+")
                ? "<a rel=\"noreferrer\" href=\"" + Html.text(text) + "\">open</a>"
                : Html.text(text.length() > 80 ? text.substring(0, 80) + "..." : text);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
