package io.turnwise.cli.replay

import io.turnwise.cli.client.ClientFailure
import java.nio.file.{Files, Path}

import scala.jdk.CollectionConverters._

import io.turnwise.stores.TempFolders
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class RecordingReaderSpec extends AnyWordSpec with Matchers with TempFolders {

  private val header = "auctionid,bid,bidtime,bidder,bidderrate,openbid,price,item,auction_type"

  private def file(lines: String*): Path = Files.writeString(newPath(), lines.mkString("", "\n", "\n"))

  private def read(lines: String*): Recording = RecordingReader.read(file(header +: lines: _*))

  private def faults(lines: String*): Seq[(Long, String)] =
    read(lines: _*).unreadable.asScala.map(fault => fault.line -> fault.why).toSeq

  "A file of bids" should {
    "be read auction by auction, in the order of its lines" in {
      val recording = read(
        "77,29.75,1.5,ada,6,0.01,50,Palm Pilot,3 day auction",
        "88,3,0,bob,NA,1,3,Xbox,3 day auction",
        "77,50,1.25,cid,1234,0.01,50,Palm Pilot,3 day auction"
      )
      recording.unreadable.asScala shouldBe empty
      recording.bidCount shouldBe 3
      recording.auctions.asScala shouldBe Seq(
        new RecordedAuction(
          "77",
          "Palm Pilot",
          5000,
          Seq(
            new RecordedBid(2, "ada", 600, 2975, 129600000),
            new RecordedBid(4, "cid", 100000, 5000, 108000000)
          ).asJava
        ),
        new RecordedAuction("88", "Xbox", 300, Seq(new RecordedBid(3, "bob", 0, 300, 0)).asJava)
      )
    }

    "be read in whatever order its columns are, with quotes and a mark of its encoding" in {
      val mixed = file(
        "\uFEFFitem,price,bidder,bidderrate,bidtime,bid,auctionid",
        "\"A lamp, \"\"old\"\"\",9.5,ada,-2,0.1,9.50,77"
      )
      val auction = RecordingReader.read(mixed).auctions.get(0)
      auction.item shouldBe "A lamp, \"old\""
      auction.closingPriceCents shouldBe 950
      auction.bids.get(0).weightHundredths shouldBe 0
    }
  }

  "A line that is no bid" should {
    "be named with its number and left out" in {
      faults(
        "77,x,1,ada,6,1,50,Palm,3",
        "77,5,1,ada,6,1,50,Palm",
        "77,5,1,ada,6,1,50,Palm,3",
        "77,5,-1,ada,6,1,50,Palm,3",
        "77,1.005,1,ada,6,1,50,Palm,3",
        "77,0,1,ada,6,1,50,Palm,3",
        "77,1e400,1,ada,6,1,50,Palm,3",
        "77,5,1,,6,1,50,Palm,3",
        "77,5,1,ada,good,1,50,Palm,3",
        "77,5,1,ada,6,1,,Palm,3",
        s"77,5,1,${"a" * 101},6,1,50,Palm,3"
      ) shouldBe Seq(
        2 -> "bid is not a number: x",
        3 -> "has 8 columns instead of 9",
        5 -> "bidtime is not from 0 to 366: -1",
        6 -> "bid has more than two decimals: 1.005",
        7 -> "bid is not from 0.01 to 9999999999.99: 0",
        8 -> "bid is not from 0.01 to 9999999999.99: 1E+400",
        9 -> "bidder is empty",
        10 -> "bidderrate is not a number: good",
        11 -> "price is empty",
        12 -> "bidder is longer than 100 characters"
      )
    }

    "not bring an auction about" in {
      read("77,x,1,ada,6,1,50,Palm,3").auctions.asScala shouldBe empty
    }
  }

  "A file that is none of bids" should {
    "be refused with the columns it lacks" in {
      val failure = the[ClientFailure] thrownBy RecordingReader.read(file("auctionid,bid,bidder", "77,5,ada"))
      failure.getMessage should endWith("missing: bidtime, bidderrate, price, item")
    }

    "be refused when it is not there" in {
      val nowhere = newPath()
      the[ClientFailure] thrownBy RecordingReader.read(nowhere) should have message s"There is no file $nowhere"
    }
  }
}
