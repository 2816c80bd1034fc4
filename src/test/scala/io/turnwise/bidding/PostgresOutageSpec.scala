package io.turnwise.bidding

import java.nio.file.Files

import scala.jdk.CollectionConverters._

import io.turnwise.Drill
import io.turnwise.stores.{FragileStores, StoreSettings, TempFolders}
import org.scalatest.time.{Seconds, Span}
import org.scalatest.wordspec.AnyWordSpec

class PostgresOutageSpec extends AnyWordSpec with SteadyBids {

  import PostgresOutageSpec._

  private val parent = Files.createTempDirectory("turnwise-outage-spec")
  private lazy val fragile = new FragileStores(parent.resolve("data"))

  override protected def settings: String = "akka.actor.serialize-messages = off"

  override protected def stores: StoreSettings = fragile.settings

  override protected lazy val redisUri: String = fragile.redisUri

  override protected def afterAll(): Unit =
    try super.afterAll()
    finally {
      fragile.close()
      TempFolders.delete(parent)
    }

  /** Bids go on meanwhile, and for as long again after it is back. */
  private def outage(signal: String, awayMillis: Long, members: Int): Outage = {
    val sessions = (1 to 5).map(_ => busySession())
    val load = steadily(sessions, members, 20)
    eventually(assert(load.acknowledged.size > members))
    fragile.stopPostgres(signal)
    val goneNanos = System.nanoTime
    eventually(assert(get("/health/ready").status == 503))
    def awaySoFarMillis = (System.nanoTime - goneNanos) / 1_000_000
    eventually(timeout(Span(awayMillis / 1_000 + 10, Seconds)))(assert(awaySoFarMillis >= awayMillis))
    assert(get("/health/live").status == 200)
    fragile.startPostgres()
    val backNanos = System.nanoTime
    val before = load.acknowledged.size
    eventually(timeout(Span(30, Seconds)))(assert(load.acknowledged.size > before + 5 * members))
    eventually(assert(get("/health/ready").status == 200))
    load.end()
    Outage(load, goneNanos, backNanos, sessions)
  }

  private def assertServed(outage: Outage): Unit = {
    val load = outage.load
    assert(load.failures.isEmpty)
    assert(load.answers.asScala.map(_.answer.status).toSet == Set(200, 503))
    assert(load.answers.asScala.filter(_.answer.status == 503).forall(_.answer.header("Retry-After").nonEmpty))
    outage.sessions.foreach { session =>
      assertNothingLost(session, load.of(session))
      val placed = history(session).filter(_.name == "bidding.bid-placed/1")
      val twice = placed.groupBy(bid => bid.by -> bid.event.path("price_cents").asLong).filter(_._2.size > 1)
      assert(twice.isEmpty, "bids that were repeated with their key count once")
      assert(placed.size == load.of(session).size)
    }
  }

  "A Postgres that is stopped under load and comes back" should {
    "cost answers of 503 meanwhile and nothing else" in assertServed(outage("QUIT", 1_500, 20))
  }

  "A Postgres that is killed under load and comes back" should {
    "cost answers of 503 meanwhile and nothing else" in assertServed(outage("KILL", 500, 20))
  }

  "A Postgres that is away for ten seconds under load" should {
    "be made use of again within five seconds of its return, with nothing lost and no restart" taggedAs Drill in {
      val found = outage("QUIT", 10_000, 200)
      assertServed(found)
      assert(found.recoveryMillis < 5_000)
      val load = found.load
      val meanwhile = load.answers.asScala.filter(_.answer.status == 503).map(a => (a.nanos - a.sentNanos) / 1e6).toSeq
      Drill.record(
        "postgres-away",
        Seq(
          "200 members on 5 sessions, each 20 ms after its last answer; Postgres stopped (immediate) for 10 s",
          f"acknowledged ${load.acknowledged.size}, answered 503 with Retry-After ${load.count(503)}, lost 0, twice 0",
          f"a 503 took at most ${meanwhile.max}%.0f ms; the last came ${found.recoveryMillis}%.0f ms after Postgres was back"
        )
      )
    }
  }
}

object PostgresOutageSpec {

  final case class Outage(load: SteadyBids.Load, goneNanos: Long, backNanos: Long, sessions: Seq[String]) {

    /** From the return of Postgres to the last answer that still was none. */
    def recoveryMillis: Double =
      (load.answers.asScala
        .filter(_.answer.status == 503)
        .map(_.nanos)
        .maxOption
        .getOrElse(backNanos) - backNanos) / 1e6
  }
}
