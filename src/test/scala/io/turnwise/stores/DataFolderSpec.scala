package io.turnwise.stores

import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class DataFolderSpec extends AnyWordSpec with Matchers with TempFolders {

  private def permissions(path: java.nio.file.Path) = PosixFilePermissions.toString(Files.getPosixFilePermissions(path))

  "A data folder" when {
    "there is none yet" should {
      "be made for its owner alone, and be new until it has been opened once" in {
        val path = newPath()
        val first = DataFolder.open(path, Duration.ZERO)
        first.isNew shouldBe true
        permissions(path) shouldBe "rwx------"
        first.close()
        val second = DataFolder.open(path, Duration.ZERO)
        second.isNew shouldBe false
        second.close()
      }
      "be refused where a file stands" in {
        val path = newPath()
        Files.writeString(path, "")
        (the[StoreFailure] thrownBy DataFolder.open(path, Duration.ZERO)).getMessage should include(path.toString)
      }
      "be refused at a path that would need quoting in a shell" in {
        val path = newPath().resolveSibling("a $HOME")
        (the[StoreFailure] thrownBy DataFolder.open(path, Duration.ZERO)).getMessage should include("plainer")
      }
    }

    "asked for a secret" should {
      "make it once, of enough random bytes, readable by its owner alone" in {
        val path = newPath()
        val folder = DataFolder.open(path, Duration.ZERO)
        val secret = folder.secret("jwt", 32)
        secret should fullyMatch regex "[A-Za-z0-9_-]{43}"
        folder.secret("jwt", 32) shouldBe secret
        folder.secret("other", 32) should not be secret
        permissions(path.resolve("secrets/jwt")) shouldBe "rw-------"
        permissions(path.resolve("secrets")) shouldBe "rwx------"
        folder.close()

        val again = DataFolder.open(path, Duration.ZERO)
        again.secret("jwt", 32) shouldBe secret
        again.close()
      }
      "take back what others could read" in {
        val path = newPath()
        val folder = DataFolder.open(path, Duration.ZERO)
        val secret = folder.secret("jwt", 32)
        Files.setPosixFilePermissions(path.resolve("secrets/jwt"), PosixFilePermissions.fromString("rw-r--r--"))
        folder.secret("jwt", 32) shouldBe secret
        permissions(path.resolve("secrets/jwt")) shouldBe "rw-------"
        folder.close()
      }
      "refuse too short a one, a name with a slash and an empty file" in {
        val path = newPath()
        val folder = DataFolder.open(path, Duration.ZERO)
        an[IllegalArgumentException] should be thrownBy folder.secret("jwt", 31)
        an[IllegalArgumentException] should be thrownBy folder.secret("../jwt", 32)
        folder.secret("jwt", 32)
        Files.writeString(path.resolve("secrets/jwt"), "\n")
        (the[StoreFailure] thrownBy folder.secret("jwt", 32)).getMessage should include("empty")
        folder.close()
      }
    }

    "in use in the same process" should {
      "be refused to a second opener, and stay locked against other processes" in {
        val path = newPath()
        val folder = DataFolder.open(path, Duration.ZERO)
        val refused = the[StoreFailure] thrownBy DataFolder.open(path, Duration.ofMillis(150))
        refused.getMessage should include("this very process")
        // Closing any channel on the lock file would have dropped the lock.
        ChildJvm.start("try", path).next("RESULT").get should include(s"process ${ProcessHandle.current.pid} ")
        folder.close()
        ChildJvm.start("try", path).next("RESULT") shouldBe Some("opened")
      }
      "be opened by whoever waits as soon as it is closed" in {
        val path = newPath()
        val folder = DataFolder.open(path, Duration.ZERO)
        val closer = new Thread(() => { Thread.sleep(200); folder.close() })
        closer.start()
        DataFolder.open(path, Duration.ofSeconds(10)).close()
        closer.join()
      }
    }

    "in use by another process" should {
      "make the opener wait, then fail and name that process" in {
        val path = newPath()
        val child = ChildJvm.start("hold", path)
        try {
          child.next("READY") shouldBe Some("-")
          val began = System.nanoTime()
          val refused = the[StoreFailure] thrownBy DataFolder.open(path, Duration.ofMillis(400))
          (System.nanoTime() - began) / 1000000 should be >= 400L
          refused.getMessage should include(s"process ${child.pid} ")
          refused.getMessage should include("java")
          refused.getMessage should include("another folder")
        } finally child.kill()
        DataFolder.open(path, Duration.ofSeconds(10)).close()
      }
    }
  }
}
