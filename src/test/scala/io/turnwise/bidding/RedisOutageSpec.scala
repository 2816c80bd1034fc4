package io.turnwise.bidding

import java.nio.file.Files

import scala.jdk.CollectionConverters._

import io.turnwise.stores.{FragileStores, StoreSettings, TempFolders}
import org.scalatest.wordspec.AnyWordSpec

class RedisOutageSpec extends AnyWordSpec with BiddingOverHttp with SteadyBids {

  private val parent = Files.createTempDirectory("turnwise-redis-spec")
  private lazy val fragile = new FragileStores(parent.resolve("data"))

  override protected def settings: String = """
    akka.actor.serialize-messages = off
    turnwise.boards { compare-interval = 1s, compare-grace = 200ms, compare-sample = 2 }
    """

  override protected def stores: StoreSettings = fragile.settings

  override protected lazy val redisUri: String = fragile.redisUri

  override protected def afterAll(): Unit =
    try super.afterAll()
    finally {
      fragile.close()
      TempFolders.delete(parent)
    }

  private def mended: Long = get("/api/admin/stats", admin)("boards_mended").asLong

  private def quietSessions(count: Int): Seq[String] = {
    val sessions = (1 to count).map(_ => busySession())
    sessions.foreach { session =>
      accepted(session, "11", ann)
      accepted(session, "12", bob)
    }
    sessions.foreach(session => eventually(assert(digestInRedis(session).version.orElse(0) == 6)))
    sessions
  }

  "While Redis is stopped" should {
    "bids, boards and feeds go on, and the boards be right when it is back" in {
      val session = newSession()
      accepted(session, "11", ann)
      val live = feed(session)
      try {
        eventually(assert(live.boards.nonEmpty))
        fragile.stopRedis()
        fragile.withoutCopyOfRedis()
        accepted(session, "20", bob)
        assert(served(session, "") == Seq("u-bob", "u-ann"))
        eventually(assert(live.boards.last.toString.contains("u-bob")))
        assert(get("/health/ready").status == 200)
        assert(get("/api/sessions/active").status == 200)
      } finally { live.close(); fragile.startRedis() }
      assertOneTruth(session)
    }
  }

  "A Redis that is emptied" should {
    "hold every board again, and each be counted" in {
      val sessions = quietSessions(5)
      val before = mended
      fragile.inRedis(_.flushall())
      assert(served(sessions.head, "") == Seq("u-bob", "u-ann"))
      sessions.foreach(assertOneTruth)
      eventually(assert(mended >= before + 5))
    }
  }

  "A Redis that fails over to a copy that was behind" should {
    "hold every board again, those where nobody bids any more included" in {
      val sessions = quietSessions(5)
      fragile.copyRedis()
      val load = steadily(sessions, 10, 10)
      eventually(assert(load.acknowledged.size > 200))
      load.end()
      val ahead = sessions.map(digestInRedis(_).version.orElse(0))
      val before = mended
      fragile.stopRedis()
      fragile.startRedis()
      sessions.zip(ahead).foreach { case (session, version) =>
        eventually(assert(digestInRedis(session).version.orElse(0) >= version))
        assertNothingLost(session, load.of(session))
      }
      eventually(assert(mended >= before + 5))
      assert(load.answers.asScala.forall(_.answer.status == 200))
    }
  }
}
