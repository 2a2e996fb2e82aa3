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

class WorkOrderTest {
    private static final TableCalibration TABLES = EmbeddedCalibration.load();

    private static WorkOrder order(String delivery, String sha256) {
        ExtractionConfig config = ConfigLoader.load(null, List.of()).config();
        byte[] content = delivery.equals("broadcast") ? TABLES.content().toBytes() : new byte[0];
        return new WorkOrder(
                "r-ü",
                "/products",
                ConfigPrinter.yaml(config),
                new CalibrationOrder(delivery, "embedded", "/cache", sha256, content),
                ResolvedTargets.none().json(),
                new byte[0],
                new byte[0],
                new WorkContext(ConfigText.sha256(config), TABLES.sha256(), "0.1", ExistingProducts.RESUME));
    }

    private static WorkOrder order(String delivery) {
        return order(delivery, TABLES.sha256());
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "broadcast"})
    void bytesGoThereAndBack(String delivery) {
        WorkOrder order = order(delivery);
        WorkOrder back = WorkOrder.fromBytes(order.toBytes());
        assertThat(back.toBytes()).isEqualTo(order.toBytes());
        assertThat(back.context()).isEqualTo(order.context());
        assertThat(back.runId()).isEqualTo("r-ü");
        assertThat(back.sha256()).isEqualTo(order.sha256());
    }

    @Test
    void maskAndFlatGoThereAndBack() {
        WorkOrder plain = order("embedded");
        WorkOrder order = new WorkOrder(
                plain.runId(),
                plain.outputFolder(),
                plain.configYaml(),
                plain.calibration(),
                plain.targetsJson(),
                new byte[] {1, 2},
                new byte[] {3},
                plain.context());
        WorkOrder back = WorkOrder.fromBytes(order.toBytes());
        assertThat(back.badPixels()).containsExactly(1, 2);
        assertThat(back.flat()).containsExactly(3);
        assertThat(order.sha256()).isNotEqualTo(plain.sha256());
    }

    @Test
    void javaSerialisationCarriesTheSame() throws Exception {
        WorkOrder order = order("broadcast");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(order);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((WorkOrder) in.readObject()).toBytes()).isEqualTo(order.toBytes());
        }
    }

    @Test
    void tornAndForeignBytesAreRefused() {
        byte[] bytes = order("embedded").toBytes();
        for (int length = 0; length < bytes.length; length += 97) {
            byte[] torn = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> WorkOrder.fromBytes(torn)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> WorkOrder.fromBytes(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("after the end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "broadcast"})
    void oneWorkbenchPerOrder(String delivery) {
        WorkOrder order = order(delivery);
        Workbench bench = Workbench.of(order);
        assertThat(Workbench.of(WorkOrder.fromBytes(order.toBytes()))).isSameAs(bench);
    }

    @Test
    void otherCalibrationOnTheNodeIsRefused() {
        assertThatThrownBy(() -> Workbench.of(order("embedded", "0".repeat(64))))
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("on this node")
                .hasMessageContaining("broadcast");
    }
}
