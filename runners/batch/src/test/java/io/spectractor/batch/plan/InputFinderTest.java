package io.spectractor.batch.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputFinderTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void files() throws IOException {
        for (String name : List.of(
                "night/b.fits",
                "night/a.fits.gz",
                "night/C.FITS",
                "night/a_spectrum.fits",
                "night/.hidden.fits",
                "night/notes.md",
                "night/deep/d.fits.fz",
                "other/e.fits")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "night, C.FITS a.fits.gz b.fits",
        "night/b.fits, b.fits",
        "night/*.fits, b.fits",
        "night/*, C.FITS a.fits.gz b.fits",
        "night/**.fits*, a.fits.gz b.fits d.fits.fz",
        "*/?.fits, b.fits e.fits",
        "night/a_spectrum.fits, a_spectrum.fits",
    })
    void aWordMeansTheseImages(String word, String names) {
        assertThat(find(word)).containsExactly(names.split(" ", -1));
    }

    @Test
    void orderIsThatOfTheCommandAndTwiceIsOnce() {
        assertThat(find("other/e.fits", "night/b.fits", "night", "night/../night/b.fits"))
                .containsExactly("e.fits", "b.fits", "C.FITS", "a.fits.gz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@lists/tonight", "lists/tonight.txt"})
    void aListHoldsOneInputPerLineFromTheWorkingFolderOrItsOwn(String word) throws IOException {
        Files.createDirectories(folder.resolve("lists"));
        Files.writeString(folder.resolve("lists/near.fits"), "");
        String text = "# tonight\n\nnight/b.fits\n  other \nnear.fits\n";
        Files.writeString(folder.resolve("lists/tonight"), text);
        Files.writeString(folder.resolve("lists/tonight.txt"), text);

        assertThat(find(word)).containsExactly("b.fits", "e.fits", "near.fits");
    }

    @Test
    void aFolderMayBeALink() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("night"));

        assertThat(find("link")).hasSize(3);
        assertThat(find("link/*.fits")).containsExactly("b.fits");
    }

    @Test
    void twoStarsStandForAnyFoldersAlsoNone() {
        assertThat(find("**/e.fits")).containsExactly("e.fits");
        assertThat(find("night/**/b.fits")).containsExactly("b.fits");
    }

    /** A link back to its folder, links to each other, and a link that leads outside. */
    @Test
    void loopsOfLinksAreWalkedOnce() throws IOException {
        Files.createSymbolicLink(folder.resolve("night/again"), folder.resolve("night"));
        Files.createSymbolicLink(folder.resolve("night/up"), folder);
        Files.createSymbolicLink(folder.resolve("other/there"), folder.resolve("night"));

        assertThat(find("night/**/b.fits")).contains("b.fits");
        assertThat(find("**/e.fits")).contains("e.fits");
    }

    /** A link whose file is gone is an input like any other: it fails, and is counted. */
    @Test
    void aLinkWithoutItsFileIsFound() throws IOException {
        Files.createSymbolicLink(folder.resolve("night/gone.fits"), folder.resolve("nowhere/x.fits"));
        Files.createSymbolicLink(folder.resolve("night/self.fits"), folder.resolve("night/self.fits"));

        assertThat(find("night")).contains("gone.fits", "self.fits", "b.fits");
        assertThat(find("night/*.fits")).contains("gone.fits", "self.fits", "b.fits");
        assertThat(find("night/gone.fits")).containsExactly("gone.fits");
    }

    @Test
    void aFileUriIsAPath() {
        assertThat(find(folder.resolve("night/b.fits").toUri().toString())).containsExactly("b.fits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "night/none.fits | input night/none.fits does not exist",
                "none/*.fits | there is no folder",
                "night/x*.fits | no file named *.fits, *.fit or *.fts there",
                "night/notes.md | the name ends in none of .fits, .fits.gz, .fits.fz, .fit",
                "night/[ab.fits | does not exist, nor is it a glob",
                "@none | list of inputs @none does not exist",
                "hdfs://nn:8020/a.fits | this program cannot reach hdfs:// places",
            })
    void whatCannotBeIsNamedBeforeAnyWork(String word, String message) {
        assertThatThrownBy(() -> find("other/e.fits", word))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aWrongLineOfAListNamesTheList() throws IOException {
        Files.writeString(folder.resolve("l.txt"), "night/b.fits\nnight/zz.fits\n");

        assertThatThrownBy(() -> find("l.txt"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("l.txt: input night/zz.fits does not exist");
    }

    @Test
    void twoInputsWithOneStemAreRefusedAndBothNamed() throws IOException {
        Files.writeString(folder.resolve("other/b.fits.gz"), "");

        assertThatThrownBy(() -> find("night/b.fits", "other"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("night/b.fits and ")
                .hasMessageContaining("other/b.fits.gz");
    }

    @ParameterizedTest
    @CsvSource({"reduc_1.fits,reduc_1", "a.b.fits.gz,a.b", "x.FITS.FZ,x", "noending,noending"})
    void theStemNamesTheProduct(String name, String stem) {
        assertThat(InputFile.stem(name)).isEqualTo(stem);
    }

    private List<String> find(String... words) {
        return InputFinder.find(List.of(words), folder).stream()
                .map(InputFile::name)
                .toList();
    }
}
