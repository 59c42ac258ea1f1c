package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.guest.RunState;
import org.vfioap.qemu.guest.ShutdownCause;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;

/** Running, stopping, resetting. Source: softmmu/runstate.c and monitor/qmp-cmds.c of QEMU 7.2. */
final class LifecycleCommands implements CommandGroup {
  private final Guest guest;

  LifecycleCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    switch (command) {
      case "query-status" -> {
        return Optional.of(status());
      }
      case "cont" -> guest.life().resume();
      case "stop" -> guest.life().stop();
      case "system_reset" -> guest.life().reset(ShutdownCause.HOST_QMP_SYSTEM_RESET);
      case "system_powerdown" -> guest.life().powerDown();
      case "system_wakeup" ->
          throw QemuError.generic("wake-up from suspend is not supported by this guest");
      case "quit" -> guest.life().quit(ShutdownCause.HOST_QMP_QUIT);
      case "inject-nmi" -> guest.life().injectNmi();
      case "set-action" -> setAction(arguments);
      default -> {
        return Optional.empty();
      }
    }
    return DONE;
  }

  private JsonObject status() {
    RunState state = guest.life().state();
    JsonObject status = JsonObject.empty().with("running", guest.life().isRunning());
    if (QemuRules.SINGLESTEP.now()) {
      status.with("singlestep", guest.debug().isSingleStep());
    }
    return status.with("status", state.wireName());
  }

  private void setAction(JsonObject arguments) {
    arguments
        .members()
        .forEach(
            (event, action) -> {
              if (action instanceof JsonString string) {
                guest.life().setAction(event, string.text());
              }
            });
  }
}
