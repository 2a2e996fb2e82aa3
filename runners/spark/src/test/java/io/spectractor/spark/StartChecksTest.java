package io.spectractor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What would keep Spark from starting is said before it is tried. */
class StartChecksTest {
    @TempDir
    private Path folder;

    @Test
    void aMasterThatListensIsNoProblem() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String place = "127.0.0.1:" + socket.getLocalPort();
            assertThatCode(() -> MasterCheck.requireAnswer("spark://" + place)).doesNotThrowAnyException();
            assertThatCode(() -> MasterCheck.requireAnswer("spark://127.0.0.1:1," + place))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark://127.0.0.1:1", "spark://no.such.host.invalid:7077", "spark://127.0.0.1:99999"})
    void aMasterThatDoesNotIsNamed(String master) {
        assertThatThrownBy(() -> MasterCheck.requireAnswer(master))
                .isInstanceOf(UsageException.class)
                .hasMessage("no Spark master answers at " + master + "; is it running?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[2]", "yarn"})
    void otherMastersAreNotAsked(String master) {
        assertThatCode(() -> MasterCheck.requireAnswer(master)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8s://https://127.0.0.1:1", "k8s://http://127.0.0.1:1", "k8s://127.0.0.1:1"})
    void anApiServerThatDoesNotAnswerIsNamed(String master) {
        assertThatThrownBy(() -> MasterCheck.requireAnswer(master))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("no API server of Kubernetes answers at " + master);
    }

    @Test
    void anApiServerThatAnswersIsNoProblem() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String master = "k8s://http://127.0.0.1:" + socket.getLocalPort() + "/under/a/path";
            assertThatCode(() -> MasterCheck.requireAnswer(master)).doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> MasterCheck.requireAnswer("k8s://https://"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is no address of an API server");
    }

    @Test
    void oneGoodLocalFolderIsEnough() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path good = folder.resolve("a/b");
        LocalFolderCheck.requireOne(Map.of(), file + "/x," + good);
        assertThat(good).isDirectory();
        LocalFolderCheck.requireOne(Map.of("SPARK_LOCAL_DIRS", good.toString()), file + "/x");
        LocalFolderCheck.requireOne(Map.of("CONTAINER_ID", "1"), file + "/x");
    }

    @Test
    void noneIsSaidInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        String folders = file + "/x," + file + "/y";
        assertThatThrownBy(() -> LocalFolderCheck.requireOne(Map.of("SPARK_LOCAL_DIRS", folders), folder.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("its local folder " + folders + " cannot be made")
                .message()
                .doesNotContain("\n", "Exception");
    }

    @Test
    void theFirstCauseIsTheReason() {
        Throwable e =
                new ExceptionInInitializerError(new java.net.UnknownHostException("node7: Name not known\n more"));
        assertThat(SparkCluster.reason(e)).isEqualTo("UnknownHostException: node7: Name not known");
    }
}
