package io.turnwise.projection.stream

import java.nio.file.Files

import scala.jdk.CollectionConverters._

import io.turnwise.stores.{FragileStores, TempFolders}
import org.scalatest.wordspec.AnyWordSpec

class StreamLossSpec extends AnyWordSpec with StreamsFixture {

  private val parent = Files.createTempDirectory("turnwise-streams-spec")
  private lazy val fragile = new FragileStores(parent.resolve("data"))
  override protected lazy val redisUri: String = fragile.redisUri

  override protected def streamSettings: String = "turnwise.streams.length-max = 400, turnwise.redis.timeout = 500ms"

  override protected def afterAll(): Unit =
    try super.afterAll()
    finally {
      fragile.close()
      TempFolders.delete(parent)
    }

  private def stars(from: Int, to: Int): Seq[String] = (from to to).map(n => s"s-$n")

  private def assertEverything(reader: String, galaxies: Seq[String], count: Int): Unit =
    galaxies.foreach(assertOnceAndInOrder(reader, _, stars(1, count)))

  "A Redis that is emptied while events are published and read" should {
    "lose nothing, and nothing count twice" in {
      val ids = (1 to 6).map(n => s"emptied-$n")
      consumer("emptied", "one", counting("emptied"))
      ids.foreach(discover(_, stars(1, 40)))
      (0 to 2).foreach { round =>
        fragile.inRedis(_.flushall())
        ids.foreach(discover(_, stars(41 + round * 20, 60 + round * 20)))
      }
      assertEverything("emptied", ids, 100)
    }

    "lose nothing that is written afterwards, by nobody's doing" in {
      val ids = Seq("quiet")
      consumer("quiet", "one", counting("quiet"))
      discover("quiet", stars(1, 10))
      assertEverything("quiet", ids, 10)
      fragile.inRedis(_.flushall())
      eventually(assert(fragile.inRedis(_.exists(Galaxies.Stream)) == 1))
      discover("quiet", stars(11, 20))
      assertEverything("quiet", ids, 20)
    }
  }

  "While Redis is stopped" should {
    "events wait in the journal, and come when it is back, though it has forgotten everything" in {
      val ids = (1 to 3).map(n => s"stopped-$n")
      consumer("stopped", "one", counting("stopped"))
      ids.foreach(discover(_, stars(1, 30)))
      fragile.stopRedis()
      fragile.withoutCopyOfRedis()
      try ids.foreach(discover(_, stars(31, 60)))
      finally fragile.startRedis()
      assertEverything("stopped", ids, 60)
    }
  }

  "A Redis that fails over to a copy that was behind" should {
    "have what it missed again" in {
      val ids = (1 to 3).map(n => s"behind-$n")
      consumer("behind", "one", counting("behind"))
      ids.foreach(discover(_, stars(1, 30)))
      assertEverything("behind", ids, 30)
      fragile.copyRedis()
      ids.foreach(discover(_, stars(31, 60)))
      fragile.stopRedis()
      fragile.startRedis()
      ids.foreach(discover(_, stars(61, 70)))
      assertEverything("behind", ids, 70)
    }
  }

  "A stream whose group does not read" should {
    "not grow past its bound, and lose nothing" in {
      val ledger = new StreamLedger(engine.jdbi)
      ledger.register(Galaxies.Stream, "late")
      val ids = (1 to 5).map(n => s"late-$n")
      ids.foreach(discover(_, stars(1, 200)))
      // one call adds at most a hundred to a stream that is not full yet
      eventually(assert(fragile.inRedis(_.xlen(Galaxies.Stream)) >= 400))
      assert(fragile.inRedis(_.xlen(Galaxies.Stream)) < 500)
      consumer("late", "one", counting("late"))
      assertEverything("late", ids, 200)
      assert(fragile.inRedis(_.xlen(Galaxies.Stream)) < 500)
      assert(letters.list(Galaxies.Stream, "late", 0, 10).asScala.isEmpty)
    }
  }
}
