package io.spectractor.mpi.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.UsageException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenPortsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "128.55.144.1",
                "172.15.255.255",
                "172.32.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "192.167.1.1",
                "198.17.0.1",
                "198.20.0.1",
                "2001:1458::1",
                "2a00:1450:4001::1",
                "240e::1"
            })
    void addressesThatEverybodyReaches(String address) throws UnknownHostException {
        assertThat(OpenPorts.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.3.4",
                "192.0.2.2",
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "fe80::1",
                "fd00::2",
                "2001:db8::1",
                "ff02::1"
            })
    void addressesOfThisHostOrItsNetworkOnly(String address) throws UnknownHostException {
        assertThat(OpenPorts.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void aPublicAddressIsRefusedWithWhatToDo() throws UnknownHostException {
        InetAddress home = InetAddress.getLoopbackAddress();
        InetAddress open = InetAddress.getByName("128.55.144.1");
        assertThatThrownBy(() -> OpenPorts.require(List.of(home, open)))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("25000 to 40000", "128.55.144.1", "--mpi-open-ports yes", "firewall")
                .hasMessageNotContaining("127.0.0.1");
        assertThatCode(() -> OpenPorts.require(List.of(home))).doesNotThrowAnyException();
        assertThatCode(() -> OpenPorts.require(true)).doesNotThrowAnyException();
    }

    @Test
    void aRankIsToldByItsEnvironment() {
        assertThat(OpenPorts.allowed(Map.of(OpenPorts.VARIABLE, "yes"))).isTrue();
        assertThat(OpenPorts.allowed(Map.of())).isFalse();
        assertThatThrownBy(() -> OpenPorts.allowed(Map.of(OpenPorts.VARIABLE, "true")))
                .hasMessageContaining("SPECTRACTOR_MPI_OPEN_PORTS true: expected yes or no");
    }
}
