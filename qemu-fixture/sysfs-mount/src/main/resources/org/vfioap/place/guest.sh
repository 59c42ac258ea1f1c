# In a Linux that runs guests: becomes a command in one of them, with the guest's /sys, /dev, /run and parts of /etc. Without
# a command it only boots the guest. A guest in a guest is GUEST/GUEST.
# guest.sh GUEST [FOLDER COMMAND...]
#
# The first call after a boot of the guest starts its first process, guest-init.sh, which lives until the guest ends.
set -eu

own=/run/vfioap
path=$1
name=${path%%/*}
inner=${path#"$name"}
inner=${inner#/}
shift

die() {
  printf 'vfioap: %s\n' "$*" >&2
  exit 2
}

case $name in
  '' | . | ..) die "'$path' cannot be the name of a guest" ;;
esac
case $path in
  */) die "'$path' cannot be the name of a guest" ;;
esac
files=$own/fuse/guests/$name
if [ ! -d "$files" ]; then
  running=$(ls $own/fuse/guests | tr '\n' ' ')
  die "no guest is called '$name'; running: ${running:-none; a guest runs while its QEMU does}"
fi

# Sets first to the first process of the guest, if it is ready. At first it has the /run of the Linux around it.
find_first() {
  first=$(cat "$files/kernel/init" 2>/dev/null) || first=
  ready=/proc/${first:-0}/root$own/ready
  if [ ! -e "$ready" ] || [ "$ready" -ef $own/ready ]; then first=; fi
}

# Whoever comes meanwhile waits for the lock.
start_first() {
  disk=$own/guests/$(cat "$files/kernel/disk")
  mkdir -p "$disk"
  exec 9>"$disk/lock"
  flock 9
  find_first
  if [ -n "$first" ]; then return; fi
  # The first child of the inner shell is the first process. It says only what went wrong, and falls silent when it is ready.
  said=$(setsid unshare --mount --pid --net --ipc --uts --propagation private \
    sh -c 'sh "$0" "$@" &' $own/guest-init.sh "$name" "$disk" 2>&1 </dev/null 9>&-) || true
  find_first
  [ -n "$first" ] || die "the guest $name cannot be entered: ${said:-it ended}"
  exec 9>&-
}

find_first
if [ -z "$first" ]; then start_first; fi
if [ -n "$inner" ]; then
  set -- $own/guest.sh "$inner" "$@"
elif [ $# != 0 ]; then
  set -- $own/enter.sh "$@"
else
  exit
fi
exec nsenter -t "$first" -m -n -p -i -u -r -w -- \
  setpriv --pdeathsig TERM sh "$@"
