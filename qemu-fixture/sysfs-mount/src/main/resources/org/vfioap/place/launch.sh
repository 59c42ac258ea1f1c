# What the launchers of a checkout and of an installed vfioap share. Sourced; they set self (how the user called them), place
# (this folder), jar, java, archive (classes as Java's memory has them) and installed (the emulated QEMU for libvirt).

# Becomes the script that starts and enters machines: Java would take longer to start than all of it.
machine() {
  export place jar java archive installed
  self=$called exec sh "$place/machine.sh" "$@"
}

# Becomes the command line.
launch() {
  case ${1:-} in
    run | exec | shell | guest) machine "$@" ;;
  esac
  # Java takes arguments and names of files in the encoding of the locale. Here they are UTF-8 in every locale.
  LC_ALL=C.UTF-8
  export LC_ALL
  # Small and short-lived: the quickest compiler and the smallest collector. The output is UTF-8 in every locale.
  exec "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto \
    -XX:SharedArchiveFile="$archive" -Xlog:disable \
    -Dfile.encoding=UTF-8 -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8 \
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 \
    -jar "$jar" "$@"
}

# Writes the archive for what a machine and a command load, which halves the time that they take to start. Where there can
# be no machine it is of less use; without it everything works. It needs a folder $scratch.
archive_classes() {
  rm -f "$archive"
  (export JAVA_TOOL_OPTIONS="-XX:DumpLoadedClassList=$scratch/machine" && machine run empty --name "build-$$" -- true) || true
  "$java" -XX:DumpLoadedClassList="$scratch/command" -jar "$jar" list
  # From Java 19 on lists have numbers, which are not the same in both, and classes of other loaders.
  cat "$scratch/command" "$scratch/machine" 2>/dev/null | sed '/^#/d; / source: /d; s/ id: .*//' | sort -u >"$scratch/classes"
  "$java" -Xshare:dump -XX:SharedClassListFile="$scratch/classes" -XX:SharedArchiveFile="$scratch/archive" \
    -XX:+UseSerialGC -cp "$jar"
  mv "$scratch/archive" "$archive"
}
