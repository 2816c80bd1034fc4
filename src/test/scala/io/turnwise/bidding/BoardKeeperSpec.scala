package io.turnwise.bidding

import java.{util => ju}

import org.scalatest.wordspec.AnyWordSpec

class BoardKeeperSpec extends AnyWordSpec with LiveSessions {

  override protected def settings: String = """
    turnwise.projection { pace-in-postgres = 5ms, pace-elsewhere = 5ms }
    turnwise.boards { compare-interval = 100ms, compare-grace = 100ms }
    """

  private lazy val keeper =
    new BoardKeeper(
      engine.system,
      new SessionLists(engine.jdbi),
      cache.boards,
      boards,
      engine.replay,
      engine.blocking
    )

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    engine.projections.start(boards)
    engine.projections.start(new SessionProjection)
    keeper.start()
  }

  private def live(bids: Int): String = {
    val session = schedule()
    (1 to bids).foreach(n => bid(session, s"b${n % 7}", 1L + n % 5))
    eventually(assert(isRight(session)))
    eventually(assert(withHandle {
      _.createQuery("SELECT count(*) FROM session_view WHERE session_id = :id AND phase = 'open'")
        .bind("id", session)
        .mapTo(classOf[Integer])
        .one()
    } == 1))
    session
  }

  "A Redis that was emptied" should {
    "hold every open board again although nobody bids" in {
      val open = (1 to 3).map(_ => live(10))
      val mended = boards.filled
      cache.empty()
      eventually(open.foreach(session => assert(isRight(session))))
      eventually(assert(boards.filled >= mended + 3))
    }

    "hold also the board of a session that is settled" in {
      val session = live(10)
      accepted(session, new SessionCommand.CloseSession)
      eventually(assert(withHandle {
        _.createQuery("SELECT phase FROM session_view WHERE session_id = :id")
          .bind("id", session)
          .mapTo(classOf[String])
          .one()
      } == "settled"))
      cache.empty()
      eventually(assert(isRight(session)))
    }

    "be right also where somebody bids" in {
      val session = live(10)
      cache.empty()
      (1 to 30).foreach(n => bid(session, s"c$n", n.toLong))
      eventually(assert(isRight(session)))
    }
  }

  "A board that an older copy replaced" should {
    "be right again although nobody bids" in {
      val session = live(10)
      val older = cache.dump()
      (1 to 20).foreach(n => bid(session, s"b${n % 7}", 10L + n))
      eventually(assert(isRight(session)))
      cache.restore(older)
      eventually(assert(isRight(session)))
    }
  }

  "A board of the right version that is wrong nevertheless" should {
    "be mended" in {
      val session = live(10)
      val key = s"board:{default:$session}"
      val first = cache.commands.zrange(key, 0, 0).get(0)
      cache.commands.zrem(key, first)
      assert(!isRight(session))
      eventually(assert(isRight(session)))
    }
  }

  "A board that is right" should {
    "be left alone" in {
      val session = live(10)
      eventually {
        val mended = boards.filled
        assert(keeper.compare(ju.List.of(new SessionLists.Place("default", session))).get() == 0)
        assert(boards.filled == mended)
      }
    }
  }
}
