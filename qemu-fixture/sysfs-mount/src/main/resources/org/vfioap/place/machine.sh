# The commands that start and enter machines and their guests, for the launcher: machine.sh run|exec|shell|guest ARGUMENT...
#
# A machine is its processes and nothing else. The first one in its process namespace has the argument
# vfioap-machine=NAME, and what belongs to the machine lies in /run/vfioap as that process sees it. Nothing is written
# outside, so nothing can be left behind, whoever is killed; but the last words of a machine in the background that ended by
# itself are kept in the folder $words until another one of its name starts.
#
# From the launcher: self (how the user called it), place (this folder), jar, java, archive (the class archive), installed
# (the emulated QEMU of the last build). From Java, which starts machines by this script, too: VFIOAP_DAEMON, its daemon, and
# VFIOAP_GIVEN_EMULATOR if the installed QEMU is to be taken as it is, and VFIOAP_HELD if the machine ends with its starter.
set -eu

unusable=2
if [ -n "${XDG_RUNTIME_DIR:-}" ]; then words=$XDG_RUNTIME_DIR/vfioap; else words=/tmp/vfioap-$(id -u); fi

say() { printf 'vfioap: %s\n' "$*" >&2; }
die() { say "$@"; exit "$unusable"; }
has() { command -v "$1" >/dev/null 2>&1; }

# Prints "PID NAME" for each machine of this user.
machines() {
  grep -zxoHa 'vfioap-machin[e]=.*' /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' |
    while IFS=: read -r file argument; do
      process=${file%/cmdline}
      if [ -O "$process" ] && is_first "$process"; then printf '%s %s\n' "${process#/proc/}" "${argument#*=}"; fi
    done
}

# True for the first process of a process namespace. Its children have the same arguments until they become programs.
is_first() {
  while read -r key numbers; do
    if [ "$key" = NSpid: ]; then
      [ "${numbers##*[!0-9]}" = 1 ]
      return
    fi
  done 2>/dev/null <"$1/status"
  return 1
}

# names MACHINES: their names in a line, for messages.
names() {
  printf '%s\n' "$1" | sort -k 2 | while read -r _ known; do printf ' %s' "$known"; done
}

# pid_of NAME MACHINES: prints the process, or nothing.
pid_of() {
  printf '%s\n' "$2" | while read -r process known; do
    if [ "$known" = "$1" ]; then printf '%s\n' "$process"; fi
  done | head -n 1
}

# tell_last_words NAME: how the machine of that name ended, unless it runs; or the last one if no name is given and none runs.
tell_last_words() {
  ended=$1
  if [ -z "$ended" ] && [ -z "$all" ]; then ended=$(ls -t "$words" 2>/dev/null | head -n 1); fi
  if [ -z "$ended" ] || [ ! -O "$words/$ended" ] || [ -n "$(pid_of "$ended" "$all")" ]; then return; fi
  say "the machine $ended does not run any more: $(cat "$words/$ended")"
}

# find_machine NAME: sets pid to the machine of that name, or the only one if the name is empty.
find_machine() {
  all=$(machines)
  # A guest sees no machine; it is meant itself.
  if [ -z "$all$1" ] && [ -e /run/vfioap/kernel/disk ]; then
    pid=1
    return
  fi
  tell_last_words "$1"
  if [ -z "$all" ]; then
    die "no machine is running${1:+, so none is called '$1'}; start one with: $self run z16"
  fi
  case $1$all in
    *' '*' '*) if [ -z "$1" ]; then die "several machines are running, so say which:$(names "$all")"; fi ;;
  esac
  if [ -z "$1" ]; then
    pid=${all%% *}
  else
    pid=$(pid_of "$1" "$all")
    [ -n "$pid" ] || die "no machine is called '$1'; running:$(names "$all")"
  fi
  # Somebody else may have started it this moment.
  tries=100
  until [ -e "/proc/$pid/root/run/vfioap/ready" ]; do
    tries=$((tries - 1))
    if [ ! -e "/proc/$pid" ]; then
      # It ended this moment.
      find_machine "$1"
      return
    fi
    [ "$tries" != 0 ] || die "the machine does not start; see: $self list"
    sleep 0.1
  done
}

