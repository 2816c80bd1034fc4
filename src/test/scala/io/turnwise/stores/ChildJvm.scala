package io.turnwise.stores

import java.io.{BufferedReader, InputStreamReader}
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.{CountDownLatch, TimeUnit}

import scala.jdk.CollectionConverters._

/** A Turnwise-like process that a spec may kill: it speaks line by line on its standard output. */
final class ChildJvm private (process: Process) {
  private val lines = new BufferedReader(new InputStreamReader(process.getInputStream))

  def pid: Long = process.pid

  def isAlive: Boolean = process.isAlive

  /** The rest of the next line that begins with this word; None when the process has ended without one. */
  def next(word: String): Option[String] =
    Iterator
      .continually(lines.readLine())
      .takeWhile(_ != null)
      .find(_.startsWith(word + " "))
      .map(_.drop(word.length + 1))

  /** The rest of the last line that begins with this word; waits for the end of the process. */
  def last(word: String): Option[String] =
    Iterator.continually(next(word)).takeWhile(_.isDefined).flatten.toList.lastOption

  /** SIGKILL: no shutdown hook runs. What it wrote before can still be read, which destroyForcibly would not allow. */
  def kill(): Unit = {
    new ProcessBuilder("sh", "-c", s"kill -KILL $pid").start().waitFor()
    process.waitFor(10, TimeUnit.SECONDS)
    ()
  }
}

object ChildJvm {

  /** Starts one of the roles below in a session, and so in a process group, of its own. */
  def start(role: String, folder: Path): ChildJvm = {
    val command =
      List(
        "setsid",
        s"${sys.props("java.home")}/bin/java",
        "-Xmx128m",
        "-cp",
        sys.props("java.class.path"),
        "io.turnwise.stores.ChildJvm"
      ) :::
        List(role, folder.toString)
    new ChildJvm(new ProcessBuilder(command.asJava).redirectErrorStream(true).start())
  }

  def main(args: Array[String]): Unit = {
    val path = Path.of(args(1))
    args(0) match {
      case "try" =>
        try {
          DataFolder.open(path, Duration.ZERO).close()
          println("RESULT opened")
        } catch { case refused: StoreFailure => println(s"RESULT refused: ${refused.getMessage}") }
      case "hold" =>
        DataFolder.open(path, Duration.ZERO)
        println("READY -")
        System.gc() // the folder is referred to by nobody, and must stay locked nevertheless
        new CountDownLatch(1).await()
      case "write" =>
        val stores = Stores.open(TestStores.settings, DataFolder.open(path, Duration.ZERO))
        println(s"READY ${stores.redisUri}")
        val connection = TestStores.connect(stores.postgres)
        connection.createStatement().execute("CREATE TABLE IF NOT EXISTS written (n bigint PRIMARY KEY)")
        Iterator.from(1).foreach { n =>
          connection.createStatement().execute(s"INSERT INTO written VALUES ($n)")
          println(s"COMMITTED $n")
        }
    }
  }
}
