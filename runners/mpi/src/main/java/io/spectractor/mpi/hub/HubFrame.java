package io.spectractor.mpi.hub;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One unit on a control connection: a byte for the type, the length as big-endian int, the content.
 *
 * @param type what it is
 * @param content bytes; not copied, nobody may change them
 */
record HubFrame(Type type, byte[] content) {
    /** The first words of a connection; the token and the rank's particulars follow. */
    static final String GREETING = "spectractor-hub-1";

    private static final int LONGEST = 1 << 30;

    enum Type {
        /** Both ways, every now and then: still there. */
        PING('P'),
        /** To rank 0: what the world has to do. */
        ORDER('O'),
        /** To ranks: start no more images. */
        STOP('S'),
        /** To ranks: a rank is lost, leave after the image in progress. Content: why. */
        LOST('L'),
        /** From ranks: something happened to an image. */
        REPORT('R'),
        /** From ranks: a signal came. */
        SIGNALLED('T'),
        /** From ranks: cannot go on. Content: why. */
        FAULT('F'),
        /** From ranks: leaves in order. */
        BYE('B');

        private final char code;

        Type(char code) {
            this.code = code;
        }

        static Type of(int code) throws IOException {
            for (Type type : values()) {
                if (type.code == code) {
                    return type;
                }
            }
            throw new IOException("no frame: type " + code);
        }
    }

    static HubFrame of(Type type, String text) {
        return new HubFrame(type, text.getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(type.code);
        out.writeInt(content.length);
        out.write(content);
        out.flush();
    }

    static HubFrame read(DataInputStream in) throws IOException {
        Type type = Type.of(in.readUnsignedByte());
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("no frame: length " + length);
        }
        byte[] content = new byte[length];
        in.readFully(content);
        return new HubFrame(type, content);
    }
}
