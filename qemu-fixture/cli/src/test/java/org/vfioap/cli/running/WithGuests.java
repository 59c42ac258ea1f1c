package org.vfioap.cli.running;

/**
 * The ground of tests with guests. A bash process stands for QEMU: it holds /dev/kvm and the mdev's
 * group open.
 */
abstract class WithGuests extends WithMachines {
  static final String A = "62177883-f1bb-47f0-914d-32a22e3a8804";
  static final String B = "11111111-f1bb-47f0-914d-32a22e3a8804";
  static final String ALL = "ap,apqci,apft,apqi";

  /** Functions for scripts: a virtual machine, what it is told, and an mdev. */
  private static final String PROLOGUE =
      """
      vm() { # NAME FEATURES [MDEV [UUID]]: returns when it runs
        mkfifo /run/$1.ctl /run/$1.done 2>/dev/null
        (exec 3<>/dev/kvm 5<>/run/$1.ctl >/dev/null 2>&1
          if [ -n "$4" ]; then echo "uuid $4" >&3; fi
          echo "vm $1 $2" >&3
          if [ -n "$3" ]; then
            exec 4<>/dev/vfio/$(basename $(readlink /sys/bus/mdev/devices/$3/iommu_group))
            echo device $3 >&4
          fi
          echo $BASHPID >/run/$1.done
          while read -r line <&5; do
            if [ $line = reset ]; then echo reset >&3; else exec 4>&-; fi
            echo >/run/$1.done
          done) &
        read -r pid </run/$1.done
        echo $pid >/run/$1.pid
      }
      tell() { # NAME reset|unplug
        echo $2 >/run/$1.ctl
        read -r _ </run/$1.done
      }
      mdev() { # UUID
        echo $1 >/sys/class/mdev_bus/matrix/mdev_supported_types/vfio_ap-passthrough/create
      }
      assign() { # UUID KIND NUMBER...
        for number in ${@:3}; do echo $number >/sys/bus/mdev/devices/$1/assign_$2; done
      }
      await() { # COMMAND...: until it is true, for what follows from what was done
        n=400; until "$@"; do n=$((n - 1)); [ $n != 0 ] || { echo "in vain: $*"; break; }; sleep .02; done
      }
      A=62177883-f1bb-47f0-914d-32a22e3a8804
      B=11111111-f1bb-47f0-914d-32a22e3a8804
      """;

  /** Passes 05.0004 on to guest one. */
  static final String ONE =
      """
      echo -5,-6 >/sys/bus/ap/apmask
      mdev $A; assign $A adapter 5; assign $A domain 4; assign $A control_domain 4
      vm one ap,apqci,apft,apqi $A
      """;

  /** Lets bash run a script in the machine. */
  final String host(Caller caller, String name, String script) {
    return bash(caller, name, PROLOGUE + script);
  }

  /** Lets bash run a script in a guest; standard error is part of the output. */
  final String guest(Caller caller, String name, String guest, String script) {
    String all = "exec 2>&1\n" + PROLOGUE + script;
    return vfioap(caller, "guest", name, guest, "exec", "--", "bash", "-c", all).out();
  }
}
