package io.spectractor.core.product;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A finished HDU: its cards without checksums, and its data. */
record Hdu(List<String> cards, HduData data) {
    private static final int SUMS_AND_END = 3;

    Hdu {
        cards = List.copyOf(cards);
    }

    /** Bytes of header and data, both padded. */
    int length() {
        return Math.addExact(headerLength(), HduAssembler.paddedLength(data.length));
    }

    private int headerLength() {
        return HduAssembler.paddedLength((long) (cards.size() + SUMS_AND_END) * CardText.LENGTH);
    }

    byte[] bytes() {
        byte[] bytes = new byte[length()];
        write(bytes, 0);
        return bytes;
    }

    /** Writes it with DATASUM and CHECKSUM where there are zeros. */
    void write(byte[] file, int at) {
        int headerLength = headerLength();
        int dataStart = at + headerLength;
        data.put(file, dataStart);
        long dataSum = FitsChecksum.sum(file, dataStart, HduAssembler.paddedLength(data.length), 0);
        List<String> all = new ArrayList<>(cards);
        all.addAll(CardText.text("CHECKSUM", FitsChecksum.ZERO, ProductKeyword.CHECKSUM.cardComment()));
        all.addAll(CardText.text("DATASUM", Long.toString(dataSum), ProductKeyword.DATASUM.cardComment()));
        all.add("END");
        Arrays.fill(file, at, dataStart, (byte) ' ');
        for (int i = 0; i < all.size(); i++) {
            byte[] card = all.get(i).getBytes(StandardCharsets.US_ASCII);
            if (card.length > CardText.LENGTH) {
                throw new IllegalStateException("card of " + card.length + " characters: " + all.get(i));
            }
            System.arraycopy(card, 0, file, at + i * CardText.LENGTH, card.length);
        }
        long sum = FitsChecksum.sum(file, at, headerLength, dataSum);
        byte[] checksum = FitsChecksum.encode(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, file, at + cards.size() * CardText.LENGTH + 11, checksum.length);
    }

    /** Several one after the other. */
    static byte[] join(List<Hdu> hdus) {
        byte[] file = new byte[hdus.stream().mapToInt(Hdu::length).reduce(0, Math::addExact)];
        int at = 0;
        for (Hdu hdu : hdus) {
            hdu.write(file, at);
            at += hdu.length();
        }
        return file;
    }
}
