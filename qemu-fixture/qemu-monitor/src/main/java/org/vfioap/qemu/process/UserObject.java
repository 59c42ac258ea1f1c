package org.vfioap.qemu.process;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.options.OptionLists;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.options.OptionsReader;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/**
 * An object that the command line wants. Source: softmmu/vl.c and qom/object_interfaces.c of QEMU
 * 7.2.
 *
 * @param members its type, identifier and properties, of the types that the schema gives them
 */
record UserObject(JsonObject members) {
  /** They need something that is made after the machine. */
  private static final Set<String> LATE =
      Set.of("rng-egd", "qtest", "cryptodev-vhost-user", "colo-compare", "x-vfio-user-server");

  static UserObject read(CommandLine.Option option, OptionPass pass) throws QemuError, Exit {
    CommandSchema schema = CommandSchema.recorded();
    if (option.value().startsWith("{")) {
      JsonObject members = OptionPass.json(option.value());
      schema.check("object-add", members);
      return new UserObject(members);
    }
    OptionString options = pass.parse(option, OptionLists.get("object"));
    String type = options.get("qom-type").orElseThrow(() -> Refusals.missing("qom-type"));
    printHelp(type, options);
    return new UserObject(OptionsReader.read(schema, "object-add", options));
  }

  /** Tells whether there is an object of this name whose type begins so. */
  static boolean isAmong(List<UserObject> objects, String id, String type) {
    for (UserObject object : objects) {
      if (object.type().startsWith(type) && object.members().text("id").orElse("").equals(id)) {
        return true;
      }
    }
    return false;
  }

  private static void printHelp(String type, OptionString options) throws Exit {
    if (HelpTexts.isHelp(type)) {
      throw Exit.printing(HelpTexts.text("-object help"));
    }
    Optional<String> text = HelpTexts.find("-object " + type + ",help");
    if (options.wantsHelp() && text.isPresent()) {
      throw Exit.printing(text.get() + "\n");
    }
  }

  /** Says whether it is a monitor. */
  boolean isMonitor() {
    return type().startsWith("monitor-");
  }

  String type() {
    return members.text("qom-type").orElse("");
  }

  /** Says whether it is made before character devices and the machine. */
  boolean isEarly() {
    return !LATE.contains(type())
        && !type().startsWith("filter-")
        && !type().startsWith("memory-backend-");
  }
}
