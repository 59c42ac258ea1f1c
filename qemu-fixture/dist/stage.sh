#!/bin/sh
# stage.sh JARS FOLDER: puts into the new FOLDER what a tarball and a package have in common: bin, lib and share. JARS is the
# target folder of the built command line.
set -eu

jars=$1
folder=$2
root=$(CDPATH='' cd -- "$(dirname "$0")/../.." && pwd -P)
umask 022

mkdir -p "$folder/bin" "$folder/lib/lib" "$folder/lib/place" "$folder/share/man/man1" \
  "$folder/share/bash-completion/completions" "$folder/share/zsh/site-functions" "$folder/share/doc/vfioap"
cp "$root/qemu-fixture/dist/vfioap.sh" "$folder/bin/vfioap"
chmod 755 "$folder/bin/vfioap"
cp "$jars/vfioap.jar" "$folder/lib"
cp "$jars"/lib/*.jar "$folder/lib/lib"
cp "$root"/qemu-fixture/sysfs-mount/src/main/resources/org/vfioap/place/* "$folder/lib/place"
cp "$root/LICENSE" "$root/README.md" "$root/CHANGELOG.md" "$folder/share/doc/vfioap"
cp -r "$root/docs" "$folder/share/doc/vfioap/docs"

# Text in any locale, in the same lines everywhere.
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
vfioap() { LC_ALL=C.UTF-8 COLUMNS=80 "$java" -Dfile.encoding=UTF-8 "$@"; }
vfioap -jar "$jars/vfioap.jar" generate-manual "$folder/share/man/man1"
vfioap -jar "$jars/vfioap.jar" generate-completion >"$folder/share/bash-completion/completions/vfioap"
{
  printf '#compdef vfioap\n'
  cat "$folder/share/bash-completion/completions/vfioap"
} >"$folder/share/zsh/site-functions/_vfioap"
