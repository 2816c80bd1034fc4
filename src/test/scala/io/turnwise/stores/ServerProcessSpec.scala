package io.turnwise.stores

import java.io.{BufferedReader, InputStreamReader}
import java.nio.file.Files
import java.time.Duration
import java.util.{List => JavaList}

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class ServerProcessSpec extends AnyWordSpec with Matchers with TempFolders {

  private def shell(script: String) = new ProcessBuilder("sh", "-c", script)

  private def becomesSleep(process: Process) =
    Waiting.until(() => process.toHandle.info.command.orElse("").endsWith("sleep"), Duration.ofSeconds(5)) shouldBe true

  "A pid" should {
    "count as running only until its process has ended, collected or not" in {
      // The child ends only when told to, after its parent is a program that collects nobody: a shell might.
      val parent = shell("exec 3<&0; read -r line <&3 & echo $!; exec sleep 60").start()
      try {
        val defunct = new BufferedReader(new InputStreamReader(parent.getInputStream)).readLine().toLong
        becomesSleep(parent)
        ServerProcess.isRunning(defunct) shouldBe true
        parent.outputWriter().append('\n').close()
        Waiting.until(() => !ServerProcess.isRunning(defunct), Duration.ofSeconds(5)) shouldBe true
        Files.exists(java.nio.file.Path.of(s"/proc/$defunct")) shouldBe true
        ServerProcess.isRunning(parent.pid) shouldBe true
      } finally parent.destroyForcibly().waitFor()
      ServerProcess.isRunning(parent.pid) shouldBe false
    }
  }

  "A pid file" should {
    "find the program that serves the folder, and nothing else" in {
      val home = newPath()
      val elsewhere = newPath()
      Files.createDirectory(home)
      Files.createDirectory(elsewhere)
      val pidFile = home.resolve("server.pid")
      ServerProcess.find(pidFile, "sleep", home).isPresent shouldBe false
      Files.writeString(pidFile, "no number")
      ServerProcess.find(pidFile, "sleep", home).isPresent shouldBe false

      val server = shell("exec sleep 60").directory(home.toFile).start()
      val program = server.toHandle.info.command.map(command => command.split('/').last).get
      try {
        Files.writeString(pidFile, s"${server.pid}\nmore\n")
        becomesSleep(server)
        ServerProcess.find(pidFile, "sleep", home).get.pid shouldBe server.pid
        ServerProcess.find(pidFile, "postgres", home).isPresent shouldBe false
        ServerProcess.find(pidFile, "sleep", elsewhere).isPresent shouldBe false
        withClue(program)(server.isAlive shouldBe true)
      } finally server.destroyForcibly().waitFor()
      ServerProcess.find(pidFile, "sleep", home).isPresent shouldBe false
    }
  }

  "A server that ignores what it is asked" should {
    "be killed in the end" in {
      val home = newPath()
      Files.createDirectory(home)
      val server = shell("trap '' INT; while true; do sleep 0.05; done").directory(home.toFile).start()
      val process = new ServerProcess(server.toHandle)
      process.stop(JavaList.of(new ServerProcess.Ask("INT", Duration.ofMillis(200))))
      process.isRunning shouldBe false
    }
  }
}
