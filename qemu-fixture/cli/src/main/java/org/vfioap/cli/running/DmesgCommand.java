package org.vfioap.cli.running;

import picocli.CommandLine.Command;

/** Prints the kernel log of a running machine. */
@Command(
    name = "dmesg",
    mixinStandardHelpOptions = true,
    header = "Prints the kernel log of a running machine.")
public final class DmesgCommand extends NewsCommand {}
