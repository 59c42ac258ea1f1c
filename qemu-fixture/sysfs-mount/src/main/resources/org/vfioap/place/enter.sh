# In the machine: runs a command as a user of the machine would start it. enter.sh FOLDER COMMAND...
# Whoever waits outside cannot pass a signal on that it ignores itself, so this turns it into an exit status.
PATH=/run/vfioap/bin:${PATH:-/usr/local/bin:/usr/bin:/bin}
for folder in /usr/local/sbin /usr/sbin /sbin; do
  case :$PATH: in
    *:$folder:*) ;;
    *) PATH=$PATH:$folder ;;
  esac
done
# libudev believes in devices only where /sys is of the kernel's own type, unless told not to check.
SYSTEMD_DEVICE_VERIFY_SYSFS=0
export PATH SYSTEMD_DEVICE_VERIFY_SYSFS
unset XDG_RUNTIME_DIR
cd "$1" 2>/dev/null || cd /
shift
if ! command -v "$1" >/dev/null; then
  printf "vfioap: there is no program '%s' in %s\n" "$1" "$PATH" >&2
  exit 127
fi
exec 9>&2 2>/dev/null
(exec setpriv --pdeathsig TERM env --default-signal=INT,QUIT "$@" 2>&9 9>&-)
exit $?
