package io.turnwise.journal

import java.{util => ju}
import java.nio.charset.StandardCharsets.UTF_8

import akka.actor.ExtendedActorSystem
import akka.actor.testkit.typed.scaladsl.ActorTestKit
import akka.actor.typed.scaladsl.adapter._
import com.typesafe.config.ConfigFactory
import io.turnwise.turn._
import org.scalatest.BeforeAndAfterAll
import org.scalatest.wordspec.AnyWordSpec

class TurnSerializerSpec extends AnyWordSpec with BeforeAndAfterAll {

  private lazy val catalog = EventCatalog.of(Tally.Names)
  private lazy val kit =
    ActorTestKit(
      "serializer",
      ConfigFactory.parseString("akka.actor.provider = local").withFallback(ConfigFactory.load())
    )
  private lazy val messages = new TurnSerializer(catalog, kit.system.toClassic.asInstanceOf[ExtendedActorSystem])
  private lazy val stored = new TurnSerializer(catalog)

  override protected def afterAll(): Unit = {
    kit.shutdownTestKit()
    super.afterAll()
  }

  private def roundTrip(serializer: TurnSerializer, value: AnyRef): AnyRef =
    serializer.fromBinary(serializer.toBinary(value), serializer.manifest(value))

  private val tally = new Tally(7, ju.List.of("ann:7@1#1", "灯"), 5L, false)
  private val remembered = new Turn.Remembered("k", "h", Tally.Total(7, 1))

  "A snapshot" should {
    "be read as it was written" in {
      val known = new AnswerMemory.Known("ann", remembered, 1, 1_790_000_000_000L)
      val snapshot = new Held.Snapshot(1, 1_790_000_000_000L, tally, ju.List.of(known))
      assert(roundTrip(stored, snapshot) == snapshot)
      assert(new String(stored.toBinary(snapshot), UTF_8).contains("""["tally.state/1",{"""))
    }
  }

  "A message between nodes" should {
    "be read as it was written" in {
      val address = new Replies.Address(kit.createTestProbe[Replies.Arrived]().ref, 7)
      val updates = kit.createTestProbe[News]().ref
      val caller =
        new Caller("ann", "k", "h", 3, "req-1", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true)
      Seq[AnyRef](
        new Message.Ask(caller, Tally.Add(7), 1_790_000_000_000L, address),
        new Message.Ask(Caller.of("ben"), Tally.Read(true), Long.MaxValue, address),
        new Message.AskAll(
          ju.List.of(
            new Message.Ask(caller, Tally.Add(7), 1_790_000_000_000L, address),
            new Message.Ask(Caller.of("ben"), Tally.Add(8), 1_790_000_000_000L, address)
          )
        ),
        new Message.Wake,
        new Message.Watch(updates, true),
        new Message.Missed(3, 7, true, updates),
        new Message.Stop,
        new News.Watched("default:灯", 17, kit.createTestProbe[Message]().ref),
        new News.State("default:灯", 17, tally),
        new News.Noticed("default:灯", 16, 17, ju.List.of(new Notice(17, "ann", Tally.Total(7, 1)))),
        new News.Found("default:灯", 7, 3, 17, ju.List.of(new Notice(17, null, Tally.Total(7, 1))), true),
        new News.Erased("default:灯"),
        new Replies.Arrived(7, new Reply.Accepted(Tally.Total(7, 1), 1, true)),
        new Replies.Arrived(8, new Reply.Refused("tally.refused", Rejection.Kind.RULE, "Amounts are positive.", 17))
      ).foreach(message => assert(roundTrip(messages, message) == message))
    }

    "carry an address to which the reply finds its way, where the asker waits for a future" in {
      val waiting = Replies.get(kit.system).expect(java.time.Duration.ofSeconds(10))
      val ask = new Message.Ask(Caller.of("ben"), Tally.Read(true), Long.MaxValue, waiting)
      val received = roundTrip(messages, ask).asInstanceOf[Message.Ask]
      val reply = new Reply.Accepted(tally, 1, false)
      received.replyTo.tell(reply)
      assert(waiting.get(10, ju.concurrent.TimeUnit.SECONDS) == reply)
    }

    "have a name, unless it never leaves its node" in {
      val local = classOf[akka.actor.NoSerializationVerificationNeeded]
      val sent = classOf[Message].getPermittedSubclasses.filterNot(local.isAssignableFrom).map(_.getSimpleName).toSet
      assert(sent == Set("Ask", "AskAll", "Wake", "Watch", "Missed", "Stop"))
      assertThrows[IllegalArgumentException](messages.manifest(new Message.Publish))
    }
  }

  "A manifest that is not known" should {
    "be named, with the likely reason" in {
      val thrown = intercept[IllegalArgumentException](stored.fromBinary(Array.emptyByteArray, "turn/2"))
      assert(thrown.getMessage == "turn/2 was written by a newer version of Turnwise")
    }
  }

  "The number under which rows are stored" should {
    "be the same for ever" in assert(stored.identifier == 7310)
  }
}
