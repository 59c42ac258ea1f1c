#!/bin/sh
# tarball.sh JARS VERSION ARCHITECTURE JDK OUTPUT: writes OUTPUT/vfioap-VERSION-linux-ARCHITECTURE.tar.gz, which runs without a
# Java, Maven or network. JARS is the target folder of the built command line, JDK a JDK for that architecture, whose release is
# that of the jlink in JAVA_HOME or PATH. SOURCE_DATE_EPOCH is the date of every file: the same input makes the same bytes.
set -eu

jars=$1
name=vfioap-$2-linux-$3
jdk=$4
output=$5
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# What the class files name, less what none of them needs for what we do: windows, beans and databases.
modules=java.base,java.logging,java.xml,java.naming,jdk.unsupported

sh "$here/stage.sh" "$jars" "$scratch/$name"
"${JAVA_HOME:+$JAVA_HOME/bin/}jlink" --module-path "$jdk/jmods" --add-modules "$modules" --strip-java-debug-attributes \
  --no-header-files --no-man-pages --compress=1 --dedup-legal-notices=error-if-not-same-content --output "$scratch/$name/runtime"
mkdir -p "$output"
find "$scratch/$name" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
tar -C "$scratch" --sort=name --owner=0 --group=0 --numeric-owner --mode=u+rw,go=rX --format=ustar -cf "$scratch/tar" "$name"
gzip -9n <"$scratch/tar" >"$output/$name.tar.gz"
printf '%s\n' "$output/$name.tar.gz"
