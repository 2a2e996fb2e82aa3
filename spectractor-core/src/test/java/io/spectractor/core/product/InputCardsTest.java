package io.spectractor.core.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InputCardsTest {
    private static final List<String> KEPT = InputCards.forProduct(ProductFixtures.NASTY_CARDS);

    @Test
    void cardsOfTheImageArrayAreDropped() {
        assertThat(KEPT)
                .noneMatch(
                        c -> c.matches("(SIMPLE|BITPIX|NAXIS|NAXIS1|BZERO|CHECKSUM|DATASUM|CTYPE1|CD1_1|END) *(=.*)?"));
    }

    @Test
    void cardsThatWeWriteAreDropped() {
        assertThat(KEPT).noneMatch(c -> c.matches("(DEC|HA|EXPTIME|AIRMASS|DATE-OBS) *=.*"));
    }

    @Test
    void ofDuplicatesTheLastStaysAndAnotherValueBecomesAComment() {
        assertThat(KEPT).filteredOn(c -> c.startsWith("PROPID")).hasSize(1);
        assertThat(KEPT)
                .filteredOn(c -> c.startsWith("UT "))
                .singleElement()
                .asString()
                .contains("'02:53:52.16'");
        assertThat(KEPT)
                .filteredOn(c -> c.startsWith("SLOT02"))
                .singleElement()
                .asString()
                .contains("TSM");
        assertThat(KEPT).anyMatch(c -> c.startsWith("COMMENT SLOT02  = 'CFG 0xNONE"));
        assertThat(KEPT).noneMatch(c -> c.startsWith("COMMENT PROPID"));
    }

    @Test
    void brokenCardsBecomeComments() {
        assertThat(KEPT)
                .anyMatch(c -> c.startsWith("COMMENT SEEING"))
                .anyMatch(c -> c.startsWith("COMMENT NOVALUE"))
                .anyMatch(c -> c.startsWith("COMMENT CONTINUE  'an orphan"))
                .noneMatch(c -> c.startsWith("SEEING") || c.startsWith("NOVALUE"));
    }

    @Test
    void longTextsStayTogether() {
        int at = indexOf("LONGTEXT");
        assertThat(Card.parse(KEPT.subList(at, at + 3)).value())
                .isEqualTo("a text that goes on and on, as those of the image simulator do, for more than one card,"
                        + " and has an ampersand & at the middle, then an end.");
    }

    @Test
    void aDroppedLongTextTakesItsContinuationsAlong() {
        List<String> kept = InputCards.forProduct(
                List.of("CAVEATS = 'a long list of our own that somebody put there&'", "CONTINUE  ' and there'"));
        assertThat(kept).isEmpty();
    }

    @Test
    void oldNamesAreTranslated() {
        assertThat(KEPT.get(indexOf("INDATE"))).contains("'2017-05-31T02:55:54'");
        assertThat(KEPT).noneMatch(c -> c.startsWith("EPOCH") || c.startsWith("DATE ") || c.startsWith("RA "));
    }

    @Test
    void everyCardIsPrintableAsciiOf80Characters() {
        assertThat(KEPT).allMatch(c -> c.matches("[ -~]{80}"));
        assertThat(KEPT).anyMatch(c -> c.startsWith("COMMENT free text with the degree sign ?"));
    }

    @Test
    void whatWasKeptOnceIsKeptAgain() {
        assertThat(InputCards.forProduct(KEPT)).isEqualTo(KEPT);
    }

    @Test
    void aTextOfSeveralCardsInOneEntryIsSplit() {
        String entry = String.join("", CardText.text("KEY", "word ".repeat(40), ""));
        assertThat(InputCards.forProduct(List.of(entry)))
                .hasSize(entry.length() / 80)
                .allMatch(c -> c.length() == 80);
    }

    private static int indexOf(String keyword) {
        for (int i = 0; i < KEPT.size(); i++) {
            if (KEPT.get(i).startsWith(keyword)) {
                return i;
            }
        }
        throw new AssertionError("no card " + keyword);
    }
}
