package io.turnwise.cluster

import java.io.File
import java.net.{HttpURLConnection, InetAddress, ServerSocket, URI}
import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.{Files, Path}
import java.util.concurrent.TimeUnit

import scala.concurrent.duration._
import scala.jdk.CollectionConverters._
import scala.util.Try
import scala.util.control.NonFatal

import io.turnwise.stores.TestStores

/** A node, or whatever starts one, in a process of its own; its process group is its own as well, as under a shell.
  *
  * @param started
  *   the process that was started: the node's, or Maven's
  */
final class NodeProcess private (started: Process, val folder: Path, val port: Int, stdout: Path, stderr: Path) {

  /** Of the process that was started, and of its group. */
  def pid: Long = started.pid

  def out: String = Files.readString(stdout)

  def err: String = Files.readString(stderr)

  def output: String = s"stdout:\n$out\nstderr:\n$err"

  def isAlive: Boolean = started.isAlive

  /** The process that has the data folder. */
  def nodePid: Long = Files.readString(folder.resolve("turnwise.lock")).strip.toLong

  def kill(signal: String): Unit = NodeProcess.signal(signal, pid.toString)

  /** As Ctrl-C in a terminal does it. */
  def killGroup(signal: String): Unit = NodeProcess.signal(signal, s"-$pid")

  /** The exit code; the process is killed, and the spec fails, when it has not ended by then. */
  def awaitExit(atMost: FiniteDuration): Int =
    if (started.waitFor(atMost.toMillis, TimeUnit.MILLISECONDS)) started.exitValue
    else {
      val seen = output
      killGroup("KILL")
      started.waitFor()
      throw new AssertionError(s"process $pid did not end within $atMost; $seen")
    }

  def awaitReady(): this.type = {
    val ready = NodeProcess.await(60.seconds)(!isAlive || NodeProcess.status(port, "/health/ready").contains(200))
    if (!ready || !isAlive) {
      val seen = output
      if (isAlive) killGroup("KILL")
      throw new AssertionError(
        s"process $pid did not become ready (alive: $isAlive, exit code ${Try(started.exitValue).toOption}); $seen"
      )
    }
    this
  }
}

object NodeProcess {
  val Secret = "a-secret-of-the-specs-that-is-long-enough"

  /** The product's own, and not that of the specs, which comes first on their class path. */
  private val Logging = s"-Dlogback.configurationFile=${Path.of("target", "classes", "logback.xml").toUri}"

  val AdminPassword = "a password of the specs"

  /** Starts the main class, as the README's first command does but quick to start rather than fast. */
  def java(folder: Path, environment: Map[String, String] = Map.empty, options: List[String] = Nil): NodeProcess =
    start(
      folder,
      environment,
      List(s"${sys.props("java.home")}/bin/java", "-Xmx512m", "-XX:TieredStopAtLevel=1", Logging) ::: options :::
        List("-cp", sys.props("java.class.path"), "io.turnwise.Main")
    )

  /** Starts the README's first command; what it has to compile has been compiled. */
  def maven(folder: Path): NodeProcess = start(folder, Map.empty, List("mvn", "-q", "exec:exec"))

  /** A port that nobody listens on. */
  def freePort(): Int = {
    val socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress)
    try socket.getLocalPort
    finally socket.close()
  }

  /** Who works in this folder or has it on its command line: servers left behind. */
  def processesOf(folder: Path): List[String] = {
    val inside = folder.toRealPath().toString
    ProcessHandle.allProcesses.iterator.asScala
      .map(_.pid)
      .filter { pid =>
        val cwd = Try(Files.readSymbolicLink(Path.of(s"/proc/$pid/cwd")).toString).getOrElse("")
        cwd.startsWith(inside) || commandLine(pid).contains(inside)
      }
      .map(pid => s"$pid ${commandLine(pid)}")
      .toList
  }

  /** Whether that process lives; one that has ended and is not yet collected by its parent does not. */
  def isRunning(pid: Long): Boolean = commandLine(pid).nonEmpty

  def await(atMost: FiniteDuration)(condition: => Boolean): Boolean = {
    val deadline = atMost.fromNow
    var holds = condition
    while (!holds && deadline.hasTimeLeft()) {
      Thread.sleep(20) // between two looks at another process
      holds = condition
    }
    holds
  }

  /** @param target
    *   a process, or with a minus before it a group of them
    */
  private def signal(signal: String, target: String): Unit = {
    val code = new ProcessBuilder("sh", "-c", s"kill -$signal $target").inheritIO().start().waitFor()
    if (code != 0) throw new AssertionError(s"cannot send SIG$signal to $target")
  }

  def status(port: Int, path: String): Option[Int] =
    try {
      val connection = URI.create(s"http://127.0.0.1:$port$path").toURL.openConnection().asInstanceOf[HttpURLConnection]
      connection.setConnectTimeout(1000)
      connection.setReadTimeout(5000)
      try Some(connection.getResponseCode)
      finally connection.disconnect()
    } catch { case NonFatal(_) => None }

  private def commandLine(pid: Long): String =
    Try(new String(Files.readAllBytes(Path.of(s"/proc/$pid/cmdline")), UTF_8).replace('\u0000', ' ')).getOrElse("")

  private def start(folder: Path, environment: Map[String, String], command: List[String]): NodeProcess = {
    sharePrograms(folder)
    val port = environment.get("TURNWISE_HTTP_PORT").flatMap(_.toIntOption).getOrElse(freePort())
    val stdout = Files.createTempFile(folder.getParent, "node", ".out")
    val stderr = Files.createTempFile(folder.getParent, "node", ".err")
    // Where this JVM was started with SIGINT ignored (in the background of a script), the child would ignore it as well.
    val builder = new ProcessBuilder(("setsid" :: "env" :: "--default-signal=INT,QUIT,TERM" :: command).asJava)
      .redirectInput(new File("/dev/null"))
      .redirectOutput(stdout.toFile)
      .redirectError(stderr.toFile)
    val variables = builder.environment
    variables.keySet.removeIf(name => name.startsWith("TURNWISE_"))
    variables.putAll(
      (Map(
        "TURNWISE_HTTP_PORT" -> port.toString,
        "TURNWISE_DATA_DIR" -> folder.toString,
        "TURNWISE_DEMO" -> "off",
        "TURNWISE_ADMIN_PASSWORD" -> AdminPassword,
        "TURNWISE_JWT_SECRET" -> Secret
      ) ++ environment).asJava
    )
    new NodeProcess(builder.start(), folder, port, stdout, stderr)
  }

  // Unpacking them takes longer than everything else in a start.
  private def sharePrograms(folder: Path): Unit = {
    Files.createDirectories(TestStores.programs)
    Files.createDirectories(folder)
    val programs = folder.resolve("programs")
    if (!Files.exists(programs)) Files.createSymbolicLink(programs, TestStores.programs)
    ()
  }
}
