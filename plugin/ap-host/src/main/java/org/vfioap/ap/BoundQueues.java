package org.vfioap.ap;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which queues of a machine are bound to guests under Secure Execution.
 *
 * <p>Accelerators are usable once they are bound; EP11 coprocessors need a secret, too. A machine
 * of which no queue says otherwise is done with an association at once.
 */
final class BoundQueues implements SecureQueues {
  /** A queue that is bound. */
  private enum Binding {
    WITHOUT_SECRET,
    WITH_SECRET
  }

  private final ApHardware machine;
  private final Map<Apqn, Binding> bindings = new ConcurrentHashMap<>();

  BoundQueues(ApHardware machine) {
    this.machine = machine;
  }

  /** Ends a binding, as every reset by the host does. */
  void end(int adapter, int domain) {
    if (!bindings.isEmpty()) {
      bindings.remove(Apqn.of(adapter, domain));
    }
  }

  @Override
  public BindState state(int adapter, int domain) {
    if (!machine.test(adapter, domain).carriesInfo()) {
      return BindState.USABLE;
    }
    AdapterMode mode = machine.describe(adapter).mode();
    if (mode == AdapterMode.CCA) {
      return BindState.UNUSABLE;
    }
    Binding binding = bindings.get(Apqn.of(adapter, domain));
    if (binding == null) {
      return BindState.AVAILABLE_FOR_BINDING;
    }
    boolean usable = mode == AdapterMode.ACCELERATOR || isAssociated(adapter, domain, binding);
    return usable ? BindState.USABLE : BindState.USABLE_NO_SECURE_KEY;
  }

  private boolean isAssociated(int adapter, int domain, Binding binding) {
    return binding == Binding.WITH_SECRET
        && machine.state(adapter, domain) != QueueState.ASSOCIATION_PENDING;
  }

  private boolean answers(int adapter, int domain, QueueState refusal) {
    return machine.test(adapter, domain) == ResponseCode.NORMAL
        && machine.state(adapter, domain) != refusal;
  }

  @Override
  public boolean bind(int adapter, int domain) {
    boolean possible =
        state(adapter, domain) == BindState.AVAILABLE_FOR_BINDING
            && answers(adapter, domain, QueueState.BIND_REFUSED);
    if (possible) {
      bindings.put(Apqn.of(adapter, domain), Binding.WITHOUT_SECRET);
    }
    return possible;
  }

  @Override
  public boolean associate(int adapter, int domain, int secret) {
    boolean possible =
        state(adapter, domain) == BindState.USABLE_NO_SECURE_KEY
            && answers(adapter, domain, QueueState.ASSOCIATION_REFUSED);
    if (possible) {
      bindings.put(Apqn.of(adapter, domain), Binding.WITH_SECRET);
    }
    return possible;
  }

  @Override
  public ResponseCode reset(int adapter, int domain, boolean unbind) {
    if (unbind) {
      end(adapter, domain);
    }
    return machine.resetQueue(adapter, domain);
  }
}
