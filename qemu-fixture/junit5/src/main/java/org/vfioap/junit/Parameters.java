package org.vfioap.junit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.Machine;
import org.vfioap.qemu.client.QmpClient;

/** What parameters and fields can be. */
final class Parameters {
  private static final String RUNNING_MACHINE = "org.vfioap.place.RunningMachine";
  private static final String LIBVIRT = "org.vfioap.translation.libvirt.LibvirtHost";

  private static final Map<Class<?>, Function<HostFixture, Object>> BY_TYPE =
      Map.of(
          Fixture.class, fixture -> fixture,
          ApHost.class, HostFixture::host,
          Machine.class, HostFixture::machine,
          KernelProfile.class, HostFixture::kernel,
          ManualClock.class, HostFixture::clock,
          QmpClient.class, Parameters::onlyMonitor);

  private Parameters() {}

  private static boolean isAnnotated(Request request) {
    return request.has(Sys.class)
        || request.has(Mounted.class)
        || request.has(QmpSocket.class)
        || request.has(Guest.class)
        || request.has(ConnectUri.class);
  }

  static boolean isLibvirt(Request request) {
    return request.type().getName().equals(LIBVIRT);
  }

  private static boolean isOfRunning(Request request) {
    return request.has(ConnectUri.class) || request.type().getName().equals(RUNNING_MACHINE);
  }

  /** Tells whether a parameter is one of these; a plain Path is left to others. */
  static boolean isKnown(Request request) {
    return isAnnotated(request)
        || request.has(On.class)
        || BY_TYPE.containsKey(request.type())
        || request.type() == FixtureGuest.class
        || isLibvirt(request)
        || isOfRunning(request);
  }

  /** Tells whether a field is one of these: a type that others also have needs an annotation. */
  static boolean isField(Request request) {
    return isAnnotated(request) || request.has(On.class) || request.type() == Fixture.class;
  }

  /** Returns what is asked for. */
  static Object resolve(Request request, Fixtures fixtures) {
    if (fixtures.isRunning(request.machine())) {
      return fixtures.running(request.machine()).resolve(request);
    }
    if (isOfRunning(request)) {
      throw new ParameterResolutionException(request.name() + " needs @VfioAp(place = RUNNING)");
    }
    HostFixture fixture = fixtures.get(request.machine());
    if (request.type() == Path.class) {
      return path(request, fixture);
    }
    if (request.type() == FixtureGuest.class) {
      return guest(request, fixture);
    }
    if (isLibvirt(request)) {
      return fixture.libvirt().host();
    }
    Function<HostFixture, Object> known = BY_TYPE.get(request.type());
    if (known == null || isAnnotated(request)) {
      throw unknown(request);
    }
    return known.apply(fixture);
  }

  private static Object path(Request request, HostFixture fixture) {
    if (request.has(Sys.class)) {
      return fixture.sys();
    }
    if (request.has(Mounted.class)) {
      return fixture.mounted();
    }
    return request
        .annotation(QmpSocket.class)
        .map(socket -> fixture.guest(socket.value()).qmpSocket())
        .orElseThrow(
            () ->
                new ParameterResolutionException(
                    "Path of what? @Sys (in process), @Mounted (FUSE) or @QmpSocket: "
                        + request.name()));
  }

  private static FixtureGuest guest(Request request, HostFixture fixture) {
    Guest wanted = request.annotation(Guest.class).orElse(null);
    String name = wanted == null ? "guest1" : wanted.value();
    if (wanted == null || fixture.hasGuest(name)) {
      return fixture.guest(name);
    }
    try {
      return fixture.startGuest(name, wanted.cpu(), List.of(wanted.mdev()), wanted.arguments());
    } catch (IllegalArgumentException refused) {
      throw new ParameterResolutionException("@Guest: " + refused.getMessage(), refused);
    }
  }

  private static QmpClient onlyMonitor(HostFixture fixture) {
    List<EmulatedGuest> guests = fixture.guests();
    if (guests.size() > 1) {
      throw new ParameterResolutionException(
          "QmpClient of which guest? There are "
              + guests.stream().map(EmulatedGuest::name).toList()
              + "; use @Guest(\"NAME\") FixtureGuest and its qmp()");
    }
    return (guests.isEmpty() ? fixture.guest("guest1") : guests.get(0)).qmp();
  }

  private static ParameterResolutionException unknown(Request request) {
    return new ParameterResolutionException(
        request.name()
            + " cannot be had; allowed: Fixture, ApHost, Machine, KernelProfile, ManualClock,"
            + " QmpClient, LibvirtHost, @Guest FixtureGuest, and a Path with @Sys, @Mounted or"
            + " @QmpSocket");
  }
}