# enter SCRIPT ARGUMENT...: becomes one of the scripts that lie in the machine $pid, in its namespaces.
# What a terminal sends is for the command, which then decides; those before it only wait. Whoever kills one of them ends the
# command; daemons that it leaves do not inherit that.
enter() {
  user='-U --preserve-credentials'
  if [ "/proc/$pid/ns/user" -ef /proc/self/ns/user ]; then user=; fi
  trap '' INT QUIT
  # shellcheck disable=SC2086 # words
  exec nsenter -t "$pid" $user -m -n -p -i -u -r -w -- \
    setpriv --pdeathsig TERM sh "/run/vfioap/$@"
}

exec_command() {
  case ${1:---} in
    --) wanted= ;;
    -*) teach "$@" ;;
    *) wanted=$1; shift ;;
  esac
  if [ "${1:-}" != -- ] || [ $# = 1 ]; then die "give the command after --: $self exec [NAME] -- COMMAND..."; fi
  shift
  find_machine "$wanted"
  enter enter.sh "$PWD" "$@"
}

shell_command() {
  case $#${1:-} in
    0 | 1[!-]*) ;;
    *) teach "$@" ;;
  esac
  find_machine "${1:-}"
  enter enter.sh "$PWD" "${SHELL:-/bin/sh}"
}

# guest [MACHINE] GUEST exec|shell ...: whatever else it is, the Java command answers.
guest_command() {
  wanted=
  case ${2:-} in
    exec | shell) ;;
    *)
      case ${3:-} in
        exec | shell) ;;
        *) teach "$@" ;;
      esac
      wanted=$1
      shift
      ;;
  esac
  guest=$1
  action=$2
  shift 2
  case $action${1:-} in
    shell) set -- "${SHELL:-/bin/sh}" ;;
    exec--) shift ;;
    *) teach "$guest" "$action" "$@" ;;
  esac
  if [ $# = 0 ]; then teach "$guest" "$action"; fi
  find_machine "$wanted"
  enter guest.sh "$guest" "$PWD" "$@"
}

# Sets machine, name, with_host, libvirtd, qemu, like, json and how many arguments it took.
read_run_options() {
  machine=
  name=
  with_host=
  libvirtd=
  qemu=
  like=
  json=
  taken=0
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    case $1 in
      --name) [ $# -gt 1 ] || teach "$@"; name=$2; shift; taken=$((taken + 1)) ;;
      --name=*) name=${1#*=} ;;
      --with-host) with_host=1 ;;
      --qemu) [ $# -gt 1 ] || teach "$@"; qemu=$2; shift; taken=$((taken + 1)) ;;
      --qemu=*) qemu=${1#*=} ;;
      --like) [ $# -gt 1 ] || teach "$@"; like=$2; shift; taken=$((taken + 1)) ;;
      --like=*) like=${1#*=} ;;
      --libvirtd) libvirtd=1 ;;
      --json) json=1 ;;
      -*) teach "$@" ;;
      *) [ -z "$machine" ] || teach "$@"; machine=$1 ;;
    esac
    shift
    taken=$((taken + 1))
  done
  [ -n "$machine" ] || teach
}

# Sets profile and qemu to what --like and --qemu mean; profile is - for that of the machine.
choose_likeness() {
  profile=-
  if [ -z "$like$qemu" ]; then return; fi
  if [ -n "$qemu" ] && [ -z "$libvirtd" ]; then
    die "--qemu chooses the QEMU of a machine with libvirt, so add --libvirtd"
  fi
  chosen=$("$java" -jar "$jar" likeness ${like:+"--like=$like"} ${qemu:+"--qemu=$qemu"} ${libvirtd:+--libvirtd}) ||
    exit $?
  profile=${chosen% *}
  qemu=${chosen#* }
}

# The Java command of the same name knows what is wrong with a line of arguments, and the help.
teach() {
  exec "$java" -jar "$jar" "$command" "$@"
}

# Sets name to one that no machine has: the wanted one or a numbered one after the preset or file.
choose_name() {
  taken_names=$(machines)
  if [ -n "$name" ]; then
    case $name in
      *[!A-Za-z0-9-]* | -* | ????????????????????????????????????????????????????????????????*)
        die "'$name' cannot be a name: it is the machine's host name, up to 63 letters, digits and hyphens" ;;
    esac
    if [ -n "$(pid_of "$name" "$taken_names")" ]; then
      die "a machine called '$name' is running; choose another --name or end it with: $self stop $name"
    fi
    return
  fi
  base=${machine##*/}
  base=${base%.yaml}
  base=${base%.yml}
  case $base in
    *[!A-Za-z0-9-]* | -* | '' | ????????????????????????????????????????*) base=machine ;;
    *[!0-9]*) ;;
    *) base=machine ;;
  esac
  name=$base
  number=1
  while [ -n "$(pid_of "$name" "$taken_names")" ]; do
    number=$((number + 1))
    name=$base-$number
  done
}

