package org.vfioap.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An event that user space asks for by a write to a {@code uevent} file.
 *
 * <p>Source: Linux 6.1 lib/kobject_uevent.c, kobject_synth_uevent.
 *
 * @param action what is to be announced
 * @param arguments {@code SYNTH_…} strings that mark the event as asked for
 */
public record SyntheticUevent(Uevent.Action action, List<String> arguments) {
  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  private static final Pattern ARGUMENT = Pattern.compile("[0-9A-Za-z]+=[0-9A-Za-z]+");

  /** Copies the arguments. */
  public SyntheticUevent {
    arguments = List.copyOf(arguments);
  }

  /**
   * Reads {@code ACTION[ UUID[ KEY=VALUE …]]}.
   *
   * @throws KernelRefusal EINVAL for anything else
   */
  public static SyntheticUevent parse(String text) {
    String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    String[] words = line.split(" ", -1);
    List<String> arguments = new ArrayList<>();
    arguments.add("SYNTH_UUID=" + (words.length > 1 ? uuid(words[1], text) : "0"));
    for (int i = 2; i < words.length; i++) {
      if (!ARGUMENT.matcher(words[i]).matches()) {
        throw invalid(text);
      }
      arguments.add("SYNTH_ARG_" + words[i]);
    }
    return new SyntheticUevent(action(words[0], text), arguments);
  }

  private static String uuid(String word, String text) {
    if (!UUID.matcher(word).matches()) {
      throw invalid(text);
    }
    return word;
  }

  private static Uevent.Action action(String word, String text) {
    for (Uevent.Action action : Uevent.Action.values()) {
      if (action.label().equals(word)) {
        return action;
      }
    }
    throw invalid(text);
  }

  private static KernelRefusal invalid(String text) {
    return KernelRefusal.of(
        Errno.EINVAL,
        String.format(Locale.ROOT, "'%s' is not ACTION[ UUID[ KEY=VALUE ...]]", text.strip()));
  }

  /** Returns the arguments followed by the properties of the device. */
  public List<String> withProperties(List<String> properties) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(properties);
    return all;
  }
}
