package io.spectractor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A name node and a data node as processes on the loopback interface. */
final class HdfsProcesses implements AutoCloseable {
    private static final String PACKAGE = "org.apache.hadoop.hdfs.server.";

    private final Path folder;
    private final int port = ClusterPaths.freePort();
    private final int dataPort = ClusterPaths.freePort();
    private final Daemon nameNode;
    private Daemon dataNode;
    private int dataNodes;

    HdfsProcesses(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        configure();
        try (Daemon format = hadoop("format", PACKAGE + "namenode.NameNode", "-format", "-nonInteractive")) {
            assertThat(format.exit(120)).as(format.said()).isZero();
        }
        nameNode = hadoop("namenode", PACKAGE + "namenode.NameNode");
        nameNode.await("NameNode RPC up at", 1);
        dataNode = startDataNode();
    }

    String root() {
        return "hdfs://127.0.0.1:" + port;
    }

    /** Environment by which other processes find the configuration. */
    Path configuration() {
        return folder.resolve("conf");
    }

    /** Takes the only data node away, at once. */
    void stopDataNode() {
        dataNode.close();
    }

    Daemon startDataNode() {
        dataNodes++;
        Daemon started = hadoop("datanode-" + dataNodes, PACKAGE + "datanode.DataNode");
        nameNode.await("registerDatanode: from", dataNodes);
        dataNode = started;
        return started;
    }

    /** A command of {@code hdfs dfs} or {@code hdfs dfsadmin}; returns what it says. */
    String command(String name, String type, String... words) {
        List<String> all = new ArrayList<>(List.of(type));
        all.addAll(List.of(words));
        try (Daemon command = hadoop(name, all.toArray(String[]::new))) {
            assertThat(command.exit(120)).as(command.said()).isZero();
            return command.said();
        }
    }

    String dfs(String... words) {
        return command("dfs-" + System.nanoTime(), "org.apache.hadoop.fs.FsShell", words);
    }

    private Daemon hadoop(String name, String... words) {
        List<String> command = new ArrayList<>(List.of(ClusterPaths.java(), "-Xmx512m"));
        command.addAll(ClusterPaths.SHORT_LIVED);
        command.addAll(
                List.of("-cp", ClusterPaths.sparkClassPath(configuration().toString(), ClusterPaths.hadoopServers())));
        command.addAll(List.of(words));
        return Daemon.start(folder.resolve(name + ".log"), Map.of(), command);
    }

    private void configure() throws IOException {
        Path conf = Files.createDirectories(configuration());
        Map<String, String> core = new LinkedHashMap<>();
        core.put("fs.defaultFS", root());
        core.put("hadoop.tmp.dir", folder.resolve("tmp").toString());
        Files.writeString(conf.resolve("core-site.xml"), HadoopXml.of(core));
        Map<String, String> hdfs = new LinkedHashMap<>();
        hdfs.put("dfs.replication", "1");
        hdfs.put("dfs.namenode.rpc-address", "127.0.0.1:" + port);
        hdfs.put("dfs.namenode.rpc-bind-host", "127.0.0.1");
        hdfs.put("dfs.namenode.http-address", "127.0.0.1:0");
        hdfs.put("dfs.namenode.secondary.http-address", "127.0.0.1:0");
        hdfs.put("dfs.datanode.address", "127.0.0.1:" + dataPort);
        hdfs.put("dfs.datanode.ipc.address", "127.0.0.1:0");
        hdfs.put("dfs.datanode.http.address", "127.0.0.1:0");
        hdfs.put("dfs.datanode.hostname", "127.0.0.1");
        hdfs.put("dfs.namenode.datanode.registration.ip-hostname-check", "false");
        hdfs.put("dfs.permissions.enabled", "false");
        hdfs.put("dfs.namenode.safemode.extension", "0");
        Files.writeString(conf.resolve("hdfs-site.xml"), HadoopXml.of(hdfs));
        Files.writeString(conf.resolve("log4j2.properties"), """
                rootLogger.level = info
                rootLogger.appenderRef.out.ref = out
                appender.out.type = Console
                appender.out.name = out
                appender.out.target = SYSTEM_ERR
                appender.out.layout.type = PatternLayout
                appender.out.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n
                """);
    }

    @Override
    public void close() {
        dataNode.close();
        nameNode.close();
    }
}