# Opens a pipe without a name: 4 to read, 5 to write.
open_pipe() {
  folder=$(mktemp -d)
  mkfifo "$folder/pipe"
  exec 6<>"$folder/pipe"
  exec 4<"$folder/pipe" 5>"$folder/pipe" 6<&-
  rm -r "$folder"
}

# True for root, unless in a container without the right to mount.
may_mount() {
  while read -r key value; do
    if [ "$key" = CapEff: ]; then return $((1 - (0x$value >> 21 & 1))); fi
  done </proc/self/status
  return 1
}

# True where / is no mount, as in a folder that chroot(1) entered.
is_chroot() {
  while read -r _ _ _ _ point _; do
    if [ "$point" = / ]; then return 1; fi
  done </proc/self/mountinfo
}

# start_machine PREFIX...: starts the processes of the machine with a program before them; sets unshare.
start_machine() {
  unshare=
  trap 'abandon 129' HUP
  trap 'abandon 130' INT
  trap 'abandon 143' TERM
  if is_chroot; then set -- "$@" unshare --mount --propagation unchanged sh "$place/chroot.sh"; fi
  set -- "$@" unshare --mount --pid --fork --kill-child --net --ipc --uts --propagation private
  if ! may_mount; then set -- "$@" --user --map-root-user; fi
  opened=
  if [ -r "$machine" ] && [ ! -d "$machine" ]; then
    exec 8<"$machine"
    opened=/proc/self/fd/8
  fi
  VFIOAP_NAME=$name VFIOAP_MACHINE=$machine VFIOAP_OPENED=$opened VFIOAP_WITH_HOST=$with_host \
    VFIOAP_PROFILE=$profile VFIOAP_QEMU=$qemu VFIOAP_LIBVIRTD=$libvirtd VFIOAP_EMULATOR=$emulator VFIOAP_WORDS=$background \
    VFIOAP_PLACE=$place VFIOAP_JAR=$jar VFIOAP_JAVA=$java VFIOAP_ARCHIVE=$archive \
    "$@" sh "$place/init.sh" </dev/null >&5 2>&5 3<&- 4<&- 5>&- 9<&- &
  unshare=$!
  exec 5>&- 8<&-
}

# abandon STATUS: the start was interrupted. The machine in the background is a process group, and dies with unshare.
abandon() {
  trap '' HUP INT TERM
  if [ -n "$unshare" ]; then
    kill -s KILL ${background:+-- "-$unshare"} "$unshare" 2>/dev/null || true
    wait "$unshare" 2>/dev/null || true
  fi
  say "interrupted: the machine $name was not started"
  exit "$1"
}

# Waits until the machine is ready, and sets pid; passes on what it says instead.
await_machine() {
  pid=
  while [ -z "$pid" ] && read -r word rest <&4; do
    case $word in
      claimed) exec 9<&- ;;
      ready) pid=$rest ;;
      *) printf '%s\n' "$word $rest" >&2 ;;
    esac
  done
  trap - HUP INT TERM
  if [ -z "$pid" ]; then
    status=0
    wait "$unshare" 2>/dev/null || status=$?
    if [ "$status" != "$unusable" ]; then
      say "the machine does not start; what this computer lacks says: $self doctor"
      status=1
    fi
    exit "$status"
  fi
}

