# Machines for bats: an emulated IBM Z host with crypto adapters for each test. Copy this file.
#
#   load vfioap
#   setup() { machine_start document; }
#   teardown() { machine_stop; }
#
# "machine COMMAND..." runs a command in it: with bats' "run", too. Its /sys and /dev are those of the
# Z host, its log is dmesg; everything else is this computer's. It needs /dev/fuse and user namespaces:
# "vfioap doctor" tells. The program is found by the variable VFIOAP or in PATH.

# Starts a machine of this preset or file, with further options of "vfioap run".
machine_start() {
  VFIOAP_NAME="bats-$$-${BATS_TEST_NUMBER:-0}"
  # Without file 3: bats waits until nobody has it open any more, and the machine would.
  "${VFIOAP:-vfioap}" run "$@" --name "$VFIOAP_NAME" >"$BATS_TEST_TMPDIR/vfioap" 2>&1 3>&- || {
    cat "$BATS_TEST_TMPDIR/vfioap" >&2
    return 1
  }
}

# Runs a command in the machine.
machine() {
  "${VFIOAP:-vfioap}" exec "$VFIOAP_NAME" -- "$@"
}

# Changes its hardware: machine_hw adapter 9 add CEX8 ep11
machine_hw() {
  "${VFIOAP:-vfioap}" hw "$VFIOAP_NAME" "$@"
}

machine_stop() {
  "${VFIOAP:-vfioap}" stop "$VFIOAP_NAME" >/dev/null
}
