#!/usr/bin/env bash
# Hadoop's client for S3 reads with Amazon's Analytics Accelerator unless fs.s3a.input.stream.type says "classic". Version 3.5.0
# cannot do without that library then either: its auditor, which is on, looks at a class of it for every request, so that the
# first one fails with a NoClassDefFoundError. Whoever gathers the parts of the SDK himself, to be spared the bundle of 600 MB,
# must add the library that he switched off. No request is sent: it fails before.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
cd -- "$work"
dependency() { echo "<dependency><groupId>$1</groupId><artifactId>$2</artifactId><version>$3</version>${4:-}</dependency>"; }
{
    echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    echo '<groupId>findings</groupId><artifactId>findings</artifactId><version>1</version><dependencies>'
    dependency org.apache.hadoop hadoop-aws 3.5.0 \
        '<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>'
    dependency org.apache.hadoop hadoop-client-runtime 3.5.0
    dependency org.apache.commons commons-lang3 3.20.0
    for part in s3 s3-transfer-manager sts apache-client; do
        dependency software.amazon.awssdk "$part" 2.35.4
    done
    dependency software.amazon.s3.analyticsaccelerator analyticsaccelerator-s3 1.3.1
    dependency org.slf4j slf4j-nop 2.0.17
    echo '</dependencies></project>'
} >pom.xml
mvn -q -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$work/lib" \
    >maven.log 2>&1 || { cat maven.log >&2; exit 2; }
echo "with $(java -version 2>&1 | head -n 1), hadoop-aws 3.5.0, AWS SDK 2.35.4, analyticsaccelerator-s3 1.3.1"
mkdir -p apart && mv -f lib/analyticsaccelerator-s3-*.jar apart/ 2>/dev/null || true
cat >Put.java <<'JAVA'
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

public class Put {
    public static void main(String[] args) {
        Configuration conf = new Configuration();
        conf.set("fs.s3a.endpoint", "http://127.0.0.1:9"); // nobody listens
        conf.set("fs.s3a.endpoint.region", "us-east-1");
        conf.set("fs.s3a.input.stream.type", args[0]);
        conf.set("fs.s3a.audit.enabled", args[1]);
        conf.set("fs.s3a.attempts.maximum", "0");
        conf.set("fs.s3a.retry.limit", "0");
        conf.set("fs.s3a.access.key", "a");
        conf.set("fs.s3a.secret.key", "b");
        try {
            FileSystem.newInstance(URI.create("s3a://bucket/"), conf).getFileStatus(new Path("s3a://bucket/x"));
        } catch (NoClassDefFoundError e) {
            System.out.println("NoClassDefFoundError " + e.getMessage().replaceAll(".*/", ""));
        } catch (Exception e) {
            System.out.println("sent in vain");
        }
        System.exit(0);
    }
}
JAVA
javac -cp 'lib/*' Put.java
put() { java -cp ".:lib/*:$1" Put "$2" "$3" 2>put.err | tail -n 1; }
expect "analytics, without the library" "NoClassDefFoundError ObjectClient" "$(put none analytics true)"
expect "classic, without the library" "NoClassDefFoundError Constants" "$(put none classic true)"
expect "classic without the auditor" "sent in vain" "$(put none classic false)"
expect "classic, with the library" "sent in vain" "$(put 'apart/*' classic true)"
finish