# Sets emulator to the installed emulated QEMU, unless it is not of this build.
find_emulator() {
  if ! (PATH=$PATH:/usr/sbin:/sbin; has libvirtd && has virsh); then
    die "libvirtd and virsh are not installed; on Debian: apt-get install libvirt-daemon libvirt-daemon-driver-qemu libvirt-clients"
  fi
  if [ -n "${VFIOAP_GIVEN_EMULATOR:-}" ]; then
    emulator=$installed
    return
  fi
  program=$installed/qemu-system-s390x
  if [ -x "$program" ] && cmp -s "$installed/qemu-monitor/qemu-monitor.jar" "${jar%/*}"/lib/vfioap-qemu-monitor-*.jar; then
    emulator=$installed
  fi
}

run_command() {
  background=
  read_run_options "$@"
  shift "$taken"
  choose_likeness
  emulator=
  if [ -n "$libvirtd" ]; then find_emulator; fi
  if [ "${1:-}" = -- ]; then
    shift
    [ $# -gt 0 ] || die "give a command after --, or leave -- out to start the machine in the background"
    [ -z "$json" ] || die "--json describes a machine in the background, so leave out the command after --"
  fi
  exec 3<&0
  open_pipe
  exec 9<"$place/machine.sh"
  # Nobody else chooses a name meanwhile. Whoever holds the lock for long does so to annoy.
  if has flock; then flock -w 5 9 || true; fi
  choose_name
  if [ $# = 0 ] && [ -z "${VFIOAP_HELD:-}" ]; then
    # What lies in a folder of another user is not read, so it need not go.
    rm -f "$words/$name" 2>/dev/null || true
    background=1
    start_machine setsid sh "$place/watch.sh" "$words/$name"
    await_machine
    if [ -n "$json" ]; then
      "$java" -Xshare:auto -XX:SharedArchiveFile="$archive" -Xlog:disable -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
        -Dfile.encoding=UTF-8 -jar "$jar" list --object "$name"
      return
    fi
    printf '%s\n' "$name"
    say "$name is running. Next: $self shell $name, $self exec $name -- COMMAND..., $self stop $name"
  else
    start_machine setpriv --pdeathsig KILL
    await_machine
    if [ -n "${VFIOAP_HELD:-}" ]; then
      hold_machine
    else
      run_in_foreground "$@"
    fi
  fi
}

# signal_command SIGNAL: the command is the child of the enter.sh that is the child of the nsenter.
signal_command() {
  child=$(child_of "$(child_of "$job")")
  [ -z "$child" ] || kill -s "$1" "$child" 2>/dev/null || true
}

# The file ends without a newline, which read counts as a failure.
child_of() {
  child=
  if [ -n "$1" ]; then read -r child _ 2>/dev/null <"/proc/$1/task/$1/children" || true; fi
  printf %s "$child"
}

# The machine ends with the command, and its exit status is that of the command.
run_in_foreground() {
  trap : INT QUIT
  trap 'signal_command TERM' TERM
  trap 'signal_command HUP' HUP
  (enter enter.sh "$PWD" "$@") <&3 3<&- 4<&- &
  job=$!
  status=0
  while true; do
    wait "$job" 2>/dev/null && status=0 || status=$?
    kill -0 "$job" 2>/dev/null || break
  done
  kill -s KILL "$pid" 2>/dev/null || true
  wait "$unshare" 2>/dev/null || true
  # What the machine says if it ended by itself; unshare(1) complains of having been killed.
  grep '^vfioap: ' <&4 >&2 || true
  exit "$status"
}

# hold_machine: the machine lives as long as somebody can write to the input of this, whatever runs in it.
hold_machine() {
  echo ready
  setpriv --pdeathsig KILL sh -c 'cat >/dev/null; kill -s KILL "$1"' sh "$pid" <&3 3<&- 4<&- &
  holder=$!
  exec 3<&-
  wait "$unshare" 2>/dev/null || true
  kill -s KILL "$holder" 2>/dev/null || true
}

command=$1
shift
case $command in
  run) run_command "$@" ;;
  exec) exec_command "$@" ;;
  shell) shell_command "$@" ;;
  guest) guest_command "$@" ;;
esac
