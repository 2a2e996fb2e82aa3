# A Hadoop cluster with YARN. Sourced by run-night.sh on a gateway node, where HADOOP_CONF_DIR and a Spark 4.2
# installation are (Spark 4.2 wants Java 17 or newer on all nodes; set it below if it is not their default).
#
# Client mode: the driver stays in this shell, so that its exit code and its messages are the run's. In cluster mode YARN
# calls a run with one bad image a failure, and starts a failed driver again: say --conf spark.yarn.maxAppAttempts=1 there.
#
# Spark's own jars: without spark.yarn.archive or spark.yarn.jars each start sends all of $SPARK_HOME/jars, 300 MB, to HDFS.
# Put them there once and name them in spark-defaults.conf, or as local:/opt/spark/jars/* where every node has them.
#
# Size: an image in work takes about 600 MB; executors of 4 cores and 4 GB leave room. YARN counts memoryOverhead as well:
# if containers are "killed for exceeding memory limits", raise the overhead, not the heap. Ask for as many executors as
# the queue gives at once: each image is one task, and a start of executors costs about ten seconds per run, so --all is
# cheaper than --each for many short nights.
#
# Locality: with replication 3 on a few racks most tasks read a local block; spark.locality.wait decides how long a core
# stays idle for that. An image is read in well below a second from anywhere, so a short wait is right.
#
# Kerberos: kinit first; for runs longer than the ticket add --principal and --keytab.
: "${SPARK_HOME:?set SPARK_HOME to a Spark 4.2 installation}"
: "${HADOOP_CONF_DIR:?set HADOOP_CONF_DIR to the configuration of the cluster}"
SPECTRACTOR_SPARK_JAR=${SPECTRACTOR_SPARK_JAR:-$root/runners/app/target/spectractor-spark.jar}
SUBMIT=(
    "$SPARK_HOME/bin/spark-submit"
    --master yarn
    --deploy-mode client
    --queue "${SPECTRACTOR_QUEUE:-default}"
    --driver-memory 1g
    --num-executors "${SPECTRACTOR_EXECUTORS:-8}"
    --executor-cores 4
    --executor-memory 4g
    --conf spark.executor.memoryOverhead=1g
    --conf spark.locality.wait=500ms
    # nodes with another default Java:
    # --conf spark.executorEnv.JAVA_HOME=/usr/lib/jvm/java-17 --conf spark.yarn.appMasterEnv.JAVA_HOME=/usr/lib/jvm/java-17
    --class io.spectractor.cli.Main
    "$SPECTRACTOR_SPARK_JAR"
)
LIST=(hdfs dfs -ls -C)
