package io.spectractor.core.config;

/** The observatory, the telescope and how the camera is mounted. */
public record SiteConfig(
        @Key(doc = "instrument name; chooses the image reader", ini = "OBS_NAME")
        String name,

        @Key(doc = "geographic latitude, north positive", unit = "deg", ini = "OBS_LATITUDE")
        double latitudeDeg,

        @Key(doc = "altitude", unit = "km", ini = "OBS_ALTITUDE")
        double altitudeKm,

        @Key(doc = "collecting area", unit = "cm2", ini = "OBS_SURFACE")
        double collectingAreaCm2,

        @Key(doc = "rotation of the camera against north up, east left", unit = "deg", ini = "OBS_CAMERA_ROTATION")
        double cameraRotationDeg,

        @Key(doc = "1 or -1: flip of the camera along right ascension", ini = "OBS_CAMERA_RA_FLIP_SIGN")
        int cameraRaFlip,

        @Key(doc = "1 or -1: flip of the camera along declination", ini = "OBS_CAMERA_DEC_FLIP_SIGN")
        int cameraDecFlip,

        @Key(doc = "name of the instrument throughput in the calibration data", ini = "OBS_FULL_INSTRUMENT_TRANSMISSON")
        String throughput) {

    public SiteConfig {
        Check.range("site.latitude_deg", latitudeDeg, -90, 90);
        Check.range("site.altitude_km", altitudeKm, -1, 10);
        Check.positive("site.collecting_area_cm2", collectingAreaCm2);
        Check.range("site.camera_rotation_deg", cameraRotationDeg, -360, 360);
        Check.sign("site.camera_ra_flip", cameraRaFlip);
        Check.sign("site.camera_dec_flip", cameraDecFlip);
    }

    static SiteConfig defaults() {
        return new SiteConfig("", 0, 0, 1, 0, 1, 1, "");
    }
}
