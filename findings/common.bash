# Sourced by the scripts beside it: a temporary folder that goes when the script ends, packages of pinned versions in it, and
# the comparison of what a library did with what it did when the finding was written down.
set -euo pipefail

# FINDINGS_WORK=DIR keeps everything in DIR, so that a second run need not install again.
if [[ -n ${FINDINGS_WORK:-} ]]; then
    mkdir -p -- "$FINDINGS_WORK"
    work=$(cd -- "$FINDINGS_WORK" && pwd)
else
    work=$(mktemp -d)
    trap 'rm -rf -- "$work"' EXIT
fi
failed=0

# Python packages (name==version ...) into an environment of their own; python then runs there.
python_packages() {
    [[ -d $work/venv ]] || python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install -q --disable-pip-version-check "$@"
    echo "with $("$work/venv/bin/python" --version), $*"
}

python() { "$work/venv/bin/python" "$@"; }

# Libraries of Maven Central (group:artifact:version ...) with all they need, into $work/lib.
maven_packages() {
    local package group artifact version
    {
        echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        echo '<groupId>findings</groupId><artifactId>findings</artifactId><version>1</version><dependencies>'
        for package; do
            IFS=: read -r group artifact version <<<"$package"
            echo "<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId><version>$version</version></dependency>"
        done
        echo '</dependencies></project>'
    } >"$work/pom.xml"
    mvn -q -B -ntp -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
        "-DoutputDirectory=$work/lib" >"$work/maven.log" 2>&1 || { cat "$work/maven.log" >&2; exit 2; }
    echo "with $(java -version 2>&1 | head -n 1), $*"
}

# A Debian package in this version (name version) and the Java packages that it needs, unpacked into $work/root.
debian_java_package() {
    local needs
    needs=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
        "$1" 2>/dev/null | grep -E '^[a-z][a-z0-9.+-]*-java$' | sort -u | grep -vxF -- "$1") || true
    mkdir -p -- "$work/debs" "$work/root"
    # shellcheck disable=SC2086 # names of packages, one word each
    (cd -- "$work/debs" && apt-get -q download "$1=$2" $needs) >"$work/apt.log" 2>&1 || { cat "$work/apt.log" >&2; exit 2; }
    local package
    for package in "$work"/debs/*.deb; do
        dpkg-deb -x "$package" "$work/root"
    done
    echo "with $(java -version 2>&1 | head -n 1), $1 $2"
}

# expect WHAT THEN NOW: says what is observed, and whether it is still what was written down.
expect() {
    printf '%s: %s\n' "$1" "$3"
    if [[ $2 != "$3" ]]; then
        printf 'CHANGED: when this was written it was: %s\n' "$2"
        failed=1
    fi
}

# Ends the script: 0 if the behaviour is as it was written down, 1 if it changed.
finish() {
    if ((failed)); then
        echo "the behaviour has changed; see the lines above"
        exit 1
    fi
    echo "as written down"
}
