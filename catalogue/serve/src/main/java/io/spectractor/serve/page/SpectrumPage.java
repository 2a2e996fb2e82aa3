package io.spectractor.serve.page;

import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.OutputFolders;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.TableSpec;
import io.spectractor.serve.page.PageQueries.Answer;
import io.spectractor.serve.page.SvgPlot.Series;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One spectrum: its drawing, what is known of it, its image's picture and its run where their folder is known. */
final class SpectrumPage {
    private final PageQueries queries;
    private final Html html;
    private final OutputFolders folders;

    SpectrumPage(PageQueries queries, Html html, OutputFolders folders) {
        this.queries = queries;
        this.html = html;
        this.folders = folders;
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

    String body(String star, String digest, TableSpec table) {
        Answer found =
                queries.ask("SELECT * FROM catalogue.spectra WHERE science_sha256 = " + Names.literal(digest), 2);
        if (found.rows().isEmpty()) {
            throw new QueryRejectedException("there is no such spectrum here, or not any more");
        }
        @Nullable Object[] row = found.rows().get(0);
        StringBuilder out = new StringBuilder(
                "<p><a href=\"" + html.base() + "/star?star=" + Html.encoded(star) + "\">all of this star</a></p>\n");
        drawn(found, row, "spectrum_flux", "At the detector", out);
        drawn(found, row, "spectrum_flux_toa", "Above the air", out);
        out.append("<p>Download as ");
        downloads(html, digest, out);
        file(text(found, row, "file"), out);
        run(text(found, row, "run"), out);
        out.append("</p>\n");
        picture(text(found, row, "file"), out);
        facts(found, row, out);
        return out.toString();
    }

    private static @Nullable String text(Answer found, @Nullable Object[] row, String column) {
        int at = found.column(column);
        return at < 0 || row[at] == null || String.valueOf(row[at]).isBlank() ? null : String.valueOf(row[at]);
    }

    private static void drawn(Answer found, @Nullable Object[] row, String flux, String title, StringBuilder out) {
        int x = found.column("spectrum_wavelength");
        int y = found.column(flux);
        int e = found.column(flux + "_err");
        if (x < 0 || y < 0 || !(row[x] instanceof double[] lambda) || !(row[y] instanceof double[] values)) {
            return;
        }
        double[] error = e >= 0 && row[e] instanceof double[] given ? given : null;
        out.append("<h2>").append(title).append("</h2>\n");
        out.append(new SvgPlot("wavelength (nm)", "flux (erg/s/cm²/nm)", false)
                .add(new Series(title, lambda, values, error, null, true))
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
            if (row[i] != null && !column.type().isArray()) {
                out.append("<dt>")
                        .append(Html.text(column.name()))
                        .append("</dt><dd>")
                        .append(Html.text(row[i]));
                out.append(column.unit().isEmpty() ? "" : " " + Html.text(column.unit()))
                        .append("</dd>\n");
            }
        }
        out.append("</dl>\n");
    }
}
