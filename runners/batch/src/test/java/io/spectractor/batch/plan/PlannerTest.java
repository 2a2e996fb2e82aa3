package io.spectractor.batch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.Json;
import io.spectractor.core.observation.Logbook;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
    private static final String LOGBOOK = """
            file;object;Obj-posXpix;Obj-posYpix;disperser;Dx;Dy;comment;skip
            reduc_1.fits;HD111980;745,5;643;HoloAmAg;50;;;
            reduc_2.fits;bias;;;;;;;
            reduc_3.fits;HD111980;;;Ron400;;;;
            reduc_4.fits;HD111980;1;2;Ron400;;;;skip
            """;

    private final ObservationLog log =
            new LogbookObservations(Logbook.read(LOGBOOK.getBytes(StandardCharsets.UTF_8), "logbook.csv"));
    private final List<InputFile> files = List.of(1, 2, 3, 4, 5).stream()
            .map(i -> InputFile.of(Path.of("night/reduc_" + i + ".fits")))
            .toList();

    @Test
    void theLogbookDecidesAndSaysWhy() {
        RunPlan plan = new Planner(log, Planner.Overrides.none()).plan(files);

        assertThat(plan.items()).singleElement().satisfies(item -> {
            assertThat(item.input()).isEqualTo("night/reduc_1.fits");
            assertThat(item.stem()).isEqualTo("reduc_1");
            assertThat(item.request().target()).isEqualTo("HD111980");
            // the header has it from the wheel
            assertThat(item.request().disperser()).isNull();
            assertThat(item.request().guess()).isEqualTo(new PixelPosition(745.5, 643));
            assertThat(item.request().windowXPx()).isEqualTo(50);
        });
        assertThat(plan.images().get(1))
                .isInstanceOfSatisfying(
                        PlannedImage.Skip.class, s -> assertThat(s.reason()).contains("bias"));
        assertThat(plan.images().get(2))
                .isInstanceOfSatisfying(
                        PlannedImage.Skip.class, s -> assertThat(s.reason()).contains("Obj-posXpix"));
        assertThat(plan.images().get(3)).isInstanceOf(PlannedImage.Skip.class);
        assertThat(plan.images().get(4)).isInstanceOfSatisfying(PlannedImage.Refuse.class, r -> {
            assertThat(r.failure().kind()).isEqualTo(FailureKind.UNPROCESSABLE);
            assertThat(r.failure().message()).contains("reduc_5.fits", "not in the logbook");
        });
        assertThat(plan.notes()).isEmpty();
    }

    /** A row in the logbook would not help a file that is damaged. */
    @Test
    void aDamagedFileThatTheLogbookLacksIsCalledDamaged(@TempDir Path folder) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.fits"));
        Path page = Files.writeString(folder.resolve("page.fits"), "<html>404</html>");
        Path cut = Files.writeString(folder.resolve("cut.fits"), "SIMPLE  =                    T");
        RunPlan plan = new Planner(log, Planner.Overrides.none())
                .plan(List.of(InputFile.of(empty), InputFile.of(page), InputFile.of(cut)));

        assertThat(plan.images())
                .extracting(image -> ((PlannedImage.Refuse) image).failure().message())
                .satisfiesExactly(
                        m -> assertThat(m)
                                .startsWith("empty.fits: the file is empty")
                                .contains("not in the logbook"),
                        m -> assertThat(m).startsWith("page.fits: not a FITS file: it is an HTML or XML page"),
                        m -> assertThat(m).startsWith("cut.fits: ").contains("truncated"));
    }

    @Test
    void theCommandLineWinsOverTheLogbookAndSaysSo() {
        PixelPosition guess = new PixelPosition(10, 20);

        RunPlan plan = new Planner(log, new Planner.Overrides("ETA1 DOR", null, guess)).plan(files);

        assertThat(plan.items()).hasSize(2).allSatisfy(item -> {
            assertThat(item.request().target()).isEqualTo("ETA1 DOR");
            assertThat(item.request().guess()).isEqualTo(guess);
        });
        // reduc_3 lacked nothing but its position
        assertThat(plan.items().get(1).request().disperser()).isNull();
        assertThat(plan.notes()).singleElement().asString().contains("win over the logbook");
    }

    @Test
    void withoutALogbookEveryImageIsExtractedWithWhatIsSaid() {
        RunPlan plan = new Planner(null, new Planner.Overrides(null, "Thor300", null)).plan(files);

        assertThat(plan.items()).hasSize(5).allSatisfy(item -> {
            assertThat(item.request().target()).isNull();
            assertThat(item.request().disperser()).isEqualTo("Thor300");
            assertThat(item.request().guess()).isNull();
        });
        assertThat(plan.items()).extracting(WorkItem::index).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aPlanReadsBackFromJson() throws IOException {
        RunPlan plan = new Planner(log, Planner.Overrides.none()).plan(files);

        assertThat(Json.read(Json.pretty(plan), RunPlan.class)).isEqualTo(plan);
    }

    @Test
    void theRequestIsPartOfTheContentKey() {
        WorkItem one =
                new Planner(log, Planner.Overrides.none()).plan(files).items().get(0);
        WorkItem other = new Planner(log, new Planner.Overrides("ETA1 DOR", null, null))
                .plan(files)
                .items()
                .get(0);

        assertThat(one.requestText()).isNotEqualTo(other.requestText());
    }
}
