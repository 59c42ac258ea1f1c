#!/bin/sh
# fetch-jdk.sh ARCHITECTURE FOLDER: makes FOLDER/jdk a JDK 17 of Debian for x86_64, aarch64 or s390x, from which jlink of a JDK 17 for
# any architecture makes a runtime for that one. It needs no root and changes nothing outside FOLDER: apt works on lists of its
# own, from the sources of this computer.
set -eu

case $1 in
  x86_64) debian=amd64 ;;
  aarch64) debian=arm64 ;;
  s390x) debian=s390x ;;
  *) printf 'fetch-jdk: no architecture %s; allowed: x86_64, aarch64, s390x\n' "$1" >&2; exit 2 ;;
esac
folder=$2
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)
scratch=$(mktemp -d "$folder/fetch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

mkdir -p "$scratch/state/lists/partial" "$scratch/cache/archives/partial" "$scratch/debs" "$scratch/root"
: >"$scratch/status"
cat >"$scratch/apt.conf" <<END
APT::Architecture "$debian";
#clear APT::Architectures;
APT::Architectures { "$debian"; };
#clear APT::Update;
#clear DPkg;
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
Acquire::Retries "1";
Acquire::http::Timeout "20";
Dir::State "$scratch/state";
Dir::State::status "$scratch/status";
Dir::Cache "$scratch/cache";
END
# Sources that know no such architecture cannot be read; what matters is whether the packages are found.
apt-get -q -c "$scratch/apt.conf" update || true
cd "$scratch/debs"
apt-get -q -c "$scratch/apt.conf" download openjdk-17-jdk-headless openjdk-17-jre-headless
for package in *.deb; do dpkg-deb -x "$package" "$scratch/root"; done
rm -rf "$folder/jdk"
mv "$scratch"/root/usr/lib/jvm/java-17-openjdk-* "$folder/jdk"
