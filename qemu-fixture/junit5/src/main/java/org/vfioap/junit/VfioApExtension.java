package org.vfioap.junit;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.Machine;
import org.vfioap.machine.MachineFileException;

/**
 * Boots machines for tests, and ends them: what {@link VfioAp} registers, and for machines that are
 * computed:
 *
 * <pre>{@code
 * @RegisterExtension
 * final VfioApExtension host =
 *     VfioApExtension.machine("z16").beforeEach(f -> f.write("/sys/bus/ap/apmask", "-0")).build();
 * }</pre>
 *
 * <p>After a test that failed it publishes the state of the machine, its log, uevents, writes and
 * what came over monitors; then it fails tests whose faults did not happen or that left something
 * behind, and ends everything.
 */
public final class VfioApExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ExecutionCondition,
        ParameterResolver {
  private final Optional<Registered> registered;
  private final Map<Thread, Fixtures> current = new ConcurrentHashMap<>();

  /** A machine that is not of an annotation. */
  record Registered(String name, Fixtures.Wanted wanted) {}

  /** Creates it for annotations; JUnit does. */
  public VfioApExtension() {
    registered = Optional.empty();
  }

  private VfioApExtension(Registered machine) {
    registered = Optional.of(machine);
  }

  /**
   * Describes a machine by a preset or file.
   *
   * @throws ExtensionConfigurationException if it is wrong, with what is allowed
   */
  public static Builder machine(String presetOrFile) {
    try {
      return machine(Machine.find(presetOrFile));
    } catch (MachineFileException wrong) {
      throw new ExtensionConfigurationException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  /** Describes a machine. */
  public static Builder machine(Machine machine) {
    return new Builder(machine);
  }

  /**
   * Returns the machine of the test that runs in this thread.
   *
   * @throws IllegalStateException outside of a test
   */
  public Fixture fixture() {
    Fixtures fixtures = current.get(Thread.currentThread());
    if (fixtures == null) {
      throw new IllegalStateException(
          "no test runs in this thread; ask for the fixture in a test, or pass it on");
    }
    return fixtures.get(registered.map(Registered::name).orElse(""));
  }

  private Fixtures fixtures(ExtensionContext context) {
    return registered.isPresent()
        ? Fixtures.of(context, this, registered.get())
        : Fixtures.of(context);
  }

  private Optional<Fixtures> existing(ExtensionContext context) {
    return Fixtures.existing(context, registered.isPresent() ? this : "");
  }

  /** Disables a test whose machines this computer cannot run. */
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Availability.of(context);
  }

  /** Reads the machines, so that a mistake is told before any test. */
  @Override
  public void beforeAll(ExtensionContext context) {
    for (Field field : Injection.fields(context.getRequiredTestClass(), true)) {
      inject(field, null, context);
    }
    fixtures(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Fixtures fixtures = fixtures(context);
    if (registered.isPresent()) {
      fixtures.demandPlaces();
    }
    current.put(Thread.currentThread(), fixtures);
    for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
      for (Field field : Injection.fields(instance.getClass(), false)) {
        inject(field, instance, context);
      }
    }
  }

  private void inject(Field field, @Nullable Object instance, ExtensionContext context) {
    Request request = Request.of(field);
    Fixtures fixtures = fixtures(context);
    // A method with machines of its own may have none for a field of the class.
    if (isFor(request) && fixtures.has(request.machine())) {
      Injection.set(field, instance, Parameters.resolve(request, fixtures));
    }
  }

  private boolean isFor(Request request) {
    String name = request.machine();
    return registered.map(each -> each.name().equals(name)).orElse(true)
        && Parameters.isKnown(request);
  }

  /** From JUnit 5.12 on parameters of constructors are of the test, not of its class. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Request request = Request.of(parameter);
    boolean named = registered.map(each -> each.name().equals(request.machine())).orElse(true);
    boolean mine = registered.isPresent() || isOfAnnotation(request, context);
    return named && mine && Parameters.isKnown(request);
  }

  /** A name that nobody has is refused here, with those that there are. */
  private boolean isOfAnnotation(Request request, ExtensionContext context) {
    Fixtures fixtures = fixtures(context);
    return fixtures.has(request.machine())
        || (!fixtures.isEmpty() && !Fixtures.isRegistered(context, request.machine()));
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Parameters.resolve(Request.of(parameter), fixtures(context));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    current.remove(Thread.currentThread());
    existing(context).ifPresent(fixtures -> new Aftermath(context, fixtures).run());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    existing(context).ifPresent(Fixtures::close);
  }

  /** Describes a machine that a test computes. */
  public static final class Builder {
    private Machine machine;
    private String name = "";
    private VfioAp.Place place = VfioAp.Place.IN_PROCESS;
    private boolean libvirtd;
    private VfioAp.Leaks leaks = VfioAp.Leaks.AUTO;
    private boolean strict = true;
    private Consumer<Fixture> setUp = fixture -> {};

    private Builder(Machine machine) {
      this.machine = machine;
    }

    /** Sets the name by which {@link On} chooses it. */
    public Builder name(String value) {
      name = value;
      return this;
    }

    /** Sets the kernel. */
    public Builder profile(KernelProfile value) {
      machine = machine.withProfile(value);
      return this;
    }

    /** Sets where it is. */
    public Builder place(VfioAp.Place value) {
      place = value;
      return this;
    }

    /** Runs a libvirtd in it; it is in processes of its own then. */
    public Builder libvirtd() {
      libvirtd = true;
      place = VfioAp.Place.RUNNING;
      return this;
    }

    /** Sets what becomes of what a test leaves behind. */
    public Builder leaks(VfioAp.Leaks value) {
      leaks = value;
      return this;
    }

    /** Sets whether a fault that did not happen fails the test. */
    public Builder strictFaults(boolean value) {
      strict = value;
      return this;
    }

    /** Sets what is done with each machine once it has booted. */
    public Builder beforeEach(Consumer<Fixture> value) {
      setUp = value;
      return this;
    }

    /** Returns the extension, for a field with {@code @RegisterExtension}. */
    public VfioApExtension build() {
      return new VfioApExtension(
          new Registered(
              name,
              new Fixtures.Wanted(
                  machine, new Where(place, libvirtd, false), leaks, strict, setUp)));
    }
  }
}
