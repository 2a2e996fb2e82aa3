package io.spectractor.serve.vo;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** Texts that lie elsewhere on the net, at public addresses only. */
public final class RemoteText {
    private RemoteText() {}

    /**
     * Fetches one.
     *
     * @param megabytes at most
     * @throws io.spectractor.serve.data.QueryRejectedException if it cannot be had
     */
    public static String get(String address, int megabytes) {
        return new String(RemoteTable.fetch(address, megabytes * 1_000_000), StandardCharsets.UTF_8);
    }

    /** Whether an address is on this machine or a private network; not if it is unknown. */
    public static boolean isPrivate(URI address) {
        try {
            return !RemoteTable.isPublic(InetAddress.getByName(address.getHost()));
        } catch (UnknownHostException e) {
            // without network no name is known; whatever is asked then fails
            return false;
        }
    }
}
