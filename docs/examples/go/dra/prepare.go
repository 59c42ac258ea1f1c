// Package dra shows what a device plugin or DRA driver does with AP queues on a node, in the order
// in which it does it. Every path begins at a root, so that a test can point it at a machine of
// vfioap; on a node the roots are /sys and /dev.
package dra

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Host is where the files of the node are.
type Host struct {
	Sys, Dev string
	// Step is called before each step of Prepare and Unprepare; an error ends it there, as a
	// restart of the driver would.
	Step func(name string) error
}

// Device is what goes into a CDI specification: the nodes that a pod needs.
type Device struct {
	Name  string
	Nodes []string
}

func (h Host) ap(path ...string) string {
	return filepath.Join(append([]string{h.Sys, "bus/ap"}, path...)...)
}

func (h Host) matrix(path ...string) string {
	return filepath.Join(append([]string{h.Sys, "devices/vfio_ap/matrix"}, path...)...)
}

func (h Host) queue(apqn, file string) string { return h.ap("devices", apqn, file) }

func read(path string) (string, error) {
	text, err := os.ReadFile(path)
	return strings.TrimSpace(string(text)), err
}

// write writes with one system call and does not create files.
func write(path, value string) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = file.WriteString(value + "\n")
	return err
}

// Preflight tells whether the node can serve queues: vfio_ap is there, the kernel knows
// driver_override, and the masks leave every queue to the host.
func (h Host) Preflight() error {
	if _, err := os.Stat(filepath.Join(h.Sys, "class/mdev_bus/matrix")); err != nil {
		return fmt.Errorf("vfio_ap is not loaded: %w", err)
	}
	for _, mask := range []string{"apmask", "aqmask"} {
		value, err := read(h.ap(mask))
		if err != nil {
			return err
		}
		if value != "0x"+strings.Repeat("f", 64) {
			return fmt.Errorf("%s is %s: another program gives queues to vfio_ap", mask, value)
		}
	}
	queues, err := filepath.Glob(h.ap("devices", "*.*", "driver_override"))
	if err == nil && len(queues) == 0 {
		err = errors.New("no queue has driver_override: needs Linux 6.19")
	}
	return err
}

// Prepare gives queues of one adapter to a mediated device. It may be called again after a restart:
// what was done before is not done twice.
func (h Host) Prepare(uuid string, apqns ...string) (Device, error) {
	for _, apqn := range apqns {
		if err := h.rebind(apqn, "vfio_ap"); err != nil {
			return Device{}, err
		}
	}
	if err := h.step("create"); err != nil {
		return Device{}, err
	}
	if _, err := os.Stat(h.matrix(uuid)); err != nil {
		create := h.matrix("mdev_supported_types/vfio_ap-passthrough/create")
		if err := write(create, uuid); err != nil {
			return Device{}, err
		}
	}
	for _, apqn := range apqns {
		if err := h.assign(uuid, apqn); err != nil {
			return Device{}, err
		}
	}
	return h.device(uuid)
}

// rebind lets a driver have a queue: driver_override, unbind, drivers_probe. An empty name gives
// the queue back to the host.
func (h Host) rebind(apqn, driver string) error {
	if err := h.step("rebind"); err != nil {
		return err
	}
	if err := write(h.queue(apqn, "driver_override"), driver); err != nil {
		return err
	}
	if now, err := os.Readlink(h.queue(apqn, "driver")); err == nil {
		if driver != "" && filepath.Base(now) == driver {
			return nil
		}
		if err := write(h.queue(apqn, "driver/unbind"), apqn); err != nil {
			return err
		}
	}
	return write(h.ap("drivers_probe"), apqn)
}

func (h Host) assign(uuid, apqn string) error {
	if err := h.step("assign"); err != nil {
		return err
	}
	numbers := strings.SplitN(apqn, ".", 2)
	if err := write(h.matrix(uuid, "assign_adapter"), "0x"+numbers[0]); err != nil {
		return err
	}
	return write(h.matrix(uuid, "assign_domain"), "0x"+numbers[1])
}

// device finds the nodes: the group, or what the kernel says about the device of class vfio-dev.
func (h Host) device(uuid string) (Device, error) {
	group, err := os.Readlink(h.matrix(uuid, "iommu_group"))
	if err != nil {
		return Device{}, err
	}
	device := Device{Name: uuid, Nodes: []string{
		filepath.Join(h.Dev, "vfio/vfio"), filepath.Join(h.Dev, "vfio", filepath.Base(group))}}
	numbers, err := filepath.Glob(h.matrix(uuid, "vfio-dev", "vfio*"))
	for _, number := range numbers {
		device.Nodes = append(device.Nodes,
			filepath.Join(h.Dev, "vfio/devices", filepath.Base(number)))
	}
	return device, err
}

// Unprepare removes a mediated device and gives its queues back to the host. It may be called again.
func (h Host) Unprepare(uuid string, apqns ...string) error {
	if err := h.step("remove"); err != nil {
		return err
	}
	err := write(h.matrix(uuid, "remove"), "1")
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for _, apqn := range apqns {
		if err := h.rebind(apqn, ""); err != nil {
			return err
		}
	}
	return nil
}

// Prepared lists the mediated devices that are there: what a driver that was restarted finds.
func (h Host) Prepared() ([]string, error) {
	found, err := filepath.Glob(filepath.Join(h.Sys, "bus/mdev/devices", "*-*"))
	for i, path := range found {
		found[i] = filepath.Base(path)
	}
	return found, err
}

func (h Host) step(name string) error {
	if h.Step == nil {
		return nil
	}
	return h.Step(name)
}
