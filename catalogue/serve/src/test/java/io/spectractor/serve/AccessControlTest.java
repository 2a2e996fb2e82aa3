package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is served, by what a request says of itself. */
class AccessControlTest {
    private static final String TOKEN = "0123456789abcdef";

    @TempDir
    private Path temp;

    /** The status of a request whose headers are written by hand: clients don't let one choose Host. */
    private static int status(RunningServer server, String method, String... headers) throws IOException {
        URI url = URI.create(server.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort());
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.getOutputStream()
                    .write((method + " /tap/async HTTP/1.1\r\n" + String.join("\r\n", headers)
                                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String line = in.readLine();
            return Integer.parseInt(line.split(" ", 3)[1]);
        }
    }

    /** A page of another site whose name is made to lead to this machine is served nothing. */
    @Test
    void onlyByItsOwnNameIsItServed() throws IOException {
        SmallCatalogue.write(temp.resolve("catalogue"));
        try (RunningServer server = new RunningServer(temp, null, "")) {
            assertThat(status(server, "GET", "Host: localhost:8080")).isEqualTo(200);
            assertThat(status(server, "GET", "Host: LOCALHOST")).isEqualTo(200);
            assertThat(status(server, "GET", "Host: [::1]:80")).isEqualTo(200);
            assertThat(status(server, "GET", "Host: rebound.example.org")).isEqualTo(421);
            assertThat(status(server, "GET", "Host: 127.0.0.1.example.org")).isEqualTo(421);
        }
    }

    @Test
    void aFormOfAnotherSiteIsNotTaken() throws IOException {
        SmallCatalogue.write(temp.resolve("catalogue"));
        try (RunningServer server = new RunningServer(temp, null, "")) {
            assertThat(status(server, "POST", "Host: localhost", "Sec-Fetch-Site: cross-site"))
                    .isEqualTo(403);
            assertThat(status(server, "POST", "Host: localhost", "Sec-Fetch-Site: same-origin"))
                    .isEqualTo(303);
        }
    }

    @Test
    void theTokenIsTakenInEitherFormAndTheSchemeInAnyCase() throws IOException {
        SmallCatalogue.write(temp.resolve("catalogue"));
        String basic = Base64.getEncoder().encodeToString(("anybody:" + TOKEN).getBytes(StandardCharsets.UTF_8));
        try (RunningServer server = new RunningServer(temp, TOKEN, "")) {
            assertThat(status(server, "GET", "Host: any")).isEqualTo(401);
            assertThat(status(server, "GET", "Host: any", "Authorization: Bearer " + TOKEN))
                    .isEqualTo(200);
            assertThat(status(server, "GET", "Host: any", "Authorization: bearer " + TOKEN))
                    .isEqualTo(200);
            assertThat(status(server, "GET", "Host: any", "Authorization: BASIC " + basic))
                    .isEqualTo(200);
            assertThat(status(server, "GET", "Host: any", "Authorization: Bearer " + TOKEN + "0"))
                    .isEqualTo(401);
            assertThat(status(server, "GET", "Host: any", "Authorization: Digest " + TOKEN))
                    .isEqualTo(401);
        }
    }
}
