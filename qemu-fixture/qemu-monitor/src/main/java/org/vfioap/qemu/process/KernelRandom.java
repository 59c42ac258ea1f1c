package org.vfioap.qemu.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandomSpi;
import java.util.List;
import java.util.Map;

/**
 * The one security provider of the runtime that the installer makes: random numbers from the
 * kernel, nothing else.
 *
 * <p>The JDK wants a random number generator before it opens its first Unix socket. Its own
 * providers would take a third of the time to the greeting.
 */
public final class KernelRandom extends Provider {
  private static final long serialVersionUID = 1L;
  private static final String TYPE = "SecureRandom";

  /** Made by the JDK, which finds the name in {@code java.security}. */
  public KernelRandom() {
    super("KernelRandom", "1", "/dev/urandom");
  }

  /** Returns the generator, whatever its algorithm is called. */
  @Override
  public Provider.@org.jspecify.annotations.Nullable Service getService(
      String type, String algorithm) {
    return type.equals(TYPE) ? new Generator(this, algorithm) : null;
  }

  /** Makes generators without reflection. */
  private static final class Generator extends Provider.Service {
    Generator(Provider provider, String algorithm) {
      super(provider, TYPE, algorithm, Urandom.class.getName(), List.of(), Map.of());
    }

    @Override
    public Object newInstance(Object parameter) {
      return new Urandom();
    }
  }

  /** Reads the kernel's device; there is nothing to seed. */
  private static final class Urandom extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
      try (InputStream device = new FileInputStream("/dev/urandom")) {
        if (device.readNBytes(bytes, 0, bytes.length) != bytes.length) {
          throw new ProviderException("/dev/urandom ended");
        }
      } catch (IOException unreadable) {
        throw new ProviderException(unreadable);
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      byte[] seed = new byte[length];
      engineNextBytes(seed);
      return seed;
    }
  }
}
