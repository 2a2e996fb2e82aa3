package io.spectractor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.catalogue.series.LightCurve;
import io.spectractor.catalogue.series.SeriesFunction;
import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.TableBuilder;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Light curves of anybody's table: dips, the best of them, functions of one's own. */
class SeriesCommandsTest {
    private static final int STARS = 40;
    private static final int POINTS = 120;

    @TempDir
    private Path temp;

    private Path catalogue;

    /** The brightest point, less a parameter. */
    public static final class Brightest implements SeriesFunction {
        private final double less;

        public Brightest(Map<String, String> parameters) {
            this.less = Double.parseDouble(parameters.getOrDefault("less", "0"));
        }

        @Override
        public List<String> results() {
            return List.of("brightest");
        }

        @Override
        public double[] apply(LightCurve curve) {
            return new double[] {java.util.Arrays.stream(curve.value()).min().orElse(Double.NaN) - less};
        }
    }

    /** Stars of magnitude 15 with points every half day; every fourth has a dip, the deeper the higher its number. */
    @BeforeEach
    void stars() {
        catalogue = temp.resolve("catalogue");
        Program.run("create", catalogue);
        SplittableRandom random = new SplittableRandom(6);
        double[] ra = new double[STARS];
        double[] dec = new double[STARS];
        String[] name = new String[STARS];
        double[][] mjd = new double[STARS][POINTS];
        double[][] mag = new double[STARS][POINTS];
        double[][] err = new double[STARS][POINTS];
        String[][] band = new String[STARS][POINTS];
        for (int i = 0; i < STARS; i++) {
            ra[i] = random.nextDouble(0, 360);
            dec[i] = random.nextDouble(-80, 80);
            name[i] = i == 7 ? "hd 111980" : "star " + i;
            for (int k = 0; k < POINTS; k++) {
                mjd[i][k] = 58000 + 0.51 * k;
                band[i][k] = k % 2 == 0 ? "g" : "r";
                err[i][k] = 0.02;
                double dip = i % 4 == 1 ? 0.05 * i * Math.max(0, 1 - Math.abs(k - 60) / 8.0) : 0;
                mag[i][k] = 15 + dip + random.nextDouble(-0.03, 0.03);
            }
        }
        Path file = temp.resolve("stars.parquet");
        ParquetTables.write(
                new TableBuilder()
                        .add("name", name)
                        .add("ra", ra)
                        .add("dec", dec)
                        .addStruct(
                                "lightcurve",
                                new TableBuilder()
                                        .addLists("mjd", mjd)
                                        .addLists("mag", mag)
                                        .addLists("magerr", err)
                                        .addLists("band", band))
                        .build(),
                file);
        assertThat(Program.run("import", catalogue, "--from", file, "--name", "ztf")
                        .code())
                .isZero();
    }

    private Program.Result run(String... words) {
        List<Object> all = new java.util.ArrayList<>(List.of((Object[]) words));
        all.addAll(List.of("--catalogue", catalogue));
        return Program.run(all.toArray());
    }

    private Program.Result series(String... words) {
        List<String> all = new java.util.ArrayList<>(List.of(words));
        all.addAll(List.of("--series", "lightcurve", "--error", "magerr"));
        return run(all.toArray(String[]::new));
    }

    @Test
    void anExpressionStandsInForAFunction() {
        // deep dips have points more than ten errors below the median: those of stars 5, 9 and so on to 37
        assertThat(series(
                                "apply",
                                "ztf",
                                "--expression",
                                "deep = sum(value > median(value) + 10 * error)",
                                "--keep",
                                "deep > 0",
                                "--save",
                                "deep")
                        .out())
                .contains("9 of 40 rows saved as deep");
        assertThat(series(
                                "apply",
                                "ztf",
                                "--expression",
                                "n=count(mag) / 2 + -1 * (max(time) - min(mjd)) * 0",
                                "--keep",
                                "n >= 60")
                        .out())
                .contains("40 of 40 rows");
        assertThat(series("apply", "ztf", "--expression", "x=abs(value - 15)").err())
                .contains("put count(...)");
        assertThat(series("apply", "ztf", "--expression", "x=sum(nothing)").err())
                .contains("no field nothing")
                .contains("magerr");
        for (String wrong :
                List.of("sum(value)", "x=", "x=sum(value", "x=sum(value))", "x=1..2", "x=sum(value) <", "x=y(1)")) {
            assertThat(series("apply", "ztf", "--expression", wrong).code())
                    .as(wrong)
                    .isEqualTo(2);
        }
    }

