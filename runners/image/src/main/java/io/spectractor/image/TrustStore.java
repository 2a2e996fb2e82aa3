package io.spectractor.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;

/**
 * Certificates as Java reads them. With neither a password nor encryption there is no salt in the file: the same certificates
 * make the same bytes, and they are public anyway.
 */
final class TrustStore {
    static {
        System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
        System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
    }

    private TrustStore() {}

    /**
     * A store.
     *
     * @param pem certificates in PEM by their names
     */
    static byte[] of(Map<String, byte[]> pem) throws IOException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Map.Entry<String, byte[]> one : pem.entrySet()) {
                Certificate certificate = factory.generateCertificate(new ByteArrayInputStream(one.getValue()));
                store.setCertificateEntry(one.getKey(), certificate);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, null);
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new ImageException("the certificates cannot be read: " + e.getMessage(), e);
        }
    }
}
