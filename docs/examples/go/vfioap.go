// Package vfioap boots emulated IBM Z hosts for tests. It is a client of "vfioap serve"; copy this
// file into your tests.
//
//	func TestReservesTheCard(t *testing.T) {
//		m := vfioap.Boot(t, "document")
//		m.Write("/sys/bus/ap/apmask", "-5")
//		m.Await(vfioap.Args{"queue": "05.0004", "driver": "vfio_ap"})
//	}
//
// The program is found by the variable VFIOAP or in PATH. docs/serve.md describes the requests.
package vfioap

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
)

// Args are the members of a request.
type Args map[string]any

// Error is what was refused. errors.Is(err, syscall.EBUSY) asks for the error number of a refused
// write or read.
type Error struct {
	Kind   string        `json:"kind"`
	Errno  string        `json:"errno"`
	Number syscall.Errno `json:"number"`
	Text   string        `json:"text"`
	Log    []string      `json:"log"`
}

func (e *Error) Error() string { return e.Text }

// Unwrap returns the error number; nil if there is none.
func (e *Error) Unwrap() error {
	if e.Number == 0 {
		return nil
	}
	return e.Number
}

type server struct {
	lock sync.Mutex
	in   io.Writer
	out  *bufio.Reader
	id   int
}

// One server for all tests of this process. It ends with the process: that closes its input.
var (
	once    sync.Once
	only    *server
	failure error
)

func start() (*server, error) {
	once.Do(func() { only, failure = launch() })
	return only, failure
}

func launch() (*server, error) {
	program := os.Getenv("VFIOAP")
	if program == "" {
		program = "vfioap"
	}
	command := exec.Command(program, "serve")
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	s := &server{in: in, out: bufio.NewReader(out)}
	_, err = s.out.ReadBytes('\n') // the greeting
	return s, err
}

// ask sends a request and decodes its result.
func (s *server) ask(do string, args Args, result any) error {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.id++
	request := Args{"id": s.id, "do": do}
	for name, value := range args {
		request[name] = value
	}
	line, err := json.Marshal(request)
	if err != nil {
		return err
	}
	if _, err := s.in.Write(append(line, '\n')); err != nil {
		return err
	}
	if line, err = s.out.ReadBytes('\n'); err != nil {
		return fmt.Errorf("vfioap serve ended: %w", err)
	}
	var answer struct {
		Ok    json.RawMessage
		Error *Error
	}
	if err := json.Unmarshal(line, &answer); err != nil {
		return err
	}
	if answer.Error != nil {
		return answer.Error
	}
	return json.Unmarshal(answer.Ok, result)
}

// Machine is a Z host of its own for one test.
type Machine struct {
	t      testing.TB
	server *server
	name   string
	Sys    string // the directory that stands for /sys; only after BootMounted
	Dev    string // and for /dev
}

// Boot boots a preset or a machine file. The machine ends with the test, which fails if it ordered
// a fault that did not happen.
func Boot(t testing.TB, machine string) *Machine {
	t.Helper()
	return boot(t, Args{"machine": machine})
}

// BootMounted boots a machine whose files are seen by the code under test and by other programs,
// below Sys and Dev. It needs /dev/fuse.
func BootMounted(t testing.TB, machine string) *Machine {
	t.Helper()
	return boot(t, Args{"machine": machine, "mount": true})
}

func boot(t testing.TB, args Args) *Machine {
	t.Helper()
	s, err := start()
	if err != nil {
		t.Fatalf("vfioap serve: %v", err)
	}
	m := &Machine{t: t, server: s}
	var booted struct{ Machine, Sys, Dev string }
	if err := s.ask("boot", args, &booted); err != nil {
		t.Fatal(err)
	}
	m.name, m.Sys, m.Dev = booted.Machine, booted.Sys, booted.Dev
	t.Cleanup(m.stop)
	return m
}

func (m *Machine) stop() {
	var left struct{ UnusedFaults []string }
	if err := m.Try("stop", nil, &left); err != nil {
		m.t.Error(err)
	}
	for _, fault := range left.UnusedFaults {
		m.t.Errorf("a fault did not happen: %s", fault)
	}
}

// Try does a request, whose result is decoded into result, and returns what was refused.
func (m *Machine) Try(do string, args Args, result any) error {
	all := Args{"machine": m.name}
	for name, value := range args {
		all[name] = value
	}
	return m.server.ask(do, all, result)
}

// Do does a request that must succeed.
func (m *Machine) Do(do string, args Args, result any) {
	m.t.Helper()
	if err := m.Try(do, args, result); err != nil {
		m.t.Fatalf("%s %v: %v", do, args, err)
	}
}

// TryWrite writes a file as echo does and returns what was refused.
func (m *Machine) TryWrite(path, value string) error {
	return m.Try("write", Args{"path": path, "value": value}, &struct{}{})
}

// Write writes a file as echo does.
func (m *Machine) Write(path, value string) {
	m.t.Helper()
	m.Do("write", Args{"path": path, "value": value}, &struct{}{})
}

// Read returns the text of a file.
func (m *Machine) Read(path string) string {
	m.t.Helper()
	var read struct{ Text string }
	m.Do("read", Args{"path": path}, &read)
	return read.Text
}

// Guest starts a guest with mdevs and returns the path of its QMP socket.
func (m *Machine) Guest(name string, mdevs ...string) string {
	m.t.Helper()
	var started struct{ Qmp string }
	m.Do("guest", Args{"name": name, "mdevs": append([]string{}, mdevs...)}, &started)
	return started.Qmp
}

// Fault orders what goes wrong: Args{"guest": "g", "unplug": "reject"}.
func (m *Machine) Fault(args Args) {
	m.t.Helper()
	m.Do("fault", args, &struct{}{})
}

// Await waits until something is so: Args{"queue": "05.0004", "in": "g"}.
func (m *Machine) Await(args Args) {
	m.t.Helper()
	m.Do("await", args, &struct{}{})
}
