package io.turnwise.cli.operations

import java.{util => ju}

import picocli.CommandLine
import picocli.CommandLine.Command

/** The commands as specs of other packages run them. */
object OperatorCommands {

  @Command(name = "turnwise")
  private final class Root

  def all(environment: ju.Map[String, String]): CommandLine =
    new CommandLine(new Root)
      .addSubcommand("events", new EventsCommand(environment))
      .addSubcommand("state", new StateCommand(environment))
      .addSubcommand("diff", new DiffCommand(environment))
      .addSubcommand("snapshot", new SnapshotCommand(environment))
}
