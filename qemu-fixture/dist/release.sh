#!/bin/sh
# release.sh [OUTPUT [ARCHITECTURE...]]: builds what is released of the commit that is checked out into OUTPUT (default: dist): a
# tarball for each architecture (default: x86_64, aarch64, s390x), the Debian package, and SHA256SUMS. Needs git, Maven, a JDK 17
# and, for the JDKs of the architectures, Debian's apt. Two builds of one commit give the same bytes, as long as Debian has the
# same JDKs.
set -eu

here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
output=${1:-dist}
[ $# = 0 ] || shift
[ $# != 0 ] || set -- x86_64 aarch64 s390x
mkdir -p "$output"
output=$(cd "$output" && pwd -P)
version=$(sh "$here/version.sh")
SOURCE_DATE_EPOCH=$(git -C "$here" log -1 --format=%ct)
export SOURCE_DATE_EPOCH
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# From what is committed alone, not from what lies about.
mkdir "$scratch/source"
git -C "$here/../.." archive HEAD | tar -C "$scratch/source" -xf -
cd "$scratch/source"
mvn -q -Dstyle.color=never -Dquick -Dmaven.test.skip -T2 -pl qemu-fixture/cli -am package \
  -Dvfioap.version="$version" -Dvfioap.commit="$(git -C "$here" rev-parse --short=12 HEAD)" \
  -Dproject.build.outputTimestamp="$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)"
jars=$scratch/source/qemu-fixture/cli/target
dist=$scratch/source/qemu-fixture/dist

sh "$dist/package.sh" "$jars" "$version" "$output"
# A runtime is linked by the jlink of its own release, so by that of the JDK for this computer.
own=$(uname -m)
sh "$dist/fetch-jdk.sh" "$own" "$scratch/$own" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
JAVA_HOME=$scratch/$own/jdk
export JAVA_HOME
for architecture in "$@"; do
  if [ ! -d "$scratch/$architecture" ]; then
    sh "$dist/fetch-jdk.sh" "$architecture" "$scratch/$architecture" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
  fi
  sh "$dist/tarball.sh" "$jars" "$version" "$architecture" "$scratch/$architecture/jdk" "$output"
done
cd "$output"
sha256sum "vfioap_${version}_all.deb" "vfioap-$version"-linux-*.tar.gz >SHA256SUMS
