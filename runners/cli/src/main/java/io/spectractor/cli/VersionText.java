package io.spectractor.cli;

import io.spectractor.batch.CodeVersion;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.product.FormatVersion;
import picocli.CommandLine.IVersionProvider;

/** The text of {@code --version}. */
final class VersionText implements IVersionProvider {
    private final Services services;

    VersionText(Services services) {
        this.services = services;
    }

    @Override
    public String[] getVersion() {
        CalibrationStore calibration = services.calibration().get();
        return new String[] {
            "spectractor " + CodeVersion.current(),
            "calibration data " + calibration.version() + " (SHA-256 " + calibration.sha256() + ")",
            "formats: product " + FormatVersion.PRODUCT + ", run " + FormatVersion.RUN,
            "Java " + System.getProperty("java.version")
        };
    }
}
