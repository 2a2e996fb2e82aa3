package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.sky.Cone;
import io.spectractor.sky.Polygon;
import io.spectractor.sky.Region;
import io.spectractor.sky.Sphere;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries give what they should, and what is not ADQL gives an error that says so. */
class AdqlTest {
    @TempDir
    private static Path temp;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        SmallCatalogue.write(temp.resolve("catalogue"));
        server = new RunningServer(temp, null, "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String inside(Region region) {
        double[][] points = SmallCatalogue.points();
        return IntStream.range(0, SmallCatalogue.POINTS)
                .filter(i -> region.contains(points[0][i], points[1][i]))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("\n"));
    }

    private static String lines(String csv) {
        return csv.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @CsvSource({"193.3,-18.5,20", "0,0,15", "359.9,5,3", "10,89,12", "200,-90,7", "45,45,0", "120,30,80"})
    void conesHoldWhatTheyShould(double ra, double dec, double radius) throws IOException, InterruptedException {
        String circle = "CIRCLE('ICRS', " + ra + ", " + dec + ", " + radius + ")";
        String expected = inside(new Cone(ra, dec, radius));
        assertThat(lines(server.csv("SELECT id FROM points WHERE 1 = CONTAINS(POINT('ICRS', ra, dec), " + circle
                        + ") ORDER BY id")))
                .isEqualTo(expected);
        assertThat(lines(server.csv("SELECT id FROM points AS p WHERE p.\"Mag\" > 0 AND (INTERSECTS(" + circle
                        + ", POINT(p.ra, p.dec)) = 1) ORDER BY id")))
                .isEqualTo(expected);
        assertThat(lines(server.csv("SELECT id FROM points WHERE DISTANCE(POINT(ra, dec), POINT(" + ra + ", " + dec
                        + ")) <= " + radius + " ORDER BY id")))
                .isEqualTo(expected);
        // without a hint of where to look
        assertThat(lines(server.csv("SELECT id FROM points WHERE DISTANCE(ra, dec, " + ra + ", " + dec + ") <= "
                        + radius + " ORDER BY id")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10,-20, 60,-25, 50,40, 30,-10, 5,30",
                "350,-10, 12,-10, 12,20, 350,20",
                "0,70, 90,72, 180,68, 270,75"
            })
    void polygonsHoldWhatTheyShould(String corners) throws IOException, InterruptedException {
        double[] v = java.util.Arrays.stream(corners.split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double[] ra =
                IntStream.range(0, v.length / 2).mapToDouble(i -> v[2 * i]).toArray();
        double[] dec =
                IntStream.range(0, v.length / 2).mapToDouble(i -> v[2 * i + 1]).toArray();
        String expected = inside(new Polygon(ra, dec));
        assertThat(expected).isNotEmpty();
        assertThat(lines(server.csv("SELECT id FROM points WHERE CONTAINS(POINT(ra, dec), POLYGON(" + corners
                        + ")) = 1 ORDER BY id")))
                .isEqualTo(expected);
    }

    /** Corners of a box of ADQL 2.1: in the plane that touches the sphere at its centre. */
    @Test
    void aBoxHasGreatCirclesForSides() throws IOException, InterruptedException {
        double[][] points = SmallCatalogue.points();
        String expected = IntStream.range(0, SmallCatalogue.POINTS)
                .filter(i -> {
                    double d = Math.toRadians(points[1][i]);
                    double h = Math.toRadians(points[0][i] - 100);
                    double c = Math.toRadians(60);
                    double front = Math.sin(c) * Math.sin(d) + Math.cos(c) * Math.cos(d) * Math.cos(h);
                    double x = Math.cos(d) * Math.sin(h) / front;
                    double y = (Math.cos(c) * Math.sin(d) - Math.sin(c) * Math.cos(d) * Math.cos(h)) / front;
                    return front > 0
                            && Math.abs(x) <= Math.tan(Math.toRadians(15))
                            && Math.abs(y) <= Math.tan(Math.toRadians(10));
                })
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("\n"));
        assertThat(expected.lines().count()).isGreaterThan(20);
        assertThat(lines(server.csv(
                        "SELECT id FROM points WHERE 1 = CONTAINS(POINT(ra, dec), BOX(100, 60, 30, 20)) ORDER BY id")))
                .isEqualTo(expected);
    }

    /** The first of two tables has 1 and 2, the other 2 and 3. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RIGHT | 2,2,2 3,,3",
                "LEFT | 1,1, 2,2,2",
                "FULL | 1,1, 2,2,2 3,,3",
                "INNER | 2,2,2",
            })
    void aJoinedColumnHasTheValueOfTheSideThatHasARow(String kind, String rows)
            throws IOException, InterruptedException {
        String from = " FROM (SELECT id AS k, id AS a FROM points WHERE id IN (1, 2)) AS l " + kind
                + " JOIN (SELECT id AS k, id AS b FROM points WHERE id IN (2, 3)) AS r";
        String expected = rows.replace(' ', '\n');
        assertThat(lines(server.csv("SELECT k, a, b" + from + " USING (k) ORDER BY k")))
                .isEqualTo(expected);
        assertThat(lines(server.csv("SELECT *" + from + " USING (k) ORDER BY k")))
                .isEqualTo(expected);
        String natural = from.replace(kind + " JOIN", "NATURAL " + kind.replace("INNER", "") + " JOIN");
        assertThat(lines(server.csv("SELECT *" + natural + " ORDER BY k"))).isEqualTo(expected);
        // the names of both sides are still there
        assertThat(lines(server.csv("SELECT COUNT(l.k) AS n, COUNT(r.k) AS m, COUNT(k) AS o" + from + " USING (k)")))
                .isEqualTo(expected.lines()
                                .filter(row -> !row.split(",", -1)[1].isEmpty())
                                .count() + ","
                        + expected.lines()
                                .filter(row -> !row.split(",", -1)[2].isEmpty())
                                .count() + ","
                        + expected.lines().count());
    }

    @Test
    void joinsByNameFollowEachOther() throws IOException, InterruptedException {
        String three = " FROM (SELECT id AS k FROM points WHERE id IN (1, 2)) AS a"
                + " FULL JOIN (SELECT id AS k FROM points WHERE id IN (2, 3)) AS b USING (k)"
                + " LEFT JOIN (SELECT id AS k, id AS c FROM points WHERE id IN (1, 3)) AS c USING (k)";
        assertThat(lines(server.csv("SELECT k, c" + three + " ORDER BY k"))).isEqualTo("1,1\n2,\n3,3");
        assertThat(server.csv("SELECT k FROM points AS p JOIN (SELECT id AS k FROM points) AS q ON p.id = q.k"
                        + " JOIN (SELECT id AS k FROM points) AS r USING (k) WHERE p.id = 7"))
                .isEqualTo("7");
        assertThat(server.csv("SELECT k" + three + ", (SELECT id AS k FROM points) AS d"))
                .startsWith("400")
                .contains("column k is in");
    }

    /** The condition of the cone is read before the join is written. */
    @Test
    void aConeOnJoinedPositions() throws IOException, InterruptedException {
        assertThat(server.csv("SELECT COUNT(*) FROM points AS a JOIN points AS b USING (id, ra, dec)"
                        + " WHERE 1 = CONTAINS(POINT(ra, dec), CIRCLE(193.3, -18.5, 20))"))
                .isEqualTo(server.csv(
                        "SELECT COUNT(*) FROM points WHERE 1 = CONTAINS(POINT(ra, dec), CIRCLE(193.3, -18.5, 20))"));
    }

    @Test
    void aSeedGivesEachRowTheSameNumber() throws IOException, InterruptedException {
        String first = server.csv("SELECT id FROM points WHERE RAND(1) < 0.1 ORDER BY id");
        assertThat(server.csv("SELECT id FROM points WHERE RAND(1) < 0.1 ORDER BY id"))
                .isEqualTo(first);
        // 400 of 4000, give or take five standard deviations
        assertThat(first.lines().count()).isBetween(305L, 495L);
        // another seed has another sample, and the two have a hundredth of the rows in common
        assertThat(Integer.parseInt(server.csv("SELECT COUNT(*) FROM points WHERE RAND(1) < 0.1 AND RAND(2) < 0.1")))
                .isBetween(9, 72);
        assertThat(Integer.parseInt(server.csv("SELECT COUNT(*) FROM points WHERE RAND(1) < 0.5 AND RAND(7) < 0.5")))
                .isBetween(860, 1140);
        assertThat(server.csv("SELECT id FROM points WHERE RAND() < 0.1 ORDER BY id"))
                .isNotEqualTo(server.csv("SELECT id FROM points WHERE RAND() < 0.1 ORDER BY id"));
        // rows of the elements of lists
        assertThat(Integer.parseInt(server.csv("SELECT COUNT(*) FROM spectra_spectrum WHERE RAND(5) < 0.5")))
                .isBetween(1360, 1640);
        assertThat(server.csv(
                        "SELECT COUNT(*) FROM (SELECT target, mjd FROM spectra) AS s WHERE RAND(5) BETWEEN 0 AND 1"))
                .isEqualTo("30");
    }

    /** An eighth of the sphere, whose area and middle are known; small boxes are flat. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POLYGON(0, 0, 90, 0, 0, 90) | 5156.6201562 | 45 | 35.2643897",
                "POLYGON(0, 90, 90, 0, 0, 0) | 5156.6201562 | 45 | 35.2643897",
                "POLYGON(350, -10, 10, -10, 10, 10, 350, 10) | 401.9376 | 0 | 0",
                "BOX(200, 60, 0.1, 0.2) | 0.02 | 200 | 60",
                "CIRCLE(120, -30, 0.1) | 0.0314159 | 120 | -30",
            })
    void regionsHaveAnAreaAndACentre(String region, double area, double ra, double dec)
            throws IOException, InterruptedException {
        double[] found = java.util.Arrays.stream(server.csv("SELECT AREA(" + region + "), COORD1(CENTROID(" + region
                                + ")), COORD2(CENTROID(" + region + "))")
                        .split(",", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(found[0]).isCloseTo(area, within(area * 5e-3));
        assertThat(Math.abs(Math.IEEEremainder(found[1] - ra, 360))).isLessThan(1e-6);
        assertThat(found[2]).isCloseTo(dec, within(1e-5));
        if (region.startsWith("POLYGON(0,")) {
            assertThat(found[0]).isCloseTo(area, within(1e-6));
        }
    }

    @Test
    void aJoinOfPositionsFindsAllPairs() throws IOException, InterruptedException {
        double[][] p = SmallCatalogue.points();
        long pairs = 0;
        for (int i = 0; i < SmallCatalogue.POINTS; i++) {
            for (int k = i + 1; k < SmallCatalogue.POINTS; k++) {
                pairs += Sphere.separation(p[0][i], p[1][i], p[0][k], p[1][k]) <= 0.5 ? 1 : 0;
            }
        }
        assertThat(server.csv("SELECT COUNT(*) FROM points AS a JOIN points AS b ON 1 = CONTAINS(POINT(a.ra, a.dec),"
                        + " CIRCLE(b.ra, b.dec, 0.5)) AND a.id < b.id"))
                .isEqualTo(Long.toString(pairs));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT COUNT(*) FROM spectra | 30",
                "SELECT COUNT(*) FROM spectra_spectrum | 3000",
                "SELECT COUNT(pwv) AS n FROM catalogue.spectra WHERE target LIKE 'HD%' | 20",
                "SELECT target, COUNT(*) AS n FROM spectra GROUP BY target HAVING COUNT(*) > 1 ORDER BY n, target DESC OFFSET 2 | HD111980,10",
                "SELECT TOP 1 exposure FROM spectra ORDER BY mjd DESC | e29",
                "SELECT TOP 1 MOD(7, 4), 7 / 2, 7.0 / 2, POWER(2, 3), TRUNCATE(2.57, 1) FROM points | 3,3,3.5,8.0,2.5",
                "SELECT COUNT(*) FROM spectra WHERE target IN (SELECT target FROM spectra WHERE airmass < 1.005) AND airmass > 1.2 OR exposure = 'e1' | 4",
                "SELECT COUNT(*) FROM spectra WHERE target NOT IN ('HD2811', 'x') AND airmass > 1.2 | 6",
                "SELECT COUNT(*) FROM (SELECT target FROM spectra UNION SELECT target FROM spectra) AS u | 3",
                "WITH w AS (SELECT target, MIN(mjd) AS m FROM spectra GROUP BY target) SELECT COUNT(*) FROM w JOIN spectra AS s ON w.m = s.mjd | 3",
                "SELECT COUNT(*) FROM spectra AS a JOIN spectra AS b USING (target) | 300",
                "SELECT COUNT(*) FROM points LEFT JOIN spectra AS s ON points.id = s.spectral_order WHERE s.target IS NULL | 3999",
                "SELECT TOP 1 CASE WHEN airmass < 2 THEN 'low' ELSE 'high' END AS kind FROM spectra | low",
                "SELECT COUNT(*) FROM ivoa.obscore WHERE 1 = INTERSECTS(s_region, CIRCLE('ICRS', 193.31, -18.5, 0.02)) | 10",
                "SELECT COUNT(*) FROM TAP_SCHEMA.tables WHERE table_name = 'TAP_SCHEMA.tables' | 1",
                "SELECT COUNT(*) FROM points WHERE mag > 10 AND \"Mag\" > 10 | 4000",
            })
    void queriesGiveWhatTheyShould(String query, String expected) throws IOException, InterruptedException {
        assertThat(lines(server.csv(query))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE spectra",
                "SELECT 1; SELECT 2",
                "SELECT id FROM points; DROP TABLE points",
                "INSERT INTO points VALUES (1)",
                "COPY points TO '/tmp/x'",
                "ATTACH '/tmp/x.db'",
                "INSTALL httpfs",
                "PRAGMA version",
                "SET memory_limit = '1TB'",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM \"/etc/passwd\"",
                "SELECT * FROM duckdb_settings()",
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM sqlite_master",
                "SELECT read_text('/etc/passwd') FROM points",
                "SELECT getenv('HOME') FROM points",
                "SELECT current_setting('memory_limit') FROM points",
                "SELECT id INTO x FROM points",
                "SELECT id FROM points LIMIT 3",
                "SELECT id FROM points FOR UPDATE",
                "SELECT id FROM points QUALIFY ROW_NUMBER() OVER (ORDER BY id) = 1",
                "SELECT ROW_NUMBER() OVER (ORDER BY id) FROM points",
                "SELECT id::VARCHAR FROM points",
                "SELECT TRY_CAST(id AS INTEGER) FROM points",
                "SELECT CAST(id AS JSON) FROM points",
                "SELECT [1, 2] FROM points",
                "SELECT LISTAGG(id, ',') FROM points",
                "SELECT SUM(id) FILTER (WHERE id > 3) FROM points",
                "SELECT * EXCEPT (id) FROM points",
                "WITH RECURSIVE r AS (SELECT 1 AS a FROM points UNION ALL SELECT a + 1 FROM r) SELECT * FROM r",
                "SELECT nothing FROM points",
                "SELECT id FROM nowhere",
                "SELECT p.id FROM points",
                "SELECT id FROM points WHERE 1 = CONTAINS(POINT(ra, dec), CIRCLE('GALACTIC', 1, 2, 3))",
                "SELECT id FROM points WHERE 1 = CONTAINS(POINT(ra, dec), CIRCLE(1, 200, 3))",
                "SELECT id FROM points WHERE 1 = CONTAINS(POINT(ra, dec), CIRCLE(1, 2, -3))",
                "SELECT id FROM points WHERE 1 = CONTAINS(POINT(ra, dec), POLYGON(1, 2, 3, 4))",
                "SELECT target FROM spectra GROUP BY airmass",
                "SELECT",
                "",
            })
    void whatIsNoAdqlIsRefused(String query) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                server.get("/tap/sync?LANG=ADQL&QUERY=" + RunningServer.encoded(query.isEmpty() ? " " : query));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body())
                .contains("<INFO name=\"QUERY_STATUS\" value=\"ERROR\">")
                .doesNotContain("root:");
    }
}
