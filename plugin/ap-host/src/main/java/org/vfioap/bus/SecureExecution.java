package org.vfioap.bus;

import java.util.List;
import java.util.Optional;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.BindState;
import org.vfioap.ap.Facility;
import org.vfioap.ap.ResponseCode;
import org.vfioap.ap.SecureQueues;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.NumberSyntax;
import org.vfioap.sysfs.Attribute;

/**
 * The files {@code se_bind} and {@code se_associate}, which queues have in a guest under Secure
 * Execution on a machine with APSB: accelerators and EP11 coprocessors, no others.
 *
 * <pre>
 *               se_bind 1              se_associate N
 *   unbound ------------------> bound ----------------> association pending
 *      ^                        (accelerator: done)              |
 *      |                                                         v
 *      +-------- se_bind 0 ------------------------------- associated N
 * </pre>
 *
 * <p>Source: ap_queue.c of Linux 6.8, 6.12 and 7.2, se_bind_store, se_associate_store and
 * ap_sm_assoc_wait.
 */
final class SecureExecution {
  private static final int SECRETS = 0x10000;

  private final ApInstructions hardware;
  private final DriverCore core;
  private final KernelProfile profile;
  private final boolean announces;
  private final Optional<SecureQueues> queues;

  SecureExecution(Kernel kernel, ApInstructions hardware, DriverCore core) {
    this.hardware = hardware;
    this.core = core;
    profile = kernel.profile();
    announces = kernel.profile().has(KernelRules.SE_UEVENTS);
    queues =
        kernel.profile().has(KernelRules.SE_FILES) && hardware.has(Facility.APSB)
            ? hardware.secureQueues()
            : Optional.empty();
  }

  /** {@code ap_q_supported_in_se}. */
  boolean supports(ApCard card) {
    return queues.isPresent()
        && (isOf(card, AdapterMode.EP11) || isOf(card, AdapterMode.ACCELERATOR));
  }

  private static boolean isOf(ApCard card, AdapterMode mode) {
    return (card.functions() & mode.bit()) != 0;
  }

  List<Attribute<ApQueue>> files() {
    return List.of(
        Attribute.setting("se_bind", this::showBinding, this::bind),
        Attribute.setting("se_associate", this::showAssociation, this::associate));
  }

  private SecureQueues instructions() {
    return queues.orElseThrow();
  }

  private BindState state(ApQueue queue) {
    return instructions().state(queue.adapter(), queue.domain());
  }

  private ResponseCode test(ApQueue queue) {
    return hardware.test(queue.adapter(), queue.domain());
  }

  private String showBinding(ApQueue queue) {
    poll(queue);
    return state(queue).isBound() ? "bound" : "unbound";
  }

  private String showAssociation(ApQueue queue) {
    if (!isOf(queue.card(), AdapterMode.EP11)) {
      return "-";
    }
    poll(queue);
    boolean begun = queue.association().isPresent();
    return switch (state(queue)) {
      case USABLE -> "associated " + known(queue);
      case USABLE_NO_SECURE_KEY -> begun ? "association pending" : "unassociated";
      case AVAILABLE_FOR_BINDING, UNUSABLE -> "unassociated";
    };
  }

  /** It may be associated without this kernel's doing, as after a reset of its state machine. */
  private static int known(ApQueue queue) {
    return queue
        .association()
        .orElseThrow(
            () ->
                KernelRefusal.of(
                    Errno.EIO, queue.name() + " is usable, but with which secret is unknown"));
  }

  private void bind(ApQueue queue, String text) {
    if (!NumberSyntax.parseBoolean(text, profile)) {
      queue.unbindAndRestart();
      return;
    }
    poll(queue);
    checkAnswers(queue);
    if (state(queue) != BindState.AVAILABLE_FOR_BINDING) {
      throw KernelRefusal.of(Errno.EINVAL, queue.name() + " cannot be bound: it is bound already");
    }
    if (queue.isResetting()) {
      throw KernelRefusal.of(Errno.EBUSY, queue.name() + " is being reset; try again");
    }
    if (!instructions().bind(queue.adapter(), queue.domain())) {
      throw KernelRefusal.of(Errno.EIO, "the machine refuses to bind " + queue.name());
    }
    queue.forgetAssociation();
    if (announces) {
      core.sendChange(queue, "SE_BIND=1");
    }
  }

  private void checkAnswers(ApQueue queue) {
    ResponseCode response = test(queue);
    if (response != ResponseCode.NORMAL) {
      throw KernelRefusal.of(Errno.EIO, queue.name() + " answers " + response);
    }
  }

  private void associate(ApQueue queue, String text) {
    int secret = secret(queue, text);
    poll(queue);
    checkAnswers(queue);
    if (state(queue) != BindState.USABLE_NO_SECURE_KEY) {
      throw KernelRefusal.of(
          Errno.EINVAL, queue.name() + " has to be bound, and not associated yet");
    }
    if (queue.isResetting() || queue.isAssociating()) {
      throw KernelRefusal.of(Errno.EBUSY, queue.name() + " is busy; try again");
    }
    if (!instructions().associate(queue.adapter(), queue.domain(), secret)) {
      throw KernelRefusal.of(
          Errno.EIO, "the machine refuses secret " + secret + " for " + queue.name());
    }
    queue.beginAssociation(secret);
    poll(queue);
  }

  private static int secret(ApQueue queue, String text) {
    if (!isOf(queue.card(), AdapterMode.EP11)) {
      throw KernelRefusal.of(Errno.EINVAL, queue.name() + " is an accelerator and needs no secret");
    }
    int secret = NumberSyntax.parseUnsignedInt(text);
    if (Integer.compareUnsigned(secret, SECRETS) >= 0) {
      throw KernelRefusal.of(
          Errno.EINVAL, "secret " + Integer.toUnsignedString(secret) + " is above 65535");
    }
    return secret;
  }

  /** {@code ap_sm_assoc_wait}, which the kernel's timer runs until the association is done. */
  void poll(ApQueue queue) {
    if (queues.isPresent() && queue.isAssociating() && queue.isRunning()) {
      switch (state(queue)) {
        case USABLE -> {
          queue.endAssociation();
          if (announces) {
            core.sendChange(queue, "SE_ASSOC=" + known(queue));
          }
        }
        case USABLE_NO_SECURE_KEY -> {}
        case AVAILABLE_FOR_BINDING, UNUSABLE -> queue.loseAssociation();
      }
    }
  }
}
