package org.vfioap.bus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;

/** The device of an adapter, {@code /sys/devices/ap/card05}. Source: Linux 6.1 ap_card.c. */
public final class ApCard extends ApDevice {
  /** Bytes of a message if the adapter does not say more: {@code AP_DEFAULT_MAX_MSG_SIZE}. */
  static final int MAX_MESSAGE = 12 * 1024;

  private final AdapterId id;
  private final AdapterType rawType;
  private final AdapterType type;
  private final int functions;
  private final Optional<AdapterMode> mode;
  private final AtomicReferenceArray<@Nullable ApQueue> queues = new AtomicReferenceArray<>(256);

  ApCard(AdapterId id, AdapterType rawType, AdapterType type, int functions, Health health) {
    super(health.configured(), health.checkstopped());
    this.id = id;
    this.rawType = rawType;
    this.type = type;
    this.functions = functions;
    mode = Arrays.stream(AdapterMode.values()).filter(m -> (functions & m.bit()) != 0).findFirst();
  }

  /** The two states in which a device may find itself when a scan meets it. */
  record Health(boolean configured, boolean checkstopped) {
    boolean isGood() {
      return configured && !checkstopped;
    }
  }

  /** Returns the adapter number. */
  public AdapterId id() {
    return id;
  }

  /** Returns the type as TAPQ reports it: {@code raw_hwtype}. */
  public AdapterType rawType() {
    return rawType;
  }

  /** Returns the type that drivers look at: {@code hwtype}. */
  public AdapterType type() {
    return type;
  }

  /** Returns the function bits: {@code ap_functions}. */
  public int functions() {
    return functions;
  }

  /** Returns the mode that the function bits tell, empty where they tell none. */
  public Optional<AdapterMode> mode() {
    return mode;
  }

  /** Tells whether the function bits say so, whatever else they say. */
  boolean isCoprocessor(AdapterMode wanted) {
    return (functions & wanted.bit()) != 0;
  }

  /** Returns MODE of the uevent: what is neither accelerator nor CCA counts as EP11. */
  String modeLabel() {
    return mode().orElse(AdapterMode.EP11).label();
  }

  String modalias(String key) {
    return String.format("%sap:t%02X", key, type.number());
  }

  /** Returns {@code CEX8C}: generation and mode; the zcrypt drivers' type string. */
  public String typeString() {
    return type.hasModes() ? type.name() + mode().orElse(AdapterMode.EP11).suffix() : type.name();
  }

  /** Returns the queue device of a domain, if there is one; null also outside 0 to 255. */
  public @Nullable ApQueue queue(int domain) {
    return domain >= 0 && domain < queues.length() ? queues.get(domain) : null;
  }

  void put(int domain, @Nullable ApQueue queue) {
    queues.set(domain, queue);
  }

  /** Returns the queue devices of this card, domains ascending. */
  public List<ApQueue> queues() {
    List<ApQueue> present = new ArrayList<>();
    for (int domain = 0; domain < queues.length(); domain++) {
      ApQueue queue = queues.get(domain);
      if (queue != null) {
        present.add(queue);
      }
    }
    return present;
  }

  @Override
  public ApCard card() {
    return this;
  }

  @Override
  public String name() {
    return "card" + id;
  }

  @Override
  public String devpath() {
    return "/devices/ap/card" + id;
  }
}
