package org.vfioap.cli.running;

import picocli.CommandLine.Command;

/** Prints the uevents of a running machine. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    header = "Prints the uevents of a running machine.")
public final class EventsCommand extends NewsCommand {}
