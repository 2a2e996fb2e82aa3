package io.spectractor.serve.page;

import io.javalin.http.Context;
import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.OutputFolders;
import io.spectractor.serve.page.PageQueries.Answer;
import io.spectractor.serve.page.SvgPlot.Series;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One spectrum: its drawing, what is known of it, its image's picture and its run where their folder is known. */
final class SpectrumPage {
    /** The column that names a spectrum. */
    static final String DIGEST = "science_sha256";

    private final PageQueries queries;
    private final Html html;
    private final OutputFolders folders;

    SpectrumPage(PageQueries queries, Html html, OutputFolders folders) {
        this.queries = queries;
        this.html = html;
        this.folders = folders;
    }

    /** The page of a spectrum by itself. */
    static String address(Html html, String digest) {
        return html.base() + "/star?spectrum=" + Html.encoded(digest);
    }

    static String address(Html html, String star, String digest) {
        return html.base() + "/star?star=" + Html.encoded(star) + "&spectrum=" + Html.encoded(digest);
    }

    static void downloads(Html html, String digest, StringBuilder out) {
        for (String suffix : List.of("fits", "csv", "xml")) {
            out.append("<a href=\"").append(html.base()).append("/spectrum/").append(Html.encoded(digest));
            out.append('.').append(suffix).append("\">").append(suffix).append("</a> ");
        }
    }

    /**
     * The page of one spectrum.
     *
     * @param condition of the spectra that it is one of
     * @param digest of the spectrum
     */
    String body(Context http, String star, String condition, String digest) {
        Answer found =
                queries.ask("SELECT * FROM catalogue.spectra WHERE " + DIGEST + " = " + Names.literal(digest), 2);
        if (found.rows().isEmpty()) {
            throw new NotThereException("there is no such spectrum here, or not any more");
        }
        @Nullable Object[] row = found.rows().get(0);
        StringBuilder out = new StringBuilder();
        neighbours(star, condition, digest, out);
        drawn(http, found, row, "spectrum_flux", "At the detector", out);
        drawn(http, found, row, "spectrum_flux_toa", "Above the atmosphere", out);
        out.append("<p>Download as ");
        downloads(html, digest, out);
        out.setLength(out.length() - 1);
        file(text(found, row, "file"), out);
        run(text(found, row, "run"), out);
        out.append(". ").append(ExternalLinks.samp(html.base() + "/spectrum/" + Html.encoded(digest) + ".xml", digest));
        out.append("</p>\n");
        picture(text(found, row, "file"), out);
        facts(found, row, out);
        return out.toString();
    }

    /** Ways to the star, and to the spectra before and after this one. */
    private void neighbours(String star, String condition, String digest, StringBuilder out) {
        Answer all = queries.ask(
                "SELECT science_sha256, exposure, mjd FROM catalogue.spectra WHERE " + condition + " ORDER BY mjd",
                10_000);
        int at = -1;
        for (int i = 0; i < all.rows().size(); i++) {
            at = digest.equals(all.rows().get(i)[0]) ? i : at;
        }
        out.append("<p class=\"ways\"><a href=\"")
                .append(html.base())
                .append("/star?star=")
                .append(Html.encoded(star));
        out.append("\">all of this star</a>");
        if (at >= 0) {
            way(star, all, at - 1, "← before", out);
            out.append(" <span class=\"note\">exposure ")
                    .append(Html.text(all.rows().get(at)[1]))
                    .append(", ");
            out.append(at + 1).append(" of ").append(all.rows().size()).append("</span>");
            way(star, all, at + 1, "after →", out);
        }
        out.append("</p>\n");
    }

    private void way(String star, Answer all, int to, String name, StringBuilder out) {
        if (to >= 0 && to < all.rows().size()) {
            out.append(" <a href=\"")
                    .append(Html.text(
                            address(html, star, String.valueOf(all.rows().get(to)[0]))))
                    .append("\">")
                    .append(name)
                    .append("</a>");
        }
    }

