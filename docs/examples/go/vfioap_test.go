package vfioap

import (
	"bufio"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const (
	matrix = "/sys/devices/vfio_ap/matrix/"
	mdev   = "62177883-f1bb-47f0-914d-32a22e3a8804"
)

// withMdev returns a machine on which an mdev has queue 05.0004.
func withMdev(t *testing.T) *Machine {
	m := Boot(t, "document")
	m.Write("/sys/bus/ap/apmask", "-5")
	m.Write(matrix+"mdev_supported_types/vfio_ap-passthrough/create", mdev)
	m.Write(matrix+mdev+"/assign_adapter", "5")
	m.Write(matrix+mdev+"/assign_domain", "4")
	return m
}

func TestReservesTheCard(t *testing.T) {
	m := Boot(t, "document")
	m.Write("/sys/bus/ap/apmask", "-5")
	m.Await(Args{"queue": "05.0004", "driver": "vfio_ap"})
}

func TestQueueOfAGuestStaysWithIt(t *testing.T) {
	m := withMdev(t)
	m.Guest("g", mdev)
	m.Await(Args{"queue": "05.0004", "in": "g"})

	err := m.TryWrite("/sys/bus/ap/apmask", "+5")

	var refused *Error
	if !errors.Is(err, syscall.EBUSY) || !errors.As(err, &refused) {
		t.Fatalf("%v; want EBUSY", err)
	}
	if len(refused.Log) == 0 || !strings.Contains(refused.Log[0], "may not re-assign queue 05.0004") {
		t.Errorf("the kernel logged %q", refused.Log)
	}
}

func TestGuestKeepsItsDevice(t *testing.T) {
	m := withMdev(t)
	qmp := m.Guest("g")
	m.Do("plug", Args{"guest": "g", "mdev": mdev}, &struct{}{})
	m.Fault(Args{"guest": "g", "unplug": "reject"})

	client, err := net.Dial("unix", qmp) // the code under test
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	lines := bufio.NewScanner(client)
	for _, command := range []string{`{"execute":"qmp_capabilities"}`,
		`{"execute":"device_del","arguments":{"id":"hostdev0"}}`} {
		if _, err := client.Write([]byte(command + "\n")); err != nil {
			t.Fatal(err)
		}
	}
	for lines.Scan() && !strings.Contains(lines.Text(), "DEVICE_UNPLUG_GUEST_ERROR") {
	}

	m.Await(Args{"queue": "05.0004", "in": "g"})
}

func TestAdapterArrivesLater(t *testing.T) {
	m := Boot(t, "document")
	m.Fault(Args{"arrive": 9, "type": "CEX8", "mode": "ep11"})
	m.Await(Args{"queue": "09.0004"})
}

func TestCodeThatReadsFiles(t *testing.T) {
	m := BootMounted(t, "z16")
	cards, err := filepath.Glob(filepath.Join(m.Sys, "bus/ap/devices/card*"))
	if err != nil || len(cards) == 0 {
		t.Fatalf("cards: %v, %v", cards, err)
	}
	if err := os.WriteFile(filepath.Join(m.Sys, "bus/ap/apmask"), []byte("-0x1"), 0); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(m.Sys, "bus/ap/apmask"), []byte("none"), 0); !errors.Is(err, syscall.EINVAL) {
		t.Errorf("%v; want EINVAL", err)
	}
}
