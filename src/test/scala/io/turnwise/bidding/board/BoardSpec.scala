package io.turnwise.bidding.board

import org.scalacheck.Gen
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

import java.util.{OptionalInt, OptionalLong}
import scala.collection.mutable
import scala.jdk.CollectionConverters._
import scala.util.Random

class BoardSpec extends AnyWordSpec with Matchers with ScalaCheckPropertyChecks {

  private def standing(bidder: String, score: Long, sequence: Long, cents: Long = 100): Standing =
    new Standing(bidder, bidder, 100, cents, score, sequence, sequence)

  private def bidders(standings: java.util.List[Standing]): Seq[String] = standings.asScala.map(_.bidder).toSeq

  private def boardOf(size: Int): Board = {
    val board = new Board
    (1 to size).foreach(i => board.place(standing(s"b$i", -i.toLong, i.toLong)))
    board
  }

  "An empty board" should {
    "have no rank, no place and no price" in {
      val board = new Board
      board.size shouldBe 0
      board.rank("a") shouldBe OptionalInt.empty
      Option(board.ranked(1)) shouldBe None
      board.highestPriceCents shouldBe OptionalLong.empty
      board.top(10) shouldBe empty
      board.neighbours("a", 3) shouldBe empty
    }
  }

  "A board" should {
    "leave a copy as it was, whatever is placed or removed afterwards" in {
      val board = boardOf(1000)
      val copy = board.copy
      val before = board.standings
      (1 to 1000 by 3).foreach(i => board.remove(s"b$i"))
      (1 to 2000).foreach(i => board.place(standing(s"c$i", i.toLong, 5000L + i, cents = i.toLong)))
      copy.standings shouldBe before
      copy.rank("b500") shouldBe OptionalInt.of(500)
      copy.leader.bidder shouldBe "b1"
      copy.place(standing("d", 1, 9000))
      board.standing("d") shouldBe null
    }

    "put the higher score first" in {
      val board = Board.of(List(standing("a", 1, 1), standing("b", 3, 2), standing("c", 2, 3)).asJava)
      bidders(board.standings) shouldBe Seq("b", "c", "a")
    }

    "put the earlier of equal scores first" in {
      val board = Board.of(List(standing("late", 5, 9), standing("early", 5, 8)).asJava)
      bidders(board.standings) shouldBe Seq("early", "late")
    }

    "place a bidder who bids the same again behind those he was equal to" in {
      val board = Board.of(List(standing("a", 5, 1), standing("b", 5, 2)).asJava)
      board.place(standing("a", 5, 3))
      bidders(board.standings) shouldBe Seq("b", "a")
      board.size shouldBe 2
    }

    "let the highest price go down when its bid is replaced" in {
      val board = Board.of(List(standing("a", 1, 1, 900), standing("b", 2, 2, 500)).asJava)
      board.highestPriceCents shouldBe OptionalLong.of(900)
      board.place(standing("a", 1, 3, 400))
      board.highestPriceCents shouldBe OptionalLong.of(500)
    }

    "forget a bidder who is taken out, once and without effect again" in {
      val board = boardOf(3)
      board.remove("b2")
      board.remove("b2")
      bidders(board.standings) shouldBe Seq("b1", "b3")
    }

    "hand out copies that later bids do not change" in {
      val board = boardOf(3)
      val top = board.top(3)
      board.place(standing("b3", 100, 4))
      bidders(top) shouldBe Seq("b1", "b2", "b3")
      an[UnsupportedOperationException] should be thrownBy top.clear()
    }
  }

  "A page" should {
    "begin after its offset, hold at most its limit, and be empty past the end" in {
      val board = boardOf(300)
      bidders(board.page(298, 5)) shouldBe Seq("b299", "b300")
      bidders(board.page(299, 1)) shouldBe Seq("b300")
      board.page(300, 5) shouldBe empty
      board.page(Int.MaxValue, 5) shouldBe empty
    }
  }

