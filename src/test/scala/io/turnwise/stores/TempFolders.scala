package io.turnwise.stores

import java.nio.file.{Files, Path}
import java.util.Comparator

import scala.collection.mutable.ListBuffer

import org.scalatest.{BeforeAndAfterAll, Suite}

/** Folders that are gone when the spec is. */
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
    finally folders.foreach(TempFolders.delete)
}

object TempFolders {
  def delete(folder: Path): Unit =
    if (Files.exists(folder)) {
      val files = Files.walk(folder)
      try files.sorted(Comparator.reverseOrder()).forEach(file => { Files.deleteIfExists(file); () })
      finally files.close()
    }
}
