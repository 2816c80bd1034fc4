package io.turnwise.cli

import java.{util => ju}

import picocli.CommandLine

/** The command as specs of other packages run it. */
object AuditCommandAccess {
  def command(environment: ju.Map[String, String]): CommandLine = new CommandLine(new AuditCommand(environment))
}
