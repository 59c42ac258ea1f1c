package org.vfioap.qemu.migration;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonText;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/** The migration of a guest. Source: migration/migration.c of QEMU 7.2. */
public final class Migration {
  private final MigratingGuest guest;
  private final Capabilities capabilities = new Capabilities();
  private final Parameters parameters = new Parameters();
  private final DirtyRate dirtyRate;
  private final Incoming incoming;
  private @Nullable Outgoing outgoing;

  private Migration(MigratingGuest guest) {
    this.guest = guest;
    this.dirtyRate = new DirtyRate(guest);
    this.incoming = new Incoming(guest, capabilities);
  }

  /** Returns the migration of {@code guest}. */
  public static Migration of(MigratingGuest guest) {
    return new Migration(guest);
  }

  /** Answers {@code query-migrate}. */
  public JsonObject toJson() {
    JsonObject answer = JsonObject.empty();
    Outgoing current = outgoing;
    if (current != null) {
      current.describe(answer);
    } else {
      incoming.describe(answer);
    }
    List<String> reasons =
        guest.nonMigratable().stream().map(name -> "non-migratable device: " + name).toList();
    if (!reasons.isEmpty()) {
      answer.with("blocked-reasons", JsonArray.ofStrings(reasons));
    }
    return answer;
  }

  /**
   * Starts to send the guest.
   *
   * @param resume whether a paused migration is to go on; there never is one
   * @throws QemuError if it cannot start
   */
  public void start(String uri, boolean resume) throws QemuError {
    checkStart(resume);
    Outgoing next = Outgoing.create(guest, capabilities, parameters);
    outgoing = next;
    MigrationUri target = MigrationUri.parse(uri);
    if (target.kind() == MigrationUri.Kind.UNKNOWN) {
      next.refuse("", false);
      throw QemuRules.MIGRATION_PROTOCOL_NAMED.now()
          ? QemuError.generic("unknown migration protocol: " + uri)
          : Refusals.expects("uri", "a valid migration protocol");
    }
    try {
      next.send(opener(target));
    } catch (QemuError refused) {
      next.refuse(refused.text(), true);
      throw refused;
    }
  }

  private Outgoing.Opener opener(MigrationUri target) throws QemuError {
    target.check();
    if (target.kind() == MigrationUri.Kind.RDMA) {
      throw rdma(guest, target.rdmaRefusal("could not create CM channel"));
    }
    if (target.kind() == MigrationUri.Kind.FD) {
      int number = guest.takeDescriptor(target.rest());
      return () -> Connector.descriptor(number);
    }
    return () -> Connector.connect(target);
  }

  /** RDMA complains twice: its library writes to standard error by itself. */
  static QemuError rdma(MigratingGuest guest, String refusal) {
    guest.print(refusal + "\n");
    return QemuError.generic(refusal);
  }

  private void checkStart(boolean resume) throws QemuError {
    if (resume) {
      throw QemuError.generic("Cannot resume if there is no paused migration");
    }
    checkIdle();
    switch (guest.runState()) {
      case "inmigrate" -> throw QemuError.generic("Guest is waiting for an incoming migration");
      case "postmigrate" ->
          throw QemuError.generic("Can't migrate the vm that was paused due to previous migration");
      default -> {}
    }
    checkMigratable();
  }

  /**
   * Checks that all devices can be saved.
   *
   * @throws QemuError if one cannot
   */
  public void checkMigratable() throws QemuError {
    List<String> blockers = guest.nonMigratable();
    if (!blockers.isEmpty()) {
      throw QemuError.generic(
          "State blocked by non-migratable device '" + blockers.get(blockers.size() - 1) + "'");
    }
  }

  private void checkIdle() throws QemuError {
    if (isRunning()) {
      throw QemuError.generic("There's a migration process in progress");
    }
  }

  /** Says whether the guest is being sent. */
  public boolean isRunning() {
    return outgoing != null && outgoing.isRunning();
  }

  /** Says whether the guest is being sent, or is waited for. */
  public boolean isUnderWay() {
    return isRunning() || incoming.isUnderWay();
  }

  /** Stops a migration that runs; without one nothing happens. */
  public void cancel() {
    if (outgoing != null) {
      outgoing.cancel();
    }
  }

  /** Goes on after the pause before the switch-over. */
  public void proceed(String state) throws QemuError {
    Outgoing current = outgoing;
    if (current != null) {
      current.proceedFrom(state);
    } else if (!state.equals("none")) {
      throw QemuError.generic("Migration not in expected state: none");
    }
  }

  /** Refuses as {@code migrate-start-postcopy} does; memory is never fetched afterwards here. */
  public void startPostcopy() throws QemuError {
    if (!capabilities.has("postcopy-ram")) {
      throw QemuError.generic(
          "Enable postcopy with migrate_set_capability before the start of migration");
    }
    if (outgoing == null) {
      throw QemuError.generic("Start the migration before switching to postcopy");
    }
  }

  /**
   * Waits for a guest from {@code uri}.
   *
   * @param fromMonitor whether a monitor asks, which knows descriptors by name
   * @throws QemuError if nothing can come from there or somewhere else is waited for already
   */
  public void receive(String uri, boolean fromMonitor) throws QemuError {
    incoming.start(uri, fromMonitor);
  }

  /** Switches capabilities as {@code migrate-set-capabilities} does. */
  public void setCapabilities(JsonArray list) throws QemuError {
    checkIdle();
    capabilities.set(list);
  }

  /** Returns the recorded list of capabilities with what is switched on. */
  public JsonArray capabilities(JsonArray recorded) {
    return capabilities.toJson(recorded);
  }

  /** Changes parameters as {@code migrate-set-parameters} does. */
  public void setParameters(JsonObject wanted) throws QemuError {
    parameters.set(wanted);
  }

  /** Changes a parameter as {@code migrate_set_parameter} does. */
  public void setParameter(String name, String text) throws QemuError {
    parameters.set(HumanParameter.read(name, text));
  }

  /** Returns the recorded parameters with what was changed. */
  public JsonObject parameters(JsonText recorded) {
    return parameters.toJson((JsonObject) recorded.parsed());
  }

  /** Starts a measurement as {@code calc-dirty-rate} does. */
  public void measureDirtyRate(JsonObject arguments) throws QemuError {
    dirtyRate.start(arguments);
  }

  /** Answers {@code query-dirty-rate}. */
  public JsonObject dirtyRate() {
    return dirtyRate.toJson();
  }

  /** Lets go of sockets. */
  public void close() {
    incoming.close();
    if (outgoing != null) {
      outgoing.close();
    }
  }
}
