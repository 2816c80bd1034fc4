package io.turnwise.bidding

import java.math.{BigDecimal => Decimal}
import java.net.URI
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.time.{Duration, Instant}
import java.util.concurrent.TimeUnit.SECONDS
import java.util.function.Predicate

import scala.jdk.CollectionConverters._

import akka.actor.typed.ActorRef
import akka.actor.typed.javadsl.AskPattern
import akka.cluster.sharding.typed.{ClusterShardingQuery, GetShardRegionState}
import akka.cluster.sharding.ShardRegion.CurrentShardRegionState
import akka.cluster.sharding.typed.javadsl.{ClusterSharding, EntityTypeKey}
import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.cluster.NodeFixture
import io.turnwise.turn.{Message, News, Notice}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

trait BiddingOverHttp extends NodeFixture with Matchers { this: AnyWordSpec =>

  /** Idle entities fall asleep soon, so that what must wake them is seen at work. */
  override protected def settings: String = """
    akka.cluster.sharding.passivation.awake.idle-entity.timeout = 1500ms
    turnwise.alarms { lead = 1s, interval = 100ms }
    turnwise.http { heartbeat = 1s, feed.renewal = 500ms }
    """

  protected lazy val ann = token("u-ann", name = Some("Ann"))
  protected lazy val bob = token("u-bob", name = Some("Bob"), weight = "1.25")
  protected lazy val cid = token("u-cid", name = Some("Cid"))

  protected def decimal(text: String): Decimal = new Decimal(text)

  protected def shouldBeDecimal(node: JsonNode, text: String): Unit =
    withClue(s"$node, not $text: ")(node.decimalValue.compareTo(decimal(text)) shouldBe 0)

  protected def list(node: JsonNode): Seq[JsonNode] = node.asScala.toSeq

  protected def instant(node: JsonNode): Instant = Instant.parse(node.asText)

  protected def at(instant: Instant): (String, String) = "ends_at" -> s"\"$instant\""

  protected def settled(session: String): Long = {
    eventually(history(session).exists(_.name == "bidding.session-settled/1") shouldBe true)
    val last = history(session).last
    last.name shouldBe "bidding.session-settled/1"
    last.writtenMillis
  }

  protected def awake(session: String): Boolean = entitiesAwake.contains(s"default:$session")

  protected def awakeSessions: Int = entitiesAwake.size

  private def entitiesAwake: Set[String] = {
    val key = EntityTypeKey.create(classOf[Message], BiddingSessions.DEFINITION.`type`)
    AskPattern
      .ask[ClusterShardingQuery, CurrentShardRegionState](
        ClusterSharding.get(engine.system).shardState,
        (replyTo: ActorRef[CurrentShardRegionState]) => new GetShardRegionState(key, replyTo),
        Duration.ofSeconds(5),
        engine.system.scheduler
      )
      .toCompletableFuture
      .get(5, SECONDS)
      .getShards()
      .asScala
      .flatMap(_.getEntityIds().asScala.map(_.toString))
      .toSet
  }

  protected def feed(session: String, token: String = "", lastId: Option[Long] = None): Feed = {
    val headers = lastId.map("Last-Event-ID" -> _.toString).toSeq
    val response =
      client.send(
        request("GET", s"/api/sessions/$session/events", BodyPublishers.noBody(), token, headers).build,
        BodyHandlers.ofInputStream()
      )
    response.statusCode shouldBe 200
    response.headers.firstValue("Content-Type").get should startWith("text/event-stream")
    new Feed(response.body)
  }

  protected def socket(session: String, token: String = "", since: Option[Long] = None): SocketFeed = {
    val query = since.fold("")(id => s"?since=$id")
    new SocketFeed(client, URI.create(s"ws://127.0.0.1:$port/ws/$session$query"), token)
  }

  /** The ids of all events that a reader must get, by the journal alone: everybody's, and those of `subject`. */
  protected def noticed(session: String, subject: String, since: Long = 0): Seq[Long] = {
    val wanted: Predicate[Notice] = notice => notice.audience == null || notice.audience == subject
    engine.replay
      .notices(BiddingSessions.DEFINITION, s"default:$session", since, Long.MaxValue, wanted, 1_000_000)
      .notices
      .asScala
      .map(_.id)
      .toSeq
  }

  /** Ends the entity's memory, and returns when it has begun anew. */
  protected def forget(session: String): Unit = {
    val entity = ClusterSharding
      .get(engine.system)
      .entityRefFor(EntityTypeKey.create(classOf[Message], "session"), s"default:$session")
    def gate: ActorRef[Message] = eventually {
      val answer = entity.ask[News](replyTo => new Message.Watch(replyTo, false), Duration.ofMillis(500))
      answer.toCompletableFuture.get(1, SECONDS).asInstanceOf[News.Watched].gate
    }
    val before = gate
    before.tell(new Message.Stop())
    eventually(gate should not be before)
    ()
  }
}
