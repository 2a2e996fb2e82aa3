#!/usr/bin/env bash
# A run on Kubernetes with Spark's executors as pods:
#   launchers/kubernetes/run-night.sh --master k8s://https://api.example.org:6443 --image registry.example.org/spectractor:0.1.0 \
#       --claim spectractor-data=/data -- run /data/2017-05-30 --logbook /data/2017-05-30/logbook.csv --out /data/products
#   launchers/kubernetes/run-night.sh ... -- resume /data/products
#
#   --master URL          k8s:// and the address of the API server, as 'kubectl cluster-info' prints it
#   --image NAME          the image of './spectractor image', where the nodes can fetch it
#   --mode cluster|client where the driver is: in a pod of its own (cluster, the default), or in this process, which the executors
#                         must be able to reach by network: say where with --spark-conf spark.driver.host=ADDRESS
#   --namespace NAME      (default: spectractor)
#   --executors N         pods (default: 4)
#   --cores N             images at a time in each (default: 4)
#   --memory SIZE         heap of an executor (default: 3g; an image in progress takes about 600 MB)
#   --overhead SIZE       memory of a pod beyond the heap: threads, code, buffers (default: 800m)
#   --claim NAME=FOLDER   a persistent volume claim, and where driver and executors see it; may be repeated
#   --template FILE       template of all pods (default: pod-template.yaml beside this script)
#   --spark-conf K=V      any property of Spark; may be repeated
#   --print               print the command instead of running it
#   -- COMMAND ...        run or resume, as for './spectractor'; in cluster mode its files are those that the driver's pod sees
# The account of your kubeconfig starts the driver; in cluster mode the driver has the service account of namespace.yaml.
# Exit code: that of the run; in cluster mode as Spark prints it of the driver's pod.
set -euo pipefail

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
root=$(cd -- "$here/../.." && pwd)

die() {
    printf 'run-night.sh: %s\n' "$*" >&2
    exit 2
}

master='' image='' mode=cluster namespace=spectractor executors=4 cores=4 memory=3g overhead=800m
template=$here/pod-template.yaml print=''
claims=()
conf=()
while (($# > 0)); do
    case $1 in
        --master | --image | --mode | --namespace | --executors | --cores | --memory | --overhead | --template)
            (($# > 1)) || die "$1 needs a value"
            declare "${1#--}=$2"
            shift 2
            ;;
        --claim)
            [[ ${2:-} == ?*=/?* ]] || die "--claim wants the name of a claim and a folder, such as spectractor-data=/data"
            claims+=("$2")
            shift 2
            ;;
        --spark-conf)
            [[ ${2:-} == spark.*=* ]] || die "--spark-conf wants a property of Spark, such as spark.task.cpus=2"
            conf+=(--conf "$2")
            shift 2
            ;;
        --print)
            print=yes
            shift
            ;;
        --)
            shift
            break
            ;;
        -h | --help)
            sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"
            exit 0
            ;;
        *) die "unknown option $1; --help shows how to use this" ;;
    esac
done
[[ -n $master && -n $image ]] || die "--master and --image are needed; see --help"
[[ $master == k8s://* ]] || die "--master $master: Kubernetes' begin with k8s://, such as k8s://https://api.example.org:6443"
[[ $mode == cluster || $mode == client ]] || die "--mode $mode: expected cluster or client"
[[ ${1:-} == run || ${1:-} == resume ]] || die "after -- comes run or resume with what belongs to it; see --help"
[[ -r $template ]] || die "template $template cannot be read"

for claim in "${claims[@]}"; do
    name=${claim%%=*}
    for role in driver executor; do
        volume=spark.kubernetes.$role.volumes.persistentVolumeClaim.$name
        conf+=(--conf "$volume.options.claimName=$name" --conf "$volume.mount.path=${claim#*=}")
    done
done

if [[ -z ${SPARK_HOME:-} || ! -x $SPARK_HOME/bin/spark-submit ]]; then
    # jars of Maven: SparkSubmit without the scripts of a distribution
    environment=$("$root/spectractor" spark-env) || exit
    eval "$environment"
    read -r -a modules <<<"$SPARK_MODULE_OPTIONS"
    submit=("$JAVA_HOME/bin/java" "${modules[@]}" -Xmx1g -cp "${SPARK_CONF_DIR:+$SPARK_CONF_DIR:}$SPARK_HOME/jars/*"
        org.apache.spark.deploy.SparkSubmit)
else
    submit=("$SPARK_HOME/bin/spark-submit")
fi
# In a pod the program is in the image. In client mode this process has it, and gives it to the executors.
program=local:///opt/spectractor/spectractor.jar
if [[ $mode == client ]]; then
    program=${SPECTRACTOR_SPARK_JAR:-$root/runners/app/target/spectractor-spark.jar}
fi
words=("$@")
[[ ${1:-} != run ]] || words+=(--scheduler spark)

command=("${submit[@]}"
    --master "$master"
    --deploy-mode "$mode"
    --name spectractor
    --class io.spectractor.cli.Main
    --conf "spark.kubernetes.namespace=$namespace"
    --conf "spark.kubernetes.container.image=$image"
    --conf spark.kubernetes.authenticate.driver.serviceAccountName=spectractor-driver
    --conf spark.kubernetes.authenticate.executor.serviceAccountName=spectractor-executor
    --conf "spark.kubernetes.driver.podTemplateFile=$template"
    --conf "spark.kubernetes.executor.podTemplateFile=$template"
    --conf spark.kubernetes.driver.podTemplateContainerName=spectractor
    --conf spark.kubernetes.executor.podTemplateContainerName=spectractor
    --conf "spark.executor.instances=$executors"
    --conf "spark.executor.cores=$cores"
    --conf "spark.executor.memory=$memory"
    --conf "spark.executor.memoryOverhead=$overhead"
    --conf spark.driver.memory=1g
    "${conf[@]}"
    "$program"
    "${words[@]}")
if [[ -n $print ]]; then
    printf '%q ' "${command[@]}"
    printf '\n'
    exit 0
fi
[[ $mode == cluster ]] || exec "${command[@]}"
# Spark ends with 0 whatever became of the driver, whose exit code it only prints.
log=$(mktemp)
trap 'rm -f -- "$log"' EXIT
code=0
"${command[@]}" 2>&1 | tee -- "$log" || code=$?
if ((code == 0)) && said=$(grep -oE 'exit code: [0-9]+' "$log" | tail -n 1); then
    code=${said##* }
fi
exit "$code"
