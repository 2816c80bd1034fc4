package io.turnwise.cli.replay

import java.time.Duration
import java.{util => ju}

import scala.jdk.CollectionConverters._

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class ClosingTableSpec extends AnyWordSpec with Matchers {

  private def auction(id: String, closingPriceCents: Long) =
    new RecordedAuction(id, "Palm Pilot", closingPriceCents, Seq(new RecordedBid(2, "ada", 0, 300, 0)).asJava)

  private def report(id: String, closingPriceCents: Long, actual: Deal, failure: String = null) =
    new AuctionReport(
      auction(id, closingPriceCents),
      1200,
      ju.Map.of("bidding.must-raise", 30, "bidding.session-ended", 4),
      new Deal("ada", 300),
      actual,
      failure
    )

  private def outcome(reports: AuctionReport*) =
    new Replay.Outcome(reports.asJava, 5000, 0, Duration.ofMillis(2500))

  private val right = report("77", 300, new Deal("ada", 300))

  "A closing table" should {
    "count what was sent, taken and refused, what agrees, and how fast it went" in {
      ClosingTable.of(outcome(right, right), 0) shouldBe
        """  auctions                                      2
          |  bids sent                                 2,468
          |    accepted                                2,400
          |    refused: bidding.must-raise                60
          |    refused: bidding.session-ended              8
          |  winner and price as the bids say              2
          |  price as the column `price` says              2
          |  requests                                  5,000
          |  requests a second                         2,000
          |  elapsed                                   2.5 s
          |""".stripMargin
    }

    "name the auctions whose price is another in the file, which is no fault" in {
      val elsewhere = outcome(right, report("78", 250, new Deal("ada", 300)))
      elsewhere.isRight shouldBe true
      val table = ClosingTable.of(elsewhere, 0)
      table should include("  winner and price as the bids say              2\n")
      table should include("  price as the column `price` says              1\n")
      table should endWith("\n  78: 3.00 by ada as the bids say, but the column `price` says 2.50\n")
    }

    "name the auctions that went wrong" in {
      val wrong = outcome(right, report("78", 300, new Deal("bob", 300)), report("79", 300, null, "No answer"))
      wrong.isRight shouldBe false
      val table = ClosingTable.of(wrong, 0)
      table should include("  winner and price as the bids say              1\n")
      table should endWith(
        "\n  WRONG 78: 3.00 by bob, but the bids say 3.00 by ada\n  WRONG 79: not finished. No answer\n"
      )
    }

    "say how many lines were left out and how many requests repeated" in {
      val table = ClosingTable.of(new Replay.Outcome(ju.List.of(right), 1300, 7, Duration.ofSeconds(1)), 3)
      table should startWith("  lines left out                                3\n")
      table should include("    of them repeated                            7\n")
    }
  }
}
