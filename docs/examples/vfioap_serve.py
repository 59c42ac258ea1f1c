"""A client of "vfioap serve" and a pytest fixture; copy this file into your tests as a plugin.

    pytest_plugins = ["vfioap_serve"]

    def test_reserves_the_card(vfioap):
        machine = vfioap.boot("document")
        machine.write("/sys/bus/ap/apmask", "-5")
        machine.wait(queue="05.0004", driver="vfio_ap")

The program is found by the variable VFIOAP or in PATH. See docs/serve.md.
"""

import itertools
import json
import os
import subprocess


class Refused(OSError):
    """The emulated kernel refused; errno is the number, log what it logged meanwhile."""

    def __init__(self, error):
        super().__init__(error["number"], error["text"])
        self.name = error["errno"]
        self.log = error.get("log", [])


class Failed(Exception):
    """Any other error; error has all that was answered."""

    def __init__(self, error):
        super().__init__(error["text"])
        self.error = error


class Vfioap:
    """A running "vfioap serve"; use it as a context manager."""

    def __init__(self, program=None):
        command = [program or os.environ.get("VFIOAP", "vfioap"), "serve"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.hello = json.loads(self.process.stdout.readline())
        self.ids = itertools.count(1)

    def ask(self, do, **members):
        request = {"id": next(self.ids), "do": do, **members}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "ok" in answer:
            return answer["ok"]
        error = answer["error"]
        raise Refused(error) if error["kind"] == "refused" else Failed(error)

    def boot(self, machine="document", **members):
        return Machine(self, self.ask("boot", machine=machine, **members))

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Machine:
    """A machine; what it can do is in docs/serve.md."""

    def __init__(self, vfioap, booted):
        self.vfioap = vfioap
        self.name = booted["machine"]
        self.sys = booted.get("sys")

    def ask(self, do, **members):
        return self.vfioap.ask(do, machine=self.name, **members)

    def write(self, path, value, **members):
        return self.ask("write", path=path, value=value, **members)["taken"]

    def read(self, path, **members):
        return self.ask("read", path=path, **members)["text"]

    def hw(self, *words):
        return self.ask("hw", words=list(words))

    def guest(self, name, **members):
        return self.ask("guest", name=name, **members)["qmp"]

    def wait(self, **members):
        self.ask("await", **members)

    def stop(self):
        return self.ask("stop")["leaks"]


try:
    import pytest
except ImportError:  # The client alone needs no pytest.
    pass
else:

    @pytest.fixture(scope="session")
    def vfioap_server():
        with Vfioap() as server:
            yield server

    @pytest.fixture
    def vfioap(vfioap_server):
        """The server; machines that a test booted are stopped after it."""
        booted = []
        boot = vfioap_server.boot

        def remember(*arguments, **members):
            booted.append(boot(*arguments, **members))
            return booted[-1]

        vfioap_server.boot = remember
        yield vfioap_server
        vfioap_server.boot = boot
        for machine in booted:
            try:
                machine.stop()
            except Failed:
                pass  # The test stopped it.
