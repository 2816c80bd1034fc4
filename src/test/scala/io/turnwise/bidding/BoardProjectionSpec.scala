package io.turnwise.bidding

import scala.util.Random

import io.turnwise.journal.JournalRow
import org.scalacheck.Gen
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

class BoardProjectionSpec extends AnyWordSpec with LiveSessions with ScalaCheckPropertyChecks {

  private case class Bid(by: String, cents: Long, name: String)

  private val bidders = Seq("ann", "ben", "cyd", "dan", "eve", "fay", "a:b", "灯", "🪔", "\uFFEE", "{x}|")

  /** Coarse, so that ties, re-bids, lower ones and new names are all common. */
  private val bids: Gen[List[Bid]] = Gen.choose(1, 60).flatMap { count =>
    Gen.listOfN(
      count,
      for {
        by <- Gen.oneOf(bidders)
        cents <- Gen.frequency(9 -> Gen.choose(1L, 6L), 1 -> Gen.const(999_999_999_999L))
        name <- Gen.frequency(5 -> by, 1 -> s"$by:|{}\"ä🪔")
      } yield Bid(by, cents, name)
    )
  }

  /** Batches of random sizes, in order. */
  private def batches(rows: Seq[JournalRow], random: Random): Iterator[Seq[JournalRow]] =
    Iterator.unfold(rows)(rest => Option.when(rest.nonEmpty)(rest.splitAt(1 + random.nextInt(5))))

  private def send(session: String, bids: Seq[Bid]): Unit =
    bids.map(bid => send(session, new PlaceBid(bid.name, 100, bid.cents), bid.by)).foreach(_.get())

  private def ladder(session: String, from: Int, to: Int): Unit =
    (from to to).foreach(n => bid(session, s"b${n % 7}", n.toLong))

  "Any bids" should {
    "stand in Redis as in the entity and in the journal, and stay so when the journal comes again" in
      forAll(bids, Gen.choose(0, 3), Gen.long, minSuccessful(12)) { (placed, inventory, seed) =>
        val random = new Random(seed)
        val session = schedule(terms(inventory = inventory + 1))
        val (before, after) = placed.splitAt(placed.size / 2)
        send(session, before)
        batches(rowsOf(session), random).foreach(project)
        assert(isRight(session))
        val known = rowsOf(session).size
        send(session, after)
        batches(rowsOf(session).drop(known), random).foreach(project)
        assert(isRight(session))

        val once = cache.content
        batches(rowsOf(session), random).foreach(project)
        assert(cache.content == once)

        cache.empty()
        batches(rowsOf(session), random).foreach(project)
        assert(isRight(session))
        assert(cache.content == once.filter(_._1.contains(s"default:$session}")))
      }
  }

  "The whole journal" should {
    "leave the same boards of all sessions from an emptied Redis, in batches of any size" in {
      val ids = (1 to 4).map(_ => schedule())
      ids.foreach(ladder(_, 1, 12))
      project(rows)
      val once = cache.content
      Seq(1, 7, Int.MaxValue).foreach { size =>
        cache.empty()
        rows.grouped(math.min(size, rows.size)).foreach(project)
        assert(ids.forall(isRight))
        once.foreach { case (key, value) => assert(cache.content(key) == value, key) }
      }
    }
  }

  "A board that is gone" should {
    "be right again at the next turn" in {
      val session = schedule()
      ladder(session, 1, 20)
      project(rowsOf(session))
      cache.empty()
      val known = rowsOf(session).size
      bid(session, "late", 5)
      project(rowsOf(session).drop(known))
      assert(isRight(session))
    }
  }

  "A board that misses turns" should {
    "be right again at the next turn" in {
      val session = schedule()
      ladder(session, 1, 5)
      project(rowsOf(session))
      ladder(session, 6, 20)
      project(rowsOf(session).takeRight(1))
      assert(isRight(session))
    }

    "be right again also where the journal is ahead of what it was told" in {
      val session = schedule()
      ladder(session, 1, 5)
      project(rowsOf(session).take(1))
      ladder(session, 6, 10)
      val all = rowsOf(session)
      project(all.slice(3, 4)) // refilled with everything there is
      assert(isRight(session))
      val full = cache.content
      all.drop(4).foreach(row => project(Seq(row)))
      assert(cache.content == full)
    }
  }

  "A board that an older copy replaced" should {
    "be right again at the next turn" in {
      val session = schedule()
      ladder(session, 1, 10)
      project(rowsOf(session))
      val older = cache.dump()
      val known = rowsOf(session).size
      ladder(session, 11, 30)
      project(rowsOf(session).drop(known))
      assert(isRight(session))
      cache.restore(older)
      assert(!isRight(session))
      val told = rowsOf(session).size
      bid(session, "late", 1)
      project(rowsOf(session).drop(told))
      assert(isRight(session))
    }
  }

  "A session's new terms" should {
    "be on its board" in {
      val now = System.currentTimeMillis()
      val later = Auction.terms(startsAt = now + 60_000, endsAt = now + 120_000, inventory = 2)
      val session = schedule(later)
      accepted(
        session,
        new SessionCommand.ChangeSession(
          Auction.terms(startsAt = now + 60_000, endsAt = now + 120_000, inventory = 7)
        )
      )
      project(rowsOf(session))
      assert(cache.boards.page("default", session, 0, 1).toCompletableFuture.get().get().inventory == 7)
    }
  }
}