    @Test
    void dipsAreFoundAndTheBestDrawn() throws IOException {
        assertThat(series("dips", "ztf", "--min-significance", "20", "--save", "dippers")
                        .out())
                .contains("9 of 40 rows saved as dippers");
        Path pictures = temp.resolve("best");
        Program.Result top = series("top", "dippers", "--by", "intmag", "-n", "3", "--plot", pictures.toString());
        assertThat(top.out().lines().skip(1).limit(3).map(line -> line.replaceAll("^\\d+ +(star \\d+) .*", "$1")))
                .containsExactly("star 37", "star 33", "star 29");
        try (Stream<Path> files = Files.list(pictures)) {
            List<Path> all = files.sorted().toList();
            assertThat(all)
                    .extracting(p -> p.getFileName().toString())
                    .containsExactly("01_star_37.png", "02_star_33.png", "03_star_29.png");
            assertThat(ImageIO.read(all.get(0).toFile()).getWidth()).isEqualTo(1100);
        }
        assertThat(run("show", "dippers").out()).contains("catalogue dips --bands g,r --min-significance 20.0");
        assertThat(Program.run("verify", catalogue).code()).isZero();
        assertThat(series("dips", "ztf", "--set", "gap=1").err()).contains("no parameter gap");
    }

    @Test
    void aFunctionOfOnesOwnByItsClass() {
        String type = Brightest.class.getName();
        assertThat(series(
                                "apply",
                                "ztf",
                                "--function",
                                type,
                                "--set",
                                "less=14",
                                "--keep",
                                "brightest < 1",
                                "--save",
                                "b")
                        .out())
                .contains("40 of 40 rows saved as b");
        assertThat(run("show", "b").out()).contains("brightest  double", "--set less=14");
        assertThat(series("apply", "ztf", "--function", "org.me.None").err()).contains("no class org.me.None");
        assertThat(series("apply", "ztf", "--function", "java.lang.String").err())
                .contains("does not implement");
    }

    @Test
    void aLightCurveByNameAndByPosition() throws IOException {
        Path csv = temp.resolve("lc.csv");
        assertThat(series("lightcurve", "star 50", "--table", "ztf").err()).contains("there is no star 50", "star 0");
        Program.run("cone", "ztf", "0", "0", "180", "--columns", "name,ra,dec", "--to", csv, "--catalogue", catalogue);
        String[] star = Files.readAllLines(csv).get(1).split(",", -1);
        assertThat(series(
                                "lightcurve",
                                star[1] + "," + star[2],
                                "--table",
                                "ztf",
                                "--bands",
                                "g",
                                "--to",
                                csv.toString())
                        .out())
                .contains("60 points");
        assertThat(Files.readAllLines(csv)).hasSize(61).first().isEqualTo("mjd,mag,magerr,band");
        assertThat(series("lightcurve", "0,89.9", "--table", "ztf").err()).contains("no star within 5.0 arcsec");
        assertThat(series("lightcurve", "12h,5d", "--table", "ztf").err()).contains("neither a name nor a position");
        assertThat(series("lightcurve", star[1] + "," + star[2], "--table", "ztf", "--bands", "q")
                        .err())
                .contains("there is nothing in q; there is g, r");
    }

    @Test
    void namesWithAndWithoutBlanksAreOneStar() throws IOException {
        Path csv = temp.resolve("lc.csv");
        series("lightcurve", "star 5", "--table", "ztf", "--to", csv.toString());
        String fifth = Files.readString(csv);
        series("lightcurve", "hd 111980", "--table", "ztf", "--to", csv.toString());
        String seventh = Files.readString(csv);
        assertThat(fifth).hasLineCount(POINTS + 1).isNotEqualTo(seventh);
        for (String spelling : List.of("star 5", "STAR 5", "Star5")) {
            assertThat(series("lightcurve", spelling, "--table", "ztf", "--to", csv.toString())
                            .code())
                    .as(spelling)
                    .isZero();
            assertThat(csv).as(spelling).hasContent(fifth);
        }
        for (String spelling : List.of("HD111980", "HD 111980", "hd111980")) {
            series("lightcurve", spelling, "--table", "ztf", "--to", csv.toString());
            assertThat(csv).as(spelling).hasContent(seventh);
        }
    }

    @Test
    void aLightCurveIsDrawn() throws IOException {
        Path picture = temp.resolve("lc.png");
        assertThat(series("lightcurve", "star 5", "--table", "ztf", "--plot", picture.toString())
                        .out())
                .contains("drawn in " + picture);
        BufferedImage image = ImageIO.read(picture.toFile());
        // two bands, points in colour on white
        long coloured = IntStream.range(0, image.getWidth() * image.getHeight())
                .filter(i -> {
                    Color colour = new Color(image.getRGB(i % image.getWidth(), i / image.getWidth()));
                    return Math.abs(colour.getRed() - colour.getBlue()) > 60;
                })
                .count();
        assertThat(coloured).isGreaterThan(POINTS);
    }

    /** A process of its own: what a process inherits it cannot change. */
    @Test
    void theCatalogueComesFromTheEnvironment() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.spectractor.catalogue.Main",
                        "list")
                .redirectErrorStream(true);
        builder.environment().put("SPECTRACTOR_CATALOGUE", catalogue.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("ztf", STARS + " rows");
    }
}
