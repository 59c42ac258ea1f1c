"""What a test looks like; run it with: VFIOAP=./vfioap pytest docs/examples/test_vfioap_serve.py"""

import errno
import json
import socket

import pytest

from vfioap_serve import Failed, Refused, vfioap, vfioap_server  # noqa: F401

MDEV = "62177883-f1bb-47f0-914d-32a22e3a8804"
MATRIX = "/sys/devices/vfio_ap/matrix"


def matrix(machine, *numbers):
    machine.write(f"{MATRIX}/mdev_supported_types/vfio_ap-passthrough/create", MDEV)
    for file, number in numbers:
        machine.write(f"{MATRIX}/{MDEV}/{file}", number)


def test_reserves_the_card(vfioap):
    machine = vfioap.boot("document")
    machine.write("/sys/bus/ap/apmask", "-5")
    machine.wait(queue="05.0004", driver="vfio_ap")


def test_reserved_queue_is_refused(vfioap):
    machine = vfioap.boot("document")
    with pytest.raises(Refused) as refusal:
        matrix(machine, ("assign_adapter", "5"), ("assign_domain", "4"))
    assert refusal.value.errno == errno.EADDRNOTAVAIL


def test_guest_gets_its_queue(vfioap):
    machine = vfioap.boot("document")
    machine.write("/sys/bus/ap/apmask", "-5")
    matrix(machine, ("assign_adapter", "5"), ("assign_domain", "4"))
    qmp = machine.guest("guest1", mdevs=[MDEV])
    machine.wait(queue="05.0004", **{"in": "guest1"})
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(qmp)
        assert "QMP" in json.loads(client.makefile().readline())
    assert machine.read("/sys/devices/ap/card05/type", **{"in": "guest1"}) == "CEX5C\n"
    assert {"mdev": MDEV} in machine.stop()


def test_adapter_arrives_later(vfioap):
    machine = vfioap.boot("document")
    machine.hw("adapter", "9", "add", "CEX8", "ep11")
    machine.wait(queue="09.0004")


def test_waiting_in_vain_says_why(vfioap):
    machine = vfioap.boot("document")
    with pytest.raises(Failed, match="adapter 09 is not assigned"):
        machine.wait(queue="09.0004", ms=50)
