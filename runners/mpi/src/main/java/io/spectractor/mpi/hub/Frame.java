package io.spectractor.mpi.hub;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One unit on a life line: a byte for the type, the length as big-endian int, the content.
 *
 * @param type what it is
 * @param content bytes; not copied, nobody may change them
 */
record Frame(Type type, byte[] content) {
    /** The first words of a connection; the token and the rank's particulars follow. */
    static final String GREETING = "spectractor-hub-1";

    private static final int LONGEST = 1 << 30;

    enum Type {
        /** Both ways, every now and then: still there. */
        PING,
        /** To rank 0: what the world has to do. */
        ORDER,
        /** To ranks: start no more images. */
        STOP,
        /** To ranks: a rank is lost, leave after the image in work. Content: why. */
        LOST,
        /** From ranks: something happened to an image. */
        REPORT,
        /** From ranks: a signal came. */
        SIGNALLED,
        /** From ranks: cannot go on. Content: why. */
        FAULT,
        /** From ranks: leaves in order. */
        BYE
    }

    static Frame of(Type type, String text) {
        return new Frame(type, text.getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(type.ordinal());
        out.writeInt(content.length);
        out.write(content);
        out.flush();
    }

    static Frame read(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        int length = in.readInt();
        if (type >= Type.values().length || length < 0 || length > LONGEST) {
            throw new IOException("no frame: type " + type + ", length " + length);
        }
        byte[] content = new byte[length];
        in.readFully(content);
        return new Frame(Type.values()[type], content);
    }
}
