package io.turnwise.bidding

import java.math.{BigDecimal => Decimal}
import java.time.Instant
import java.util.{List => Listed}

import io.turnwise.journal.Json
import org.scalatest.wordspec.AnyWordSpec

class SessionPublicationSpec extends AnyWordSpec {

  private def golden(name: String): String =
    new String(getClass.getResourceAsStream(s"/golden/session/$name.json").readAllBytes, "UTF-8").trim

  "What others read of sessions" should {
    "look as it always did" in {
      val start = Instant.parse("2026-01-01T00:00:00Z")
      val scheduled = new SessionPublication.Scheduled("A lamp", 2, start, start.plusSeconds(3_600))
      assert(Json.STORED.writeValueAsString(scheduled) == golden("scheduled.1"))
      val winner = new SessionPublication.Winner(1, "u-ann", new Decimal("20.50"))
      val settled = new SessionPublication.Settled(Listed.of(winner), 2, 3)
      assert(Json.STORED.writeValueAsString(settled) == golden("settled.1"))
    }
  }
}
