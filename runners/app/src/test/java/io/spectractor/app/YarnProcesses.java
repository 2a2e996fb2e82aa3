package io.spectractor.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;

/** A resource manager and two node managers as processes on the loopback interface, over a HDFS that is there. */
final class YarnProcesses implements AutoCloseable {
    private static final String SERVER = "org.apache.hadoop.yarn.server.";
    private static final String HOST = "127.0.0.1";
    private static final List<String> NODES = List.of("nm-1", "nm-2");

    private final Path folder;
    private final Path home;
    private final Map<String, String> common = new LinkedHashMap<>();
    private final Daemon resourceManager;
    private final List<Daemon> nodeManagers = new ArrayList<>();

    YarnProcesses(Path folder, HdfsProcesses hdfs) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.home = folder.resolve("home");
        Path jars = Files.createDirectories(home.resolve("jars"));
        for (Path jar : ClusterPaths.sparkJars()) {
            Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        }
        configure();
        for (String name : List.of("rm", "nm-1", "nm-2")) {
            Path conf = Files.createDirectories(folder.resolve(name));
            for (String file : List.of("core-site.xml", "hdfs-site.xml", "log4j2.properties")) {
                Files.copy(hdfs.configuration().resolve(file), conf.resolve(file));
            }
            // their jar has no pages, and they do not start without the folders of these
            Files.createDirectories(conf.resolve("webapps/cluster"));
            Files.createDirectories(conf.resolve("webapps/node"));
            Map<String, String> own = new LinkedHashMap<>(common);
            own.put("yarn.nodemanager.localizer.address", HOST + ":" + ClusterPaths.freePort());
            own.put(
                    "yarn.nodemanager.local-dirs",
                    folder.resolve(name + "-local").toString());
            own.put("yarn.nodemanager.log-dirs", folder.resolve(name + "-logs").toString());
            Files.writeString(conf.resolve("yarn-site.xml"), HadoopXml.of(own));
            Files.writeString(
                    conf.resolve("capacity-scheduler.xml"),
                    HadoopXml.of(Map.of(
                            "yarn.scheduler.capacity.root.queues", "default",
                            "yarn.scheduler.capacity.root.default.capacity", "100",
                            "yarn.scheduler.capacity.maximum-am-resource-percent", "0.9")));
        }
        resourceManager = server("rm", "resourcemanager.ResourceManager");
        resourceManager.await("Transitioned to active state", 1);
        for (String name : NODES) {
            nodeManagers.add(server(name, "nodemanager.NodeManager"));
        }
        resourceManager.await("registered with capability", 2);
    }

    private void configure() {
        for (String service : List.of("", "scheduler.", "resource-tracker.", "admin.", "webapp.")) {
            common.put("yarn.resourcemanager." + service + "address", HOST + ":" + ClusterPaths.freePort());
        }
        common.put("yarn.resourcemanager.bind-host", HOST);
        common.put("yarn.nodemanager.bind-host", HOST);
        common.put("yarn.nodemanager.address", HOST + ":0");
        common.put("yarn.nodemanager.webapp.address", HOST + ":0");
        // what the nodes say they have; nobody counts
        common.put("yarn.nodemanager.resource.memory-mb", "6144");
        common.put("yarn.nodemanager.resource.cpu-vcores", "8");
        common.put("yarn.nodemanager.vmem-check-enabled", "false");
        common.put("yarn.nodemanager.pmem-check-enabled", "false");
        common.put("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100");
        common.put("yarn.scheduler.minimum-allocation-mb", "256");
        // a node that is gone is missed soon
        common.put("yarn.nm.liveness-monitor.expiry-interval-ms", "5000");
        common.put("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "500");
        common.put("yarn.application.classpath", "");
    }

    private Daemon server(String name, String type) {
        Path conf = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of(ClusterPaths.java(), "-Xmx400m"));
        command.addAll(ClusterPaths.SHORT_LIVED);
        command.add("-cp");
        command.add(ClusterPaths.sparkClassPath(
                conf.toString(), ClusterPaths.hadoopServers(), ClusterPaths.ofTests("bouncycastle")));
        command.add(SERVER + type);
        return Daemon.start(folder.resolve(name + ".log"), environment(conf), command);
    }

    private Map<String, String> environment(Path conf) {
        return Map.of(
                "HADOOP_CONF_DIR", conf.toString(),
                "HADOOP_HOME", folder.toString(),
                "SPARK_HOME", home.toString(),
                "SPARK_SCALA_VERSION", "2.13",
                "SPARK_LOCAL_IP", HOST,
                "JAVA_HOME", System.getProperty("java.home"));
    }

    /** Environment of clients. */
    Map<String, String> environment() {
        return environment(folder.resolve("rm"));
    }

    /** Ends a node manager and whatever runs on its node, at once. */
    void loseNode(int number) {
        nodeManagers.get(number).close();
    }

    /** Starts a node manager that was lost, and waits until it takes part. */
    void returnNode(int number) {
        int before = resourceManager.count("registered with capability");
        nodeManagers.set(number, server(NODES.get(number), "nodemanager.NodeManager"));
        resourceManager.await("registered with capability", before + 1);
    }

    /** The node on which the application master of a client is. */
    int masterNode() {
        return nodeManagers.get(0).descendant("ExecutorLauncher").isPresent() ? 0 : 1;
    }

    /** Ends an application, as an operator does. */
    Daemon kill(String application) {
        List<String> command = new ArrayList<>(List.of(ClusterPaths.java(), "-Xmx256m"));
        command.addAll(ClusterPaths.SHORT_LIVED);
        command.addAll(List.of(
                "-cp",
                ClusterPaths.sparkClassPath(folder.resolve("rm").toString(), ClusterPaths.hadoopServers()),
                "org.apache.hadoop.yarn.client.cli.ApplicationCLI",
                "application",
                "-kill",
                application));
        return Daemon.start(folder.resolve("kill.log"), environment(), command);
    }

    /** The command of {@code spark-submit} up to its options. */
    List<String> sparkSubmit() {
        List<String> command = new ArrayList<>(List.of(ClusterPaths.java()));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(ClusterPaths.SHORT_LIVED);
        command.addAll(List.of("-Xmx600m", "-cp", folder.resolve("rm") + ":" + home.resolve("jars/*")));
        command.add("org.apache.spark.deploy.SparkSubmit");
        // on the node already, as on a real cluster: else 300 MB are sent each time
        command.addAll(List.of("--conf", "spark.yarn.jars=local:" + home.resolve("jars") + "/*"));
        command.addAll(List.of("--conf", "spark.ui.enabled=false"));
        return command;
    }

    /** SparkSubmit with the jar under test. */
    Daemon submit(String name, String mode, List<String> sparkOptions, List<String> words) {
        List<String> command = new ArrayList<>(sparkSubmit());
        command.addAll(List.of("--master", "yarn", "--deploy-mode", mode, "--name", name));
        command.addAll(List.of("--num-executors", "2", "--executor-memory", "900m"));
        command.addAll(List.of("--driver-memory", "600m"));
        command.addAll(
                List.of("--conf", "spark.executor.extraJavaOptions=" + String.join(" ", ClusterPaths.SHORT_LIVED)));
        command.addAll(sparkOptions);
        command.addAll(
                List.of("--class", "io.spectractor.cli.Main", ClusterPaths.jar().toString()));
        command.addAll(words);
        return Daemon.start(folder.resolve(name + ".log"), environment(), command);
    }

    @Override
    public void close() {
        nodeManagers.forEach(Daemon::close);
        resourceManager.close();
    }
}
