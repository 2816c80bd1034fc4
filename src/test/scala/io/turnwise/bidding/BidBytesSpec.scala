package io.turnwise.bidding

import io.turnwise.bidding.SessionEvent.BidPlaced
import io.turnwise.bidding.terms.Scoring
import io.turnwise.journal.{EventCatalog, JournalRows, TurnSerializer}
import io.turnwise.stores.TestStores
import io.turnwise.turn.Turn
import org.scalatest.wordspec.AnyWordSpec

import scala.jdk.CollectionConverters._

class BidBytesSpec extends AnyWordSpec {

  private lazy val serializer = new TurnSerializer(EventCatalog.of(BiddingNames.ALL))

  private def turn(bids: Int): Turn = {
    val at = 1_790_000_000_000L
    val entries = (0 until bids).map { n =>
      val bid = new BidPlaced(Scoring.PRICE_CENTS_MAX - n, Scoring.SCORE_MICROS_MAX - n)
      new Turn.Entry(f"u-$n%020d", at + n, java.util.List.of(bid), null, null, null)
    }
    new Turn(1_000_000, at, at + 60_000, "default", entries.asJava)
  }

  "A plain bid, the price and the score as large as they can be" should {
    "cost at most 120 bytes of its row" in {
      val connection = TestStores.connect(TestStores.freshDatabase())
      try {
        val (few, many) = (10, 1_000)
        Seq(few, many).foreach { bids =>
          JournalRows.insert(connection, "session|default:s", bids.toLong, serializer.toBinary(turn(bids)))
        }
        val sizes = connection
          .createStatement()
          .executeQuery("SELECT pg_column_size(j.*), octet_length(event_payload) FROM event_journal j ORDER BY 2")
        def next(): (Int, Int) = {
          sizes.next()
          sizes.getInt(1) -> sizes.getInt(2)
        }
        val (smallRow, small) = next()
        val (largeRow, large) = next()
        assert((large - small).toDouble / (many - few) <= 120)
        // nothing else of the row grows with it but what brings the next column to a multiple of its size
        assert(largeRow - smallRow < large - small + 8)
      } finally connection.close()
    }
  }
}
