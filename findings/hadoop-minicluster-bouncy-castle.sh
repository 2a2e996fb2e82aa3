#!/usr/bin/env bash
# hadoop-client-minicluster 3.5.0 is Hadoop's servers in one jar "with all its dependencies", yet YARN's resource manager in it does
# not start, with HTTPS switched off as well: it makes a certificate authority for the proxies of applications with Bouncy Castle,
# which the jar neither contains nor asks for. The name node and the node manager of the same jar do without.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
cd -- "$work"
maven_packages org.apache.hadoop:hadoop-client-minicluster:3.5.0 org.apache.hadoop:hadoop-client-runtime:3.5.0 \
    org.slf4j:slf4j-nop:2.0.17 ch.qos.reload4j:reload4j:1.2.25 org.bouncycastle:bcpkix-jdk18on:1.82
mkdir -p apart
mv -f lib/bc*-jdk18on-*.jar apart/ 2>/dev/null || true
mkdir -p conf/webapps/cluster
cat >Start.java <<'JAVA'
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;

public class Start {
    public static void main(String[] args) {
        YarnConfiguration conf = new YarnConfiguration();
        for (String service : new String[] {"", "scheduler.", "resource-tracker.", "admin.", "webapp."}) {
            conf.set("yarn.resourcemanager." + service + "address", "127.0.0.1:0");
        }
        conf.set("yarn.resourcemanager.bind-host", "127.0.0.1");
        conf.set("yarn.scheduler.capacity.root.queues", "default");
        conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
        conf.set("yarn.http.policy", "HTTP_ONLY");
        String end = "starts";
        try {
            ResourceManager manager = new ResourceManager();
            manager.init(conf);
            manager.start();
        } catch (Throwable e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            end = root.toString();
        }
        System.out.println("END " + end);
        Runtime.getRuntime().halt(0);
    }
}
JAVA
javac -cp 'lib/*' Start.java 2>javac.err || { cat javac.err >&2; exit 2; }
start() { timeout 120 java -cp "conf:.:lib/*:$1" Start 2>start.err | sed -n 's/^END //p'; }
expect "the resource manager" "java.lang.ClassNotFoundException: org.bouncycastle.jce.provider.BouncyCastleProvider" "$(start none)"
expect "with Bouncy Castle beside it" "starts" "$(start 'apart/*')"
finish
