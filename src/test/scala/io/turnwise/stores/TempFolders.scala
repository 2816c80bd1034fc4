package io.turnwise.stores

import java.nio.file.{Files, Path}
import java.util.{Comparator, List => JavaList}

import scala.collection.mutable.ListBuffer

import org.scalatest.{BeforeAndAfterAll, Suite}

/** Folders that are gone when the spec is, and with them the servers that a failed spec left in them. */
trait TempFolders extends BeforeAndAfterAll { this: Suite =>
  private val folders = ListBuffer.empty[Path]

  /** A path at which there is nothing yet. */
  protected def newPath(): Path = {
    val parent = Files.createTempDirectory("turnwise-spec")
    folders += parent
    parent.resolve("data")
  }

  override protected def afterAll(): Unit =
    try super.afterAll()
    finally
      folders.foreach { parent =>
        PostgresServer.find(parent.resolve("data/postgres")).ifPresent(_.stop(JavaList.of()))
        RedisServer.find(parent.resolve("data/redis")).ifPresent(_.stop(JavaList.of()))
        TempFolders.delete(parent)
      }
}

object TempFolders {
  def delete(folder: Path): Unit =
    if (Files.exists(folder)) {
      val files = Files.walk(folder)
      try files.sorted(Comparator.reverseOrder()).forEach(file => { Files.deleteIfExists(file); () })
      finally files.close()
    }
}
