#!/usr/bin/env bash
# What Kubernetes starts. Spark asks its images for "driver" and "executor", with the variables that are used below; everything
# else is a command of the program: run, status, resume, --version.
set -euo pipefail

class_path=${SPARK_CLASSPATH:+$SPARK_CLASSPATH:}$SPARK_HOME/jars/*${SPARK_EXTRA_CLASSPATH:+:$SPARK_EXTRA_CLASSPATH}
class_path=${SPARK_CONF_DIR:-$SPARK_HOME/conf}${HADOOP_CONF_DIR:+:$HADOOP_CONF_DIR}:$class_path:$PWD

case ${1:-} in
    driver)
        shift
        command=("$SPARK_HOME/bin/spark-submit"
            --conf "spark.driver.bindAddress=$SPARK_DRIVER_BIND_ADDRESS"
            --conf "spark.executorEnv.SPARK_DRIVER_POD_IP=$SPARK_DRIVER_BIND_ADDRESS"
            --deploy-mode client "$@")
        ;;
    executor)
        shift
        # SPARK_JAVA_OPT_0, SPARK_JAVA_OPT_1, ...: an option each
        options=()
        number=0
        while
            name=SPARK_JAVA_OPT_$number
            [[ -n ${!name+set} ]]
        do
            options+=("${!name}")
            number=$((number + 1))
        done
        command=("$JAVA_HOME/bin/java" "${options[@]}"
            "-Xms$SPARK_EXECUTOR_MEMORY" "-Xmx$SPARK_EXECUTOR_MEMORY"
            -cp "$class_path${SPARK_DIST_CLASSPATH:+:$SPARK_DIST_CLASSPATH}"
            org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend
            --driver-url "$SPARK_DRIVER_URL"
            --executor-id "$SPARK_EXECUTOR_ID"
            --cores "$SPARK_EXECUTOR_CORES"
            --app-id "$SPARK_APPLICATION_ID"
            --hostname "$SPARK_EXECUTOR_POD_IP"
            --resourceProfileId "$SPARK_RESOURCE_PROFILE_ID"
            --podName "$SPARK_EXECUTOR_POD_NAME")
        ;;
    *) command=(/usr/local/bin/spectractor "$@") ;;
esac

# The first process of a container answers signals and picks up what others leave behind: tini does.
exec /usr/bin/tini -s -- "${command[@]}"
