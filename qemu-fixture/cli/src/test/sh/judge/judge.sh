#!/bin/sh
# judge.sh VFIOAP KERNEL-FOLDER PROFILE MACHINE FOLDER: runs the writes beside this script on MACHINE, once under the real
# Linux of KERNEL-FOLDER and once in the emulated one of PROFILE, and compares what each write answered and every file of
# the AP bus afterwards. Prints the differences and fails if there are any. What is known to differ, and why:
#   power/         Debian builds its s390x kernels without runtime power management
#   vfio_ap        Debian's kernels have none
#   request_count  a real Linux asks coprocessors for random numbers and their keys whenever it wants
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
vfioap=$1
kernel=$2
profile=$3
machine=$4
work=$5
fetched=$(dirname "$kernel")

mkdir -p "$work/extra"
cp "$here/observe.pl" "$here/writes" "$work/extra/"
(cd "$work/extra" && find . | "$fetched/bin/cpio" --quiet -o -H newc -R 0:0) | gzip -1 >"$work/extra.gz"
cat "$kernel/initrd" "$work/extra.gz" >"$work/initrd"
"$vfioap" machine show "$machine" | sed "s/^profile:.*/profile: $profile/" >"$work/machine.yaml"

"$vfioap" boot "$work/machine.yaml" --kernel "$kernel/vmlinuz" --initrd "$work/initrd" --append \
  'quiet vfioap.run="perl /observe.pl /writes"' </dev/null | tr -d '\r' >"$work/real.console"
grep -q '^vfioap.status=0' "$work/real.console" || { cat "$work/real.console"; echo "the real Linux did not come to its end"; exit 1; }
grep '^[WFL] ' "$work/real.console" | grep -vE '/power/|vfio_ap|request_count [0-9-]' >"$work/real"
"$vfioap" run "$work/machine.yaml" --name "judge-$$" -- perl "$work/extra/observe.pl" "$work/extra/writes" |
  grep '^[WFL] ' | grep -vE '/power/|vfio_ap|request_count [0-9-]' >"$work/emulated"
diff "$work/real" "$work/emulated"
echo "$(wc -l <"$work/real") observations are the same under Linux $(cat "$kernel/release")"