  "Neighbours" should {
    "be cut off at both ends of the board" in {
      val board = boardOf(5)
      bidders(board.neighbours("b1", 2)) shouldBe Seq("b1", "b2", "b3")
      bidders(board.neighbours("b3", 1)) shouldBe Seq("b2", "b3", "b4")
      bidders(board.neighbours("b5", 2)) shouldBe Seq("b3", "b4", "b5")
      bidders(board.neighbours("b3", 0)) shouldBe Seq("b3")
    }
  }

  /** Few bidders, scores and prices, so that ties and replacements are common; runs grow, churn and drain. */
  private case class Step(bidder: Int, score: Int, cents: Int, removes: Boolean)

  private def steps(count: Int, bidders: Int, removing: Int): Gen[List[Step]] = Gen.listOfN(
    count,
    for {
      bidder <- Gen.choose(1, bidders)
      score <- Gen.choose(0, bidders / 2)
      cents <- Gen.choose(1, 20)
      removes <- Gen.choose(1, 100).map(_ <= removing)
    } yield Step(bidder, score, cents, removes)
  )

  private val histories: Gen[List[Step]] = for {
    bidders <- Gen.oneOf(3, 40, 2_000)
    count <- Gen.choose(0, bidders * 3)
    grown <- steps(count, bidders, removing = 10)
    drained <- steps(count, bidders, removing = 95)
  } yield grown ++ drained

  private class SortedList {
    private val byBidder = mutable.Map.empty[String, Standing]
    def step(step: Step, sequence: Long, board: Board): Unit =
      if (step.removes) {
        byBidder -= s"b${step.bidder}"
        board.remove(s"b${step.bidder}")
      } else {
        val placed = standing(s"b${step.bidder}", step.score.toLong, sequence, step.cents.toLong)
        byBidder(placed.bidder) = placed
        board.place(placed)
      }
    def sorted: Vector[Standing] = byBidder.values.toVector.sortBy(s => (-s.scoreMicros, s.sequence))
  }

  private def shouldAgree(board: Board, expected: Vector[Standing], random: Random): Unit = {
    board.size shouldBe expected.size
    board.standings.asScala.toVector shouldBe expected
    expected.zipWithIndex.foreach { case (each, index) =>
      board.rank(each.bidder) shouldBe OptionalInt.of(index + 1)
      board.ranked(index + 1) shouldBe each
    }
    val highest = expected.map(_.priceCents).maxOption
    board.highestPriceCents shouldBe highest.fold(OptionalLong.empty)(OptionalLong.of)
    val (offset, limit) = (random.nextInt(expected.size + 2), random.nextInt(200))
    board.page(offset, limit).asScala.toVector shouldBe expected.slice(offset, offset + limit)
    if (expected.nonEmpty) {
      val own = random.nextInt(expected.size)
      val around = board.neighbours(expected(own).bidder, 3).asScala.toVector
      around shouldBe expected.slice(math.max(0, own - 3), own + 4)
    }
  }

  "Any history of bids" should {
    "leave the board like a sorted list" in forAll(histories) { history =>
      val board = new Board
      val model = new SortedList
      val random = new Random(history.size.toLong)
      history.zipWithIndex.foreach { case (step, i) =>
        model.step(step, i + 1L, board)
        if (i % (1 + history.size / 5) == 0) shouldAgree(board, model.sorted, random)
      }
      shouldAgree(board, model.sorted, random)
      Board.of(board.standings) shouldBe board
    }
  }

  "A board of 100,000" should {
    "rank everyone like a sorted list while scores climb" in {
      val random = new Random(7)
      val board = new Board
      val model = new SortedList
      (1L to 250_000L).foreach { sequence =>
        val score = (sequence / 10 + random.nextInt(5_000)).toInt
        model.step(Step(random.nextInt(100_000), score, random.nextInt(1_000), removes = false), sequence, board)
      }
      val expected = model.sorted
      board.size should be > 90_000
      expected.zipWithIndex.foreach { case (each, index) =>
        assert(board.rank(each.bidder).getAsInt == index + 1)
        assert(board.ranked(index + 1) eq each)
      }
    }
  }
}
