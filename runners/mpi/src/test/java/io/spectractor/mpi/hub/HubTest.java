package io.spectractor.mpi.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HubTest {
    private static final Timeouts LIMITS = new Timeouts(
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10));
    private static final Duration SOON = Duration.ofSeconds(10);

    private Hub hub;

    @BeforeEach
    void open() throws IOException {
        hub = new Hub(InetAddress.getLoopbackAddress(), 2, LIMITS);
    }

    @AfterEach
    void close() throws IOException {
        hub.close();
    }

    private HubClient connect(int rank) throws Exception {
        HubClient line = HubClient.connect(hub.address(), rank, "here", LIMITS);
        assertThat(hub.next(SOON))
                .isEqualTo(new HubEvent.Joined(rank, ProcessHandle.current().pid(), "here"));
        return line;
    }

    @Test
    void ordersAndReportsPass() throws Exception {
        try (HubClient line = connect(0)) {
            hub.order(new byte[] {1, 2});
            assertThat(line.order(SOON)).containsExactly(1, 2);
            assertThat(line.report("done".getBytes(StandardCharsets.UTF_8))).isTrue();
            assertThat(((HubEvent.Reported) hub.next(SOON)).content())
                    .asString()
                    .isEqualTo("done");
            line.signalled();
            assertThat(hub.next(SOON)).isEqualTo(new HubEvent.Signalled(0));
            line.leave();
            assertThat(hub.next(SOON)).isEqualTo(new HubEvent.Left(0));
        }
    }

    @Test
    void aLineThatIsCutIsALoss() throws Exception {
        HubClient line = connect(1);
        line.close();
        assertThat(hub.next(SOON)).isEqualTo(new HubEvent.Lost(1, "its process is gone"));
    }

    @Test
    void aRankThatCannotGoOnIsALoss() throws Exception {
        try (HubClient line = connect(1)) {
            line.fault("no memory");
            assertThat(hub.next(SOON)).isEqualTo(new HubEvent.Lost(1, "no memory"));
        }
    }

    @Test
    void theOthersHearOfItThoseWhoComeLaterToo() throws Exception {
        try (HubClient first = connect(0)) {
            hub.lost("rank 1 is gone");
            hub.stop();
            try (HubClient late = connect(1)) {
                for (HubClient line : List.of(first, late)) {
                    while (line.broken() == null) {
                        Thread.sleep(10);
                    }
                    assertThat(line.broken()).isEqualTo("rank 1 is gone");
                }
            }
        }
    }

    @Test
    void aStopReachesAll() throws Exception {
        try (HubClient line = connect(1)) {
            hub.stop();
            while (!line.stopRequested()) {
                Thread.sleep(10);
            }
            assertThat(line.broken()).isNull();
        }
    }

    @Test
    void aHubThatIsGoneBreaksTheWorld() throws Exception {
        try (HubClient line = connect(1)) {
            hub.close();
            while (line.broken() == null) {
                Thread.sleep(10);
            }
            assertThat(line.broken()).contains("hub is gone");
        }
    }

    /** A process that is stopped, or whose host lost its network, sends no end of file. */
    @Test
    void silenceIsALoss() throws Exception {
        try (Socket silent = new Socket(hub.address().host(), hub.address().port())) {
            greet(silent, hub.address().token(), 1);
            assertThat(hub.next(SOON)).isInstanceOf(HubEvent.Joined.class);
            assertThat(hub.next(SOON)).isEqualTo(new HubEvent.Lost(1, "no sign of life"));
        }
    }

    @Test
    void strangersAreNotLetIn() throws Exception {
        try (Socket stranger = new Socket(hub.address().host(), hub.address().port())) {
            assertThat(isTurnedAway(stranger, "guess")).isTrue();
        }
        assertThat(hub.next(Duration.ofMillis(200))).isNull();
        HubAddress wrong = new HubAddress(hub.address().host(), hub.address().port(), "guess");
        assertThatThrownBy(() -> HubClient.connect(wrong, 1, "here", LIMITS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("rank 1 cannot reach the hub")
                .hasMessageNotContaining("guess");
    }

    @Test
    void theSameRankTwiceIsNotLetIn() throws Exception {
        try (HubClient line = connect(1);
                Socket second = new Socket(hub.address().host(), hub.address().port())) {
            assertThat(isTurnedAway(second, hub.address().token())).isTrue();
            assertThat(line.broken()).isNull();
        }
    }

    @Test
    void portsAreExchanged() throws Exception {
        List<Socket> ranks = new ArrayList<>();
        try {
            for (int rank = 1; rank >= 0; rank--) {
                Socket socket = new Socket(hub.address().host(), hub.address().port());
                ranks.add(socket);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeUTF("Sending Info");
                out.writeInt(1000 + rank);
                out.writeInt(2000 + rank);
                out.writeInt(rank);
            }
            for (Socket socket : ranks) {
                assertThat(new DataInputStream(socket.getInputStream()).readUTF())
                        .isEqualTo("#Peer Information;127.0.0.1@2000@1000@0@0;127.0.0.1@2001@1001@1@0");
            }
        } finally {
            for (Socket socket : ranks) {
                socket.close();
            }
        }
    }

    @Test
    void addressGoesThereAndBack() {
        assertThat(HubAddress.parse(hub.address().text())).isEqualTo(hub.address());
        assertThat(hub.address().toString()).doesNotContain(hub.address().token());
        assertThatThrownBy(() -> HubAddress.parse("here secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    /** Whether the hub hangs up on rank 1: at the end of the greeting, or before all of it is written. */
    private static boolean isTurnedAway(Socket socket, String token) throws IOException {
        try {
            greet(socket, token, 1);
            return socket.getInputStream().read() == -1;
        } catch (SocketException e) {
            return true;
        }
    }

    private static void greet(Socket socket, String token, int rank) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeUTF("spectractor-hub-1");
        out.writeUTF(token);
        out.writeInt(rank);
        out.writeLong(1);
        out.writeUTF("there");
        out.flush();
    }
}
