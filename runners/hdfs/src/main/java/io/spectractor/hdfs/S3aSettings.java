package io.spectractor.hdfs;

import io.spectractor.batch.UsageException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * How S3 is spoken to: Hadoop's S3A client with few requests, and the credentials that every program of AWS would take. What
 * the installation's own {@code core-site.xml} says wins.
 */
public final class S3aSettings {
    private static final String PREFIX = "fs.s3a.";
    private static final String ENDPOINT = "fs.s3a.endpoint";
    private static final String REGION = "fs.s3a.endpoint.region";
    private static final String PATH_STYLE = "fs.s3a.path.style.access";
    private static final String SPARK = "spark.hadoop.";
    /** Names of properties that hold credentials, those of single buckets too. */
    private static final Pattern SECRET = Pattern.compile(
            "fs\\.s3a\\.(.*\\.)?(access\\.key|secret\\.key|session\\.token|server-side-encryption\\.key|encryption\\.key)");

    private static final List<String> TRAVELLING =
            List.of(ENDPOINT, REGION, PATH_STYLE, "fs.s3a.connection.ssl.enabled");

    private static final Map<String, String> DEFAULTS = defaults();

    private S3aSettings() {}

    private static Map<String, String> defaults() {
        Map<String, String> conf = new LinkedHashMap<>();
        // environment, profile, web identity, container, instance: in the order of AWS
        conf.put(
                "fs.s3a.aws.credentials.provider",
                "software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider");
        // no looks at what is there before each write, no markers of folders
        conf.put("fs.s3a.performance.flags", "*");
        // files are read whole, in one request; the default of Hadoop 3.5 reads parts ahead
        conf.put("fs.s3a.input.stream.type", "classic");
        conf.put("fs.s3a.experimental.input.fadvise", "sequential");
        // a look at the bucket at the start would need a right of its own; the first request tells the same
        conf.put("fs.s3a.bucket.probe", "0");
        return conf;
    }

    /** The settings of a client in this process, for whatever the configuration does not say yet. */
    static void apply(Configuration conf) {
        DEFAULTS.forEach((key, value) -> setUnlessSaid(conf, key, value));
        ofEnvironment(System.getenv()).forEach((key, value) -> setUnlessSaid(conf, key, value));
    }

    private static void setUnlessSaid(Configuration conf, String key, String value) {
        if (!isSaid(conf, key)) {
            conf.set(key, value);
        }
    }

    /** Whether more than Hadoop's own defaults say something. */
    private static boolean isSaid(Configuration conf, String key) {
        String[] sources = conf.getPropertySources(key);
        return sources != null && !(sources.length == 1 && sources[0].endsWith("-default.xml"));
    }

    /**
     * What AWS's variables say of the place of the store, as properties of Hadoop; no credentials. A store that is not AWS's
     * is asked by paths, because its host name seldom has one for each bucket.
     *
     * @throws UsageException if the endpoint is not a URL
     */
    public static Map<String, String> ofEnvironment(Map<String, String> environment) {
        Map<String, String> conf = new LinkedHashMap<>();
        String region = environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", ""));
        String endpoint =
                environment.getOrDefault("AWS_ENDPOINT_URL_S3", environment.getOrDefault("AWS_ENDPOINT_URL", ""));
        if (!endpoint.isBlank()) {
            URI url = url(endpoint);
            conf.put(ENDPOINT, endpoint);
            conf.put("fs.s3a.connection.ssl.enabled", Boolean.toString("https".equals(url.getScheme())));
            if (!url.getHost().toLowerCase(Locale.ROOT).endsWith(".amazonaws.com")) {
                conf.put(PATH_STYLE, "true");
                conf.put(REGION, "us-east-1");
            }
        }
        if (!region.isBlank()) {
            conf.put(REGION, region);
        }
        return conf;
    }

    private static URI url(String endpoint) {
        try {
            URI url = URI.create(endpoint);
            if (url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getScheme().matches("https?")) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("the S3 endpoint in AWS_ENDPOINT_URL is not a URL: " + e.getMessage(), e);
        }
        throw new UsageException("the S3 endpoint in AWS_ENDPOINT_URL must be like https://host:port, without a user");
    }

    /**
     * Where S3 is and how it is spoken to, as properties of Spark, which takes them to executors that have neither this
     * environment nor this machine's configuration; no credentials.
     */
    public static Map<String, String> forSpark() {
        Configuration here = new Configuration();
        apply(here);
        Map<String, String> conf = new LinkedHashMap<>();
        for (String key : TRAVELLING) {
            String value = here.get(key);
            if (value != null && isSaid(here, key)) {
                conf.put(SPARK + key, value);
            }
        }
        DEFAULTS.keySet().forEach(key -> conf.put(SPARK + key, here.get(key)));
        return conf;
    }

    /** Whether a property, with or without Spark's prefix, holds credentials. */
    public static boolean isSecret(String key) {
        return SECRET.matcher(key.startsWith(SPARK) ? key.substring(SPARK.length()) : key)
                .matches();
    }

    /**
     * Takes credentials out of a configuration that travels: Spark copies those of the driver's environment into it, and
     * sends it to every executor.
     */
    public static void removeSecrets(Configuration conf) {
        for (String key : conf.getPropsWithPrefix(PREFIX).keySet()) {
            if (isSecret(PREFIX + key)) {
                conf.unset(PREFIX + key);
            }
        }
    }
}
