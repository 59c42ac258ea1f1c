package dra

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"example.org/vfioap"
)

const uuid = "62177883-f1bb-47f0-914d-32a22e3a8804"

// node is a machine of this test alone; or, when the tests run in a machine, that one:
//
//	go test -c -o /tmp/dra.test && vfioap run node.yaml --with-host -- env IN_MACHINE=1 /tmp/dra.test
func node(t *testing.T) Host {
	if os.Getenv("IN_MACHINE") != "" {
		return Host{Sys: "/sys", Dev: "/dev"}
	}
	m := vfioap.BootMounted(t, "node.yaml")
	return Host{Sys: m.Sys, Dev: m.Dev}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func driver(t *testing.T, h Host, apqn string) string {
	t.Helper()
	link, err := os.Readlink(h.queue(apqn, "driver"))
	must(t, err)
	return filepath.Base(link)
}

func TestPreflight(t *testing.T) {
	h := node(t)
	must(t, h.Preflight())

	must(t, write(h.ap("apmask"), "-3"))
	if err := h.Preflight(); err == nil {
		t.Error("a mask that gives adapter 3 away was not noticed")
	}
	must(t, write(h.ap("apmask"), "+3"))
}

func TestPrepareAndUnprepare(t *testing.T) {
	h := node(t)
	device, err := h.Prepare(uuid, "05.0004", "05.0047")
	must(t, err)

	for _, path := range device.Nodes {
		if _, err := os.Stat(path); err != nil {
			t.Errorf("the pod lacks a node: %v", err)
		}
	}
	matrix, err := read(h.matrix(uuid, "matrix"))
	must(t, err)
	if matrix != "05.0004\n05.0047" || driver(t, h, "05.0004") != "vfio_ap" {
		t.Errorf("matrix %q, driver %s", matrix, driver(t, h, "05.0004"))
	}

	must(t, h.Unprepare(uuid, "05.0004", "05.0047"))
	if driver(t, h, "05.0004") != "cex4queue" {
		t.Errorf("the host did not get 05.0004 back: %s has it", driver(t, h, "05.0004"))
	}
}

func TestRestartInTheMiddle(t *testing.T) {
	h := node(t)
	killed := errors.New("killed")
	for _, at := range []string{"rebind", "create", "assign"} {
		h.Step = func(name string) error {
			if name == at {
				return killed
			}
			return nil
		}
		if _, err := h.Prepare(uuid, "05.0004"); !errors.Is(err, killed) {
			t.Fatalf("before %s: %v", at, err)
		}
	}
	found, err := h.Prepared()
	must(t, err)
	if len(found) != 1 || found[0] != uuid {
		t.Errorf("the driver finds %v after its restart", found)
	}

	h.Step = nil
	_, err = h.Prepare(uuid, "05.0004")
	must(t, err)
	must(t, h.Unprepare(uuid, "05.0004"))
	must(t, h.Unprepare(uuid, "05.0004"))
}

func TestQueueOfAnotherPodIsRefused(t *testing.T) {
	h := node(t)
	other := "cef03c3c-903d-4ecc-9a83-40694cb8aee4"
	_, err := h.Prepare(uuid, "05.0004")
	must(t, err)

	_, err = h.Prepare(other, "05.0004")

	if !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("%v; want EADDRINUSE", err)
	}
	must(t, h.Unprepare(other))
	must(t, h.Unprepare(uuid, "05.0004"))
}

func TestPodHoldsItsDevice(t *testing.T) {
	h := node(t)
	device, err := h.Prepare(uuid, "05.0004")
	must(t, err)
	group, err := os.OpenFile(device.Nodes[1], os.O_RDWR, 0) // as QEMU in the pod does
	must(t, err)

	guest, err := read(h.matrix(uuid, "guest_matrix"))
	must(t, err)
	if guest != "05.0004" {
		t.Errorf("the guest has %q", guest)
	}
	if _, err := os.OpenFile(device.Nodes[1], os.O_RDWR, 0); !errors.Is(err, syscall.EBUSY) {
		t.Errorf("a second program: %v; want EBUSY", err)
	}

	must(t, group.Close())
	must(t, h.Unprepare(uuid, "05.0004"))
}
