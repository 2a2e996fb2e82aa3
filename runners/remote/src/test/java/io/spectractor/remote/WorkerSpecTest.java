package io.spectractor.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.config.ConfigLoader;
import io.spectractor.batch.config.ConfigPrinter;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.WorkContext;
import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.calib.TableCalibration;
import io.spectractor.calib.target.ResolvedTargets;
import io.spectractor.core.config.ConfigText;
import io.spectractor.core.config.ExtractionConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerSpecTest {
    private static final TableCalibration TABLES = EmbeddedCalibration.load();

    private static WorkerSpec order(String delivery, String sha256) {
        ExtractionConfig config = ConfigLoader.load(null, List.of()).config();
        byte[] content = delivery.equals("broadcast") ? TABLES.content().toBytes() : new byte[0];
        return new WorkerSpec(
                "r-ü",
                "/products",
                ConfigPrinter.yaml(config),
                new CalibrationSpec(delivery, "embedded", "/cache", sha256, content),
                ResolvedTargets.none().json(),
                new byte[0],
                new byte[0],
                new byte[0],
                new WorkContext(ConfigText.sha256(config), TABLES.sha256(), "0.1", ExistingProducts.RESUME));
    }

    private static WorkerSpec order(String delivery) {
        return order(delivery, TABLES.sha256());
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "broadcast"})
    void bytesGoThereAndBack(String delivery) {
        WorkerSpec order = order(delivery);
        WorkerSpec back = WorkerSpec.fromBytes(order.toBytes());
        assertThat(back.toBytes()).isEqualTo(order.toBytes());
        assertThat(back.context()).isEqualTo(order.context());
        assertThat(back.runId()).isEqualTo("r-ü");
        assertThat(back.sha256()).isEqualTo(order.sha256());
    }

    @Test
    void maskAndFlatGoThereAndBack() {
        WorkerSpec plain = order("embedded");
        WorkerSpec order = new WorkerSpec(
                plain.runId(),
                plain.outputFolder(),
                plain.configYaml(),
                plain.calibration(),
                plain.targetsJson(),
                new byte[] {1, 2},
                new byte[] {3},
                new byte[] {4, 5, 6},
                plain.context());
        WorkerSpec back = WorkerSpec.fromBytes(order.toBytes());
        assertThat(back.badPixels()).containsExactly(1, 2);
        assertThat(back.flat()).containsExactly(3);
        assertThat(back.sky()).containsExactly(4, 5, 6);
        assertThat(order.sha256()).isNotEqualTo(plain.sha256());
    }

    @Test
    void ordersForOtherWorkNameIt() {
        WorkerSpec plain = order("embedded");
        WorkerSpec back = WorkerSpec.fromBytes(plain.withTask("unheard of").toBytes());

        assertThat(back.task()).isEqualTo("unheard of");
        assertThat(back.sha256()).isNotEqualTo(plain.sha256());
        assertThat(plain.task()).isEmpty();
        assertThatThrownBy(() -> WorkerRuntime.of(back))
                .hasMessageContaining("no task unheard of; all machines need the same program");
    }

    @Test
    void javaSerialisationCarriesTheSame() throws Exception {
        WorkerSpec order = order("broadcast");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(order);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((WorkerSpec) in.readObject()).toBytes()).isEqualTo(order.toBytes());
        }
    }

    @Test
    void tornAndForeignBytesAreRefused() {
        byte[] bytes = order("embedded").toBytes();
        for (int length = 0; length < bytes.length; length += 97) {
            byte[] torn = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> WorkerSpec.fromBytes(torn)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> WorkerSpec.fromBytes(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("after the end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "broadcast"})
    void oneWorkbenchPerOrder(String delivery) {
        WorkerSpec order = order(delivery);
        WorkerRuntime bench = WorkerRuntime.of(order);
        assertThat(WorkerRuntime.of(WorkerSpec.fromBytes(order.toBytes()))).isSameAs(bench);
    }

    @Test
    void otherCalibrationOnTheNodeIsRefused() {
        assertThatThrownBy(() -> WorkerRuntime.of(order("embedded", "0".repeat(64))))
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("on this node")
                .hasMessageContaining("broadcast");
    }
}
