package org.vfioap.cli;

import java.util.List;
import java.util.Objects;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRule;
import org.vfioap.kernel.KernelRules;

/** The kernel profiles as {@code vfioap machine profiles} prints them: names, and what changes. */
final class ProfileList {
  private final StringBuilder text = new StringBuilder();

  private ProfileList() {}

  static String text() {
    ProfileList list = new ProfileList();
    KernelProfile before = null;
    for (KernelProfile profile : KernelProfile.values()) {
      list.add(profile, before);
      before = profile;
    }
    return list.text.toString();
  }

  private void add(KernelProfile profile, @org.jspecify.annotations.Nullable KernelProfile before) {
    List<String> aliases = profile.aliases();
    text.append(profile).append("  ").append(profile.source());
    text.append(aliases.isEmpty() ? "" : "; also " + String.join(", ", aliases)).append('\n');
    if (before != null) {
      KernelRules.rows().forEach(rule -> addChange(rule, profile, before));
    }
  }

  private void addChange(KernelRule<?> rule, KernelProfile profile, KernelProfile before) {
    if (!Objects.equals(rule.in(profile), rule.in(before))) {
      String title = rule.title().replace("`", "");
      text.append("  ").append(title).append(": ").append(rule.show(profile)).append('\n');
    }
  }
}
