package io.turnwise

import java.nio.file.{Files, Path}
import java.time.Instant

import org.scalatest.Tag

/** Marks what loads the machine for longer than a normal run may take; runs under `-Pdrills` alone. */
object Drill extends Tag("io.turnwise.Drill") {

  /** Keeps the last result of a drill beside the benchmarks, with the machine it was made on. */
  def record(name: String, lines: Seq[String]): Unit = {
    val machine = s"${Runtime.getRuntime.availableProcessors} cores, Java ${sys.props("java.version")}, " +
      s"${sys.props("os.name")} ${sys.props("os.version")}; client, node, Postgres and Redis on the same machine"
    val text = (Seq(s"# $name", s"${Instant.now}: mvn -Pdrills verify", machine, "") ++ lines).mkString("", "\n", "\n")
    val folder = Files.createDirectories(Path.of("benchmarks", "results"))
    Files.writeString(folder.resolve(s"$name.txt"), text)
    println(text)
  }
}
