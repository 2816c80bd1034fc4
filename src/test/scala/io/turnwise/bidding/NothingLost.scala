package io.turnwise.bidding

import java.util.concurrent.TimeUnit

import scala.jdk.CollectionConverters._

import io.turnwise.bidding.board.Standing
import io.turnwise.bidding.redis.{BoardRow, RedisBoards}
import io.turnwise.cluster.NodeFixture
import io.turnwise.projection.Redis
import org.scalatest.Suite

/** Holds what bidders were told against what is stored, and every view of it against every other. */
trait NothingLost extends NodeFixture { this: Suite =>

  import NothingLost._

  /** Every acknowledged bid is in the journal, once, and entity, fold and Redis say the same.
    *
    * @return
    *   the board, first to last
    */
  protected def assertNothingLost(session: String, acknowledged: Iterable[Acknowledged]): Seq[Standing] = {
    val placed = history(session).zipWithIndex.collect {
      case (event, index) if event.name == "bidding.bid-placed/1" =>
        (index + 1L) -> (event.by -> event.event.path("price_cents").asLong)
    }.toMap
    acknowledged.foreach { bid =>
      assert(placed(bid.sequence) == (bid.bidder -> (BigDecimal(bid.price) * 100).toLong), bid)
    }
    assert(acknowledged.map(_.sequence).toSet.size == acknowledged.size, "two bids were acknowledged as one")
    assertOneTruth(session)
  }

  /** The fold from the first row, the fold from a snapshot, the entity, Redis and what it serves are the same. */
  protected def assertOneTruth(session: String): Seq[Standing] = {
    val fold = engine.replay.fold(BiddingSessions.DEFINITION, s"default:$session", false)
    val standings = fold.state.board.standings
    assert(standings == engine.replay.fold(BiddingSessions.DEFINITION, s"default:$session", true).state.board.standings)
    eventually(assert(digestInRedis(session) == RedisBoards.Digest.of(fold.version, rows(standings))))
    val bidders = standings.asScala.take(100).map(_.bidder).toSeq
    assert(served(session, "&consistency=strong") == bidders)
    eventually(assert(served(session, "") == bidders))
    standings.asScala.toSeq
  }

  protected def served(session: String, query: String): Seq[String] = {
    val answer = get(s"/api/leaderboard/$session?page_size=100$query")
    assert(answer.status == 200, answer)
    answer("leaderboard").asScala.map(_.path("user_id").asText).toSeq
  }

  protected def digestInRedis(session: String): RedisBoards.Digest =
    new RedisBoards(lookedIn).digest("default", session).toCompletableFuture.get(30, TimeUnit.SECONDS)

  private lazy val lookedIn = new Redis(redisUri, engine.config)

  private def rows(standings: java.util.List[Standing]) = standings.asScala.map(BoardRow.of).asJava

  override protected def afterAll(): Unit =
    try if (node != null) lookedIn.close()
    finally super.afterAll()
}

object NothingLost {

  /** What a bidder was told. */
  final case class Acknowledged(bidder: String, price: String, sequence: Long, millis: Double)
}