    /** The star of a spectrum. */
    String star(String digest) {
        Answer found =
                queries.ask("SELECT target FROM catalogue.spectra WHERE " + DIGEST + " = " + Names.literal(digest), 1);
        if (found.rows().isEmpty() || found.rows().get(0)[0] == null) {
            throw new NotThereException("there is no such spectrum here, or not any more");
        }
        return String.valueOf(found.rows().get(0)[0]);
    }

    private static @Nullable String text(Answer found, @Nullable Object[] row, String column) {
        int at = found.column(column);
        return at < 0 || row[at] == null || String.valueOf(row[at]).isBlank() ? null : String.valueOf(row[at]);
    }

    private static void drawn(
            Context http, Answer found, @Nullable Object[] row, String flux, String title, StringBuilder out) {
        int x = found.column("spectrum_wavelength");
        int y = found.column(flux);
        int e = found.column(flux + "_err");
        if (x < 0 || y < 0 || !(row[x] instanceof double[] lambda) || !(row[y] instanceof double[] values)) {
            return;
        }
        double[] error = e >= 0 && row[e] instanceof double[] given ? given : null;
        out.append("<h2>").append(title).append("</h2>\n");
        Series series = new Series(title, lambda, values, error, null, true);
        SvgPlot plot = new SvgPlot("wavelength (nm)", "flux (erg/s/cm²/nm)", false).add(series);
        String id = flux.replace("spectrum_", "").replace("_", "");
        out.append(StarPlots.zoomable(http, plot, id, StarPlots.usual(List.of(series)))
                .draw());
    }

    /** The product itself, where the folder it lies in is known. */
    private void file(@Nullable String file, StringBuilder out) {
        if (file == null) {
            return;
        }
        Optional<String> folder = folders.holding(file);
        folder.ifPresent(name -> out.append(" or the <a href=\"")
                .append(files(name, file))
                .append("\">product ")
                .append(Html.text(file))
                .append("</a>"));
    }

    private void run(@Nullable String run, StringBuilder out) {
        if (run == null) {
            return;
        }
        folders.ofRun(run)
                .ifPresent(name -> out.append("; made by run <a href=\"")
                        .append(html.base())
                        .append("/runs/")
                        .append(Html.text(name))
                        .append("/run/")
                        .append(Html.encoded(run))
                        .append("\">")
                        .append(Html.text(run))
                        .append("</a>"));
    }

    private void picture(@Nullable String file, StringBuilder out) {
        if (file == null) {
            return;
        }
        String picture = file.replaceFirst("\\.fits$", "") + ".png";
        folders.holding(picture)
                .ifPresent(name -> out.append("<h2>Its image</h2>\n<img src=\"")
                        .append(files(name, picture))
                        .append("\" alt=\"image, trace and spectrum\">\n"));
    }

    private String files(String folder, String file) {
        return Html.text(
                html.base() + "/runs/" + folder + "/files/" + Html.encoded(file).replace("+", "%20"));
    }

    private static void facts(Answer found, @Nullable Object[] row, StringBuilder out) {
        out.append("<h2>What is known of it</h2>\n<dl>");
        for (int i = 0; i < row.length; i++) {
            ColumnSpec column = found.columns().get(i);
            Object value = row[i];
            boolean known = value != null && !(value instanceof Double number && number.isNaN()) && !"".equals(value);
            if (known && !column.type().isArray() && !column.name().startsWith("_")) {
                out.append("<dt>")
                        .append(Html.text(column.name()))
                        .append("</dt><dd>")
                        .append(Html.text(Html.value(value, column.ucd())));
                out.append(column.unit().isEmpty() ? "" : " " + Html.text(Html.unit(column.unit())));
                if (!column.description().isEmpty() && !column.description().equals(column.name())) {
                    out.append(" <span class=\"note\">")
                            .append(Html.text(column.description()))
                            .append("</span>");
                }
                out.append("</dd>\n");
            }
        }
        out.append("</dl>\n");
    }
}
