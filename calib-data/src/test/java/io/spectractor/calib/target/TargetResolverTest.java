package io.spectractor.calib.target;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.calib.http.HttpFetcher;
import io.spectractor.calib.http.HttpSettings;
import io.spectractor.calib.http.ScriptedServer;
import io.spectractor.calib.http.ScriptedServer.Answer;
import io.spectractor.calib.importer.CalspecFiles;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetResolverTest {
    private static final CalibrationStore STORE = EmbeddedCalibration.load();
    private static final String SIRIUS = reply("*", "101.28715533", "-16.71611586", "<Vel><v>-5.50</v></Vel>");
    private static final String UNKNOWN =
            "<?xml version=\"1.0\"?><Sesame><Target option=\"SNV\"><INFO>*** Nothing found *** </INFO></Target></Sesame>";

    @TempDir
    private Path folder;

    private ScriptedServer server;

    private static String reply(String type, String ra, String dec, String more) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Sesame><Target option=\"SNV\"><name>x</name>"
                + "<Resolver name=\"N=NED\"><INFO>not here</INFO></Resolver>"
                + "<Resolver name=\"S=Simbad\"><otype>" + type + "</otype><jpos>a b</jpos><jradeg>" + ra
                + "</jradeg><jdedeg>" + dec + "</jdedeg>" + more + "<oname>o</oname></Resolver></Target></Sesame>";
    }

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        server.on("/calspec/", Answer.ok("<a href=\"other_stis_001.fits\">".getBytes(UTF_8)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OnlineCatalogues online() {
        HttpSettings settings = new HttpSettings(
                Duration.ofSeconds(1),
                Duration.ofMillis(1500),
                2,
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ofSeconds(1));
        return new OnlineCatalogues(
                server.url("/sesame?"),
                server.url("/calspec"),
                new HttpFetcher(settings, wait -> {}, new SplittableRandom(1), Clock.systemUTC()));
    }

    private TargetResolver resolver(boolean mayAsk) {
        return new TargetResolver(STORE, new TargetCache(folder.resolve("targets")), mayAsk ? online() : null);
    }

    @Test
    void whatTheCatalogueKnowsIsNotAskedFor() throws InterruptedException {
        ResolvedTargets targets = resolver(true).resolve(List.of("HD111980", "hd 111980", "3C273"));

        assertThat(targets.catalogued()).containsExactly("3C273", "HD111980");
        assertThat(targets.added()).isEmpty();
        assertThat(targets.over(STORE)).isSameAs(STORE);
        assertThat(targets.contentSha256(STORE.sha256())).isEqualTo(STORE.sha256());
    }

    @Test
    void unknownNamesAreAskedForOnceAndCached() throws InterruptedException {
        server.on("/sesame?Capella", Answer.ok(SIRIUS.getBytes(UTF_8)));

        ResolvedTargets first = resolver(true).resolve(List.of("Capella", "CAPELLA"));
        ResolvedTargets offline = resolver(false).resolve(List.of("Capella"));

        assertThat(server.requests("/sesame?Capella")).isEqualTo(1);
        Target sirius = first.over(STORE).target("capella").orElseThrow();
        assertThat(sirius.rightAscensionDeg()).isEqualTo(101.28715533);
        assertThat(sirius.declinationDeg()).isEqualTo(-16.71611586);
        assertThat(sirius.redshift()).isCloseTo(-5.50 / 299_792.458, within(1e-12));
        assertThat(sirius.kind()).isEqualTo(Target.Kind.STAR);
        assertThat(offline.json()).isEqualTo(first.json());
        assertThat(first.over(STORE).sha256()).isEqualTo(STORE.sha256());
        assertThat(first.contentSha256(STORE.sha256()))
                .isNotEqualTo(STORE.sha256())
                .matches("[0-9a-f]{64}");
    }

    @Test
    void kindsAndRedshiftsOfGalaxiesAndNebulae() throws InterruptedException {
        server.on(
                "/sesame?Mrk%20421",
                Answer.ok(
                        reply("BLL", "166.1", "38.2", "<z><v>0.030021</v></z>").getBytes(UTF_8)));
        server.on(
                "/sesame?NGC%203242",
                Answer.ok(reply("PN", "156.19", "-18.64", "").getBytes(UTF_8)));

        CalibrationStore store =
                resolver(true).resolve(List.of("Mrk 421", "NGC 3242")).over(STORE);

        assertThat(store.target("Mrk421").orElseThrow().kind()).isEqualTo(Target.Kind.GALAXY);
        assertThat(store.target("Mrk421").orElseThrow().redshift()).isEqualTo(0.030021);
        assertThat(store.target("NGC3242").orElseThrow().kind()).isEqualTo(Target.Kind.PLANETARY_NEBULA);
        assertThat(store.targetNames()).contains("Mrk 421", "HD111980");
    }

    @Test
    void withoutPermissionNobodyIsAsked() throws InterruptedException {
        ResolvedTargets targets = resolver(false).resolve(List.of("Capella"));

        assertThat(targets.unresolved().get("Capella")).contains("--online");
        assertThat(server.requests("/sesame?Capella")).isZero();
    }

    @Test
    void aServiceThatIsGoneIsAskedOnlyOnce() throws InterruptedException {
        server.on("/sesame?A1", Answer.status(503));

        ResolvedTargets targets = resolver(true).resolve(List.of("A1", "B2", "C3"));

        assertThat(targets.unresolved().keySet()).containsExactly("A1", "B2", "C3");
        assertThat(targets.unresolved().get("A1")).contains("HTTP 503");
        assertThat(targets.unresolved().get("C3")).contains("not asked");
        assertThat(server.requests("/sesame?B2")).isZero();
    }

    @Test
    void slowUnknownAndOddAnswersLeaveItUnresolved() throws InterruptedException {
        server.on("/sesame?Nobody", Answer.ok(UNKNOWN.getBytes(UTF_8)));
        server.on("/sesame?Odd", Answer.ok("<html>maintenance</html>".getBytes(UTF_8)));
        server.on("/sesame?Off", Answer.ok(reply("*", "400", "0", "").getBytes(UTF_8)));
        server.on("/sesame?Slow", Answer.ok(SIRIUS.getBytes(UTF_8)).after(Duration.ofSeconds(6)));

        ResolvedTargets targets = resolver(true).resolve(List.of("Nobody", "Odd", "Off", "Slow"));

        assertThat(targets.added()).isEmpty();
        assertThat(targets.unresolved().get("Nobody")).isEqualTo("unknown to CDS Sesame");
        assertThat(targets.unresolved().get("Odd")).contains("not of Sesame");
        assertThat(targets.unresolved().get("Off")).contains("out of range");
        assertThat(targets.unresolved().get("Slow")).contains("no whole answer within 1.5 s");
    }

    @Test
    void aCatalogueStarWithoutSpectrumGetsTheNewestOfCalspec() throws InterruptedException, IOException {
        server.on(
                "/calspec/",
                Answer.ok("<a href=\"hd160617_stis_005.fits\">a</a> <a href=\"hd160617_stis_006.fits\">b</a>"
                        .getBytes(UTF_8)));
        server.on("/calspec/hd160617_stis_006.fits", Answer.ok(CalspecFiles.flat("HD160617", 2e-13f)));

        ResolvedTargets targets = resolver(true).resolve(List.of("HD160617"));
        Target star = targets.over(STORE).target("HD160617").orElseThrow();

        assertThat(star.sed()).isNotNull();
        assertThat(star.sed().at(550)).isCloseTo(2e-12, within(1e-18));
        assertThat(star.redshift())
                .isEqualTo(STORE.target("HD160617").orElseThrow().redshift());
        assertThat(resolver(false).resolve(List.of("HD160617")).added()).hasSize(1);
    }

    @Test
    void theRunFolderKeepsAllOfIt() throws InterruptedException {
        server.on("/sesame?Capella", Answer.ok(SIRIUS.getBytes(UTF_8)));
        ResolvedTargets targets = resolver(true).resolve(List.of("Capella", "HD111980", "Nemo"));

        ResolvedTargets read = ResolvedTargets.parse("targets.json", targets.json());

        assertThat(read.json()).isEqualTo(targets.json());
        assertThat(read.contentSha256("x")).isEqualTo(targets.contentSha256("x"));
        assertThat(read.unresolved()).containsKey("Nemo");
        assertThatThrownBy(() -> ResolvedTargets.parse("targets.json", "{\"added\": 3}"))
                .hasMessageContaining("targets.json is damaged");
    }

    @Test
    void aDamagedCacheIsIgnored() throws InterruptedException, IOException {
        server.on("/sesame?Capella", Answer.ok(SIRIUS.getBytes(UTF_8)));
        resolver(true).resolve(List.of("Capella"));
        try (var files = Files.list(folder.resolve("targets"))) {
            Files.writeString(files.findFirst().orElseThrow(), "{");
        }

        assertThat(resolver(false).resolve(List.of("Capella")).unresolved()).containsKey("Capella");
    }
}
