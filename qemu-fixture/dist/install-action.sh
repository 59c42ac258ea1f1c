#!/bin/sh
# What action.yml runs: unpacks the tarball of the release VFIOAP_VERSION from VFIOAP_URL, or builds vfioap where that is no
# release, adds it to PATH, and lets ordinary users create namespaces.
set -eu

folder=${RUNNER_TEMP:-/tmp}/vfioap
mkdir -p "$folder"
case $VFIOAP_VERSION in
  v[0-9]*)
    file=vfioap-${VFIOAP_VERSION#v}-linux-$(uname -m).tar.gz
    curl -fsSL --retry 3 "$VFIOAP_URL/$VFIOAP_VERSION/$file" | tar -xz --strip-components=1 -C "$folder"
    path=$folder/bin
    ;;
  *)
    root=$(CDPATH='' cd -- "$(dirname "$0")/../.." && pwd -P)
    "$root/vfioap" --version
    path=$root
    ;;
esac
printf '%s\n' "$path" >>"$GITHUB_PATH"

setting=/proc/sys/kernel/apparmor_restrict_unprivileged_userns
if [ -r $setting ] && [ "$(cat $setting)" = 1 ]; then
  if [ "$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi
  $sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0
fi
"$path/vfioap" doctor || true
