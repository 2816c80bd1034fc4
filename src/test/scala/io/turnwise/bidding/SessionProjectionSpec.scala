package io.turnwise.bidding

import java.util.EnumSet

import scala.jdk.CollectionConverters._

import io.turnwise.journal.JournalRow
import org.scalatest.wordspec.AnyWordSpec

class SessionProjectionSpec extends AnyWordSpec with LiveSessions {

  private lazy val lists = new SessionLists(engine.jdbi)
  private val projection = new SessionProjection

  private def list(rows: Seq[JournalRow]): Unit = {
    val wanted = rows.filter(projection.wants)
    withHandle(handle => handle.useTransaction(_ => projection.apply(handle, wanted.asJava)))
  }

  private val every = EnumSet.allOf(classOf[Phase])

  private def content: Seq[Any] = Seq(
    "SELECT session_view::text FROM session_view ORDER BY tenant, session_id",
    "SELECT order_view::text FROM order_view ORDER BY tenant, session_id, rank"
  ).map(sql => withHandle(_.createQuery(sql).mapTo(classOf[String]).list()))

  private def listed(session: String): SessionLists.Listed =
    lists.newest("default", every, null, 100).asScala.find(_.id == session).get

  private def settled(bids: (String, Long)*): String = {
    val session = schedule(terms(inventory = 2, title = "Lamp: \"灯\" | {🪔}"))
    bids.foreach { case (by, cents) => bid(session, by, cents) }
    accepted(session, new SessionCommand.CloseSession)
    session
  }

  "A settled session" should {
    "be listed with its counts and prices, and its orders with their winners" in {
      val session = settled("ann" -> 100, "ben" -> 300, "cyd" -> 200, "ann" -> 150)
      list(rowsOf(session))
      val view = listed(session).view
      assert(view.phase == Phase.SETTLED)
      assert((view.bidderCount, view.bidCount) == ((3, 4L)))
      assert((view.highestPriceCents, view.finalPriceCents) == ((300L, 200L)))
      assert(view.terms == state(session).terms)
      assert(lists.ordersOf("default", "ann", null, 10).isEmpty)
      val orders = Seq("ben", "cyd").flatMap(lists.ordersOf("default", _, null, 10).asScala)
      assert(orders.map(order => (order.sessionId, order.rank)) == Seq(session -> 1, session -> 2))
      assert(orders.map(_.price.toPlainString) == Seq("2.00", "2.00"))
      assert(orders.map(_.bidPrice.toPlainString) == Seq("3.00", "2.00"))
      assert(orders.forall(_.title == "Lamp: \"灯\" | {🪔}"))
    }

    "be listed though nobody has bid" in {
      val session = settled()
      list(rowsOf(session))
      val view = listed(session).view
      assert((view.phase, view.bidderCount, view.bidCount, view.finalPriceCents) == ((Phase.SETTLED, 0, 0L, null)))
    }
  }

  "The lists" should {
    "be the same when the journal comes twice, in batches of any size" in {
      val open = schedule()
      bid(open, "ann", 5)
      val cancelled = schedule()
      accepted(cancelled, new SessionCommand.CancelSession("no lamp"))
      settled("ann" -> 7, "ben" -> 8, "cyd" -> 9)
      val now = System.currentTimeMillis()
      val changed = schedule(Auction.terms(startsAt = now + 60_000, endsAt = now + 120_000))
      accepted(
        changed,
        new SessionCommand.ChangeSession(
          Auction.terms(title = "Another", startsAt = now + 90_000, endsAt = now + 180_000)
        )
      )
      list(rows)
      val once = content
      assert(listed(changed).view.terms == state(changed).terms)
      assert(listed(cancelled).view.cancelReason == "no lamp")
      assert(listed(open).view.phase == Phase.OPEN)
      Seq(1, 3, rows.size).foreach { size =>
        rows.grouped(size).foreach(list)
        assert(content == once)
      }
      withHandle(_.execute("TRUNCATE session_view, order_view"))
      rows.grouped(2).foreach(list)
      assert(content == once)
    }

    "be counted, and read on page by page, the newest first" in {
      val totals = lists.totals("default")
      val ids = (1 to 5).map(_ => schedule())
      list(rows)
      assert(
        lists.totals("default") == new SessionLists.Totals(
          totals.sessions + 5,
          totals.openSessions + 5,
          totals.settledBids
        )
      )
      val read = Iterator
        .iterate(Seq.empty[String]) { before =>
          before ++ lists.newest("default", EnumSet.of(Phase.OPEN), before.lastOption.orNull, 2).asScala.map(_.id)
        }
        .drop(10)
        .next()
      assert(read.distinct == read && read.filter(ids.contains) == ids.reverse)
      assert(lists.newest("other", every, null, 10).isEmpty)
    }
  }

  "Bids" should {
    "not concern the lists" in {
      val session = schedule()
      bid(session, "ann", 5)
      bid(session, "ann", 6)
      assert(rowsOf(session).map(projection.wants) == Seq(true, false, false))
    }
  }
}
