package io.spectractor.mpi.hub;

/**
 * Where the ranks of a world find its hub.
 *
 * @param host name or address that every rank can reach
 * @param port TCP
 * @param token what a rank has to know, so that only ranks of this world come in; no spaces
 */
public record HubAddress(String host, int port, String token) {
    /** Environment variable that carries the address to a rank. */
    public static final String VARIABLE = "SPECTRACTOR_MPI_HUB";

    private static final int PARTS = 3;

    /** One line of text. */
    public String text() {
        return host + " " + port + " " + token;
    }

    /**
     * Reads {@link #text}.
     *
     * @throws IllegalArgumentException if it is something else; the token is not repeated
     */
    public static HubAddress parse(String text) {
        String[] parts = text.strip().split(" ", -1);
        try {
            if (parts.length == PARTS) {
                return new HubAddress(parts[0], Integer.parseInt(parts[1]), parts[2]);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no port: " + parts[1], e);
        }
        throw new IllegalArgumentException("expected host, port and token, found " + parts.length + " words");
    }

    /** Without the token. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
