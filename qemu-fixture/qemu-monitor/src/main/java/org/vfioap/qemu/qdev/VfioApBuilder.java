package org.vfioap.qemu.qdev;

import java.util.Optional;
import java.util.OptionalInt;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qom.ObjectTree;
import org.vfioap.qemu.qom.Property;
import org.vfioap.qemu.qom.QomObject;
import org.vfioap.qemu.vfio.VfioAp;
import org.vfioap.qemu.vfio.VfioRequest;

/** Makes a vfio-ap device, which no recording has: it needs a host that has an mdev. */
final class VfioApBuilder {
  private static final String MODEL = "vfio-ap";
  private static final String IOMMUFD = "iommufd";

  private final DeviceBuilder builder;
  private final Board board;
  private final PlugEnvironment environment;

  VfioApBuilder(DeviceBuilder builder, Board board, PlugEnvironment environment) {
    this.builder = builder;
    this.board = board;
    this.environment = environment;
  }

  Device build(Candidate candidate) throws QemuError {
    Optional<String> path = candidate.text("sysfsdev");
    Optional<String> fd = candidate.text("fd");
    OptionalInt number =
        fd.isEmpty() ? OptionalInt.empty() : OptionalInt.of(PassedDescriptor.number(fd.get()));
    Migratability.check(MODEL, candidate.bus(), environment.isOnlyMigratable());
    VfioRequest request =
        new VfioRequest(
            candidate.id(),
            given(candidate, "sysfsdev"),
            !candidate.text(IOMMUFD).orElse("").isEmpty(),
            number,
            environment.memory());
    VfioAp vfio = VfioAp.realize(environment.host(), request, environment::report);
    Device device = device(candidate, path.orElse(""), vfio);
    if (environment.isMachineReady()) {
      vfio.reset();
    }
    QomObject object = object(path.orElse(""));
    device.represent(object);
    builder.finish(device, object, candidate);
    vfio.onRequest(() -> environment.unplugRequested(device, vfio.name()));
    return device;
  }

  private static Optional<String> given(Candidate candidate, String property) {
    return candidate.values().get(property) instanceof JsonString string
        ? Optional.of(string.text())
        : Optional.empty();
  }

  private Device device(Candidate candidate, String path, VfioAp vfio) {
    Device device = new Device(MODEL, candidate.id());
    device.propertyLines().add("sysfsdev = \"" + path + "\"");
    if (QemuRules.LINKS_IN_QTREE.now()) {
      device.propertyLines().add("iommufd = \"\"");
    }
    device.onRelease(vfio::close);
    device.onUnplug(vfio::ignore);
    device.onReset(
        () -> {
          for (int times = QemuRules.VFIO_RESETS.now(); times > 0; times--) {
            vfio.reset();
          }
        });
    return device;
  }

  private QomObject object(String path) {
    String text =
        """
        vfio-ap
        type\tstring\t"vfio-ap"
        parent_bus\tlink<bus>\t""
        realized\tbool\ttrue
        hotplugged\tbool\ttrue
        hotpluggable\tbool\ttrue
        """;
    QomObject object = ObjectTree.object(text, board.types());
    boolean newer = PropertyTable.of(MODEL).type(IOMMUFD).isPresent();
    if (newer) {
      object.put(new Property(IOMMUFD, "link<iommufd>", "\"\""));
    }
    object.put(new Property("sysfsdev", "str", JsonString.of(path).toJson()));
    if (newer) {
      if (QemuRules.LEGACY_LINKS.now()) {
        object.put(new Property("legacy-iommufd", "str", "\"\""));
      }
      object.put(new Property("fd", "string", "!Property 'vfio-ap.fd' is not readable"));
    }
    return object;
  }
}
