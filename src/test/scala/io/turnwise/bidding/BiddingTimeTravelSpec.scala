package io.turnwise.bidding

import io.turnwise.bidding.terms.{AntiSnipe, HouseRules, RebidRule}
import io.turnwise.journal.StoredLives
import org.scalacheck.Gen
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

class BiddingTimeTravelSpec extends AnyWordSpec with ScalaCheckPropertyChecks {

  import Auction.{end, start, terms}

  private type Step = Auction => Any

  private lazy val lives =
    new StoredLives[BiddingSession](new SessionDefinition, BiddingNames.ALL, new SessionRead.ReadSession)

  private val members = Gen.oneOf("ann", "ben", "cyd", "dan")

  private val step: Gen[Long => Step] = {
    val bid =
      for (by <- members; cents <- Gen.choose(990L, 1_020L)) yield (at: Long) => (_: Auction).bid(by, cents, at): Any
    val proxy =
      for (by <- members; most <- Gen.choose(1_000L, 1_050L))
        yield (at: Long) => (_: Auction).ask(by, at, new PlaceProxyBid(by, 100, null, most)): Any
    val retract = members.map(by => (at: Long) => (_: Auction).organise(at, new Moderation.RetractBid(by, "no")): Any)
    val pause = Gen.const((at: Long) => (_: Auction).organise(at, new Moderation.PauseSession("fire")): Any)
    val resume = Gen.const((at: Long) => (_: Auction).organise(at, new Moderation.ResumeSession): Any)
    Gen.frequency(8 -> bid, 3 -> proxy, 1 -> retract, 1 -> pause, 1 -> resume)
  }

  private val histories = for {
    steps <- Gen.choose(1, 25).flatMap(Gen.listOfN(_, Gen.zip(step, Gen.oneOf(0L, 0L, 1L, 700L))))
    rows <- Gen.nonEmptyListOf(Gen.choose(1, 6))
    ends <- Gen.oneOf(true, false)
  } yield (steps, rows, ends)

  "A session at any version and time" should {
    "be what its events so far have made, with and without a snapshot, and without any one of them" in {
      forAll(histories, minSuccessful(6)) { case (steps, rows, ends) =>
        val house = new HouseRules(new AntiSnipe(60, 30, 5), null, false, 1, 0)
        val auction = Auction.scheduled(terms(rebid = RebidRule.REPLACE, house = house))
        steps.foldLeft(start) { case (at, (act, wait)) =>
          act(at + wait)(auction)
          at + wait
        }
        if (ends) auction.wake(end + 200_000)
        lives.check(auction.journal.toSeq, rows)
      }
    }
  }
}
