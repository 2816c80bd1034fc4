package io.turnwise.projection

import java.time.Instant

import scala.jdk.CollectionConverters._

import org.scalatest.wordspec.AnyWordSpec

class DeadLettersSpec extends AnyWordSpec with Views {

  private lazy val view = new Sums("sums")
  private lazy val kept = new Kept("kept")

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    engine.projections.start(view, kept)
  }

  private def one(id: String, projection: String = "sums"): DeadLetter =
    letters(projection).find(_.persistenceId == s"tally|default:$id").getOrElse(fail(s"$id is not parked"))

  /** Parks a tally at its second turn, with two more behind it. */
  private def parked(id: String, bad: Long): DeadLetter = {
    view.bad.add(bad)
    add(id, 1, bad, 3, 4)
    eventually(assert(one(id).turnsWaiting == 3))
    one(id)
  }

  "A turn that a view cannot take" should {
    "be tried four times, then be parked with all later ones of its entity, while others go on" in {
      val letter = parked("first", 1001)
      add("other", 5, 6)
      eventually(assert(sums("other").contains("5 6")))
      assert(sums("first").contains("1"))
      assert(letter.sequenceNumber == 2 && letter.version == 2 && letter.attempts == 4)
      assert(letter.errorType == "processing_error" && letter.cause == "IllegalStateException: cannot take * of first")
      assert(view.tried.asScala.count(_ == "first" -> 1001L) == 4)
      add("first", 7)
      eventually(assert(one("first").turnsWaiting == 4))
      assert(sums("first").contains("1"), "what comes later waits as well")
      assert(desk.one("sums").deadLetters == 1 && desk.one("sums").state == ProjectionStanding.State.RUNNING)
    }

    "change nothing when it is only tried" in {
      view.bad.clear()
      val tried = desk.deadLetters.retry(one("first").id, true, order)
      assert(tried.isDryRun && tried.isSettled && tried.turnsApplied == 4 && tried.error == null)
      assert(sums("first").contains("1") && one("first").turnsWaiting == 4 && one("first").retries == 0)
    }

    "be carried with what waits behind it, in order, once it can be taken" in {
      val retried = desk.deadLetters.retry(one("first").id, false, order)
      assert(retried.isSettled && retried.turnsApplied == 4)
      assert(sums("first").contains("1 1001 3 4 7"))
      add("first", 8)
      eventually(assert(sums("first").contains("1 1001 3 4 7 8")))
      assert(letters("sums").isEmpty)
    }

    "go on waiting where it fails again" in {
      val letter = parked("again", 1002)
      add("again", 1003)
      eventually(assert(one("again").turnsWaiting == 4))
      view.bad.add(1003)
      view.bad.remove(1002L)
      val retried = desk.deadLetters.retry(letter.id, false, order)
      assert(!retried.isSettled && retried.turnsApplied == 3 && retried.error.contains("1003"))
      val left = one("again")
      assert(left.id == letter.id && left.sequenceNumber == 5 && left.turnsWaiting == 1 && left.retries == 1)
      assert(sums("again").contains("1 1002 3 4"))
    }

    "be given up with a reason, and what waits behind it be carried" in {
      val letter = parked("given-up", 1004)
      val discarded = desk.deadLetters.discard(letter.id, new Order("operator", "it was a mistake"))
      assert(discarded.isSettled && sums("given-up").contains("1 3 4"))
      val action = desk.one("sums").actions.get(0)
      assert(action.action == "discard" && action.by == "operator" && action.reason == "it was a mistake")
      assert(action.detail.contains("tally|default:given-up row 2"))
      assert(refused(desk.deadLetters.discard(letter.id, order)) == ProjectionRejection.UNKNOWN_LETTER)
    }
  }

  "Dead letters" should {
    "be found by projection, entity, cause and time, in pages, and be grouped by cause" in {
      def count(entity: String = null, cause: String = null, since: Instant = null, until: Instant = null) =
        desk.deadLetters.count(new DeadLetter.Filter("sums", entity, cause, since, until))
      letters("sums").foreach(letter => desk.deadLetters.discard(letter.id, order))
      view.bad.add(2000)
      Seq("a", "b", "c").foreach(id => add(id, 2000))
      eventually(assert(count() == 3))
      eventually(assert(desk.one("sums").lagTurns == 0, "what is parked is acknowledged"))
      val all = letters("sums")
      assert(count(entity = "tally|default:b") == 1 && count(entity = "tally|default:nobody") == 0)
      assert(count(cause = all.head.cause) == 1)
      assert(count(since = all.head.failedAt) == 3 && count(until = all.head.failedAt) == 0)
      val everything = new DeadLetter.Filter(null, null, null, null, null)
      val page = desk.deadLetters.page(everything, all.head.id, 1).asScala.toSeq
      assert(page.map(_.id) == Seq(all(1).id))
      val groups = desk.deadLetters.groups(everything, 10).asScala
      assert(groups.map(_.entities).sum == 3 && groups.forall(_.projection == "sums"))
    }

    "be retried many at once, as many as are wanted" in {
      view.bad.clear()
      val wanted = new DeadLetter.Filter("sums", null, null, null, null)
      assert(desk.deadLetters.retryAll(wanted, 2, true, order).asScala.forall(_.isSettled))
      assert(letters("sums").size == 3)
      assert(desk.deadLetters.retryAll(wanted, 2, false, order).size == 2)
      assert(letters("sums").size == 1)
      assert(desk.deadLetters.retryAll(wanted, 100, false, order).asScala.map(_.isSettled) == Seq(true))
      assert(Seq("a", "b", "c").forall(id => sums(id).contains("2000")))
    }
  }

  "A view elsewhere" should {
    "park and carry on in the same way" in {
      kept.bad.add(3000)
      add("far", 1, 3000, 3)
      eventually(assert(one("far", "kept").turnsWaiting == 2))
      add("far", 4)
      add("near", 5)
      eventually(assert(kept.of("near") == Seq(5L)))
      eventually(assert(one("far", "kept").turnsWaiting == 3))
      assert(kept.of("far") == Seq(1L))
      assert(refused(desk.deadLetters.retry(one("far", "kept").id, true, order)) == ProjectionRejection.NO_DRY_RUN)
      kept.bad.clear()
      assert(desk.deadLetters.retry(one("far", "kept").id, false, order).isSettled)
      add("far", 6)
      eventually(assert(kept.of("far") == Seq(1L, 3000L, 3L, 4L, 6L)))
    }
  }
}
