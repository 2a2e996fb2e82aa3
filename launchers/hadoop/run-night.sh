#!/usr/bin/env bash
# Nights of a campaign on a Hadoop or Spark cluster, one after the other, or the entire data set in one run:
#   launchers/hadoop/run-night.sh --profile yarn --data hdfs:///ctio --out hdfs:///products --logbook logbook.csv 2017-05-30 2017-05-31
#   launchers/hadoop/run-night.sh --profile cori --data $SCRATCH/ctio --out $SCRATCH/products --logbook logbook.csv --each
#   launchers/hadoop/run-night.sh --profile yarn --data hdfs:///ctio --out hdfs:///products --logbook logbook.csv --all
#
#   --profile NAME   file launchers/hadoop/profiles/NAME.sh, or a path: how jobs are submitted there (its comments explain)
#   --data DIR       folder with one folder per night
#   --out DIR        products; each night gets DIR/<night>, --all gets DIR itself
#   --logbook FILE   which image shows which star
#   --each           every night that is there, in the order of the names
#   --all            one run over all nights: one start of the cluster's workers instead of many
#   NIGHT...         these nights
#   -- OPTION...     handed on to 'spectractor run', e.g. -- --set ccd.rebin=2
# A night that was interrupted is continued: products that fit are kept (--resume).
# Exit code: the worst of the runs', as 'spectractor run' has them; a night with failures does not keep the next from running.
set -euo pipefail

root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.." && pwd)

die() {
    printf 'run-night.sh: %s\n' "$*" >&2
    exit 2
}

profile='' data='' out='' logbook='' mode=''
nights=()
more=()
while (($# > 0)); do
    case $1 in
        --profile | --data | --out | --logbook)
            (($# > 1)) || die "$1 needs a value"
            declare "${1#--}=$2"
            shift 2
            ;;
        --each | --all)
            [[ -z $mode ]] || die "--each and --all exclude each other"
            mode=${1#--}
            shift
            ;;
        --)
            shift
            more=("$@")
            break
            ;;
        -h | --help)
            sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"
            exit 0
            ;;
        -*) die "unknown option $1; --help shows how to use this" ;;
        *)
            nights+=("$1")
            shift
            ;;
    esac
done
[[ -n $profile && -n $data && -n $out && -n $logbook ]] || die "--profile, --data, --out and --logbook are needed; see --help"
[[ -n $mode || ${#nights[@]} -gt 0 ]] || die "name nights, or say --each or --all"
[[ -z $mode || ${#nights[@]} -eq 0 ]] || die "--$mode and nights exclude each other"
data=${data%/}
out=${out%/}

[[ $profile == */* ]] || profile=$root/launchers/hadoop/profiles/$profile.sh
[[ -r $profile ]] || die "profile $profile cannot be read; there are: $(cd -- "$root/launchers/hadoop/profiles" && echo *)"

# What a profile sets: SUBMIT, the command that runs the jar, and LIST, the command that lists a folder, one path a line.
SUBMIT=()
LIST=()
# shellcheck source=/dev/null
source "$profile"
((${#SUBMIT[@]} > 0 && ${#LIST[@]} > 0)) || die "$profile sets no SUBMIT or no LIST"

if [[ $mode == each ]]; then
    listing=$("${LIST[@]}" "$data") || die "$data cannot be listed with: ${LIST[*]}"
    mapfile -t nights < <(sed 's#/*$##; s#.*/##' <<<"$listing" | grep -v '^[._]' | LC_ALL=C sort)
    ((${#nights[@]} > 0)) || die "there is no night in $data"
fi

worst=0
run() {
    local name=$1 code=0
    shift
    printf 'run-night.sh: %s\n' "$name" >&2
    "${SUBMIT[@]}" run "$@" --logbook "$logbook" --scheduler spark --resume "${more[@]}" || code=$?
    printf 'run-night.sh: %s ended with %s\n' "$name" "$code" >&2
    ((code <= worst)) || worst=$code
    # Asked to stop, or wrong usage: the next night would fare no better.
    [[ $code != 75 && $code != 2 && $code -lt 128 ]] || exit "$code"
}

if [[ $mode == all ]]; then
    run "all of $data" "$data/*/*.fits*" --out "$out"
else
    for night in "${nights[@]}"; do
        run "$night" "$data/$night" --out "$out/$night"
    done
fi
exit "$worst"
