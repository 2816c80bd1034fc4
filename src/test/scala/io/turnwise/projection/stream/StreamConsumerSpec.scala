package io.turnwise.projection.stream

import java.time.Duration
import java.util.concurrent.{CountDownLatch, TimeUnit}
import java.util.concurrent.atomic.AtomicBoolean

import scala.jdk.CollectionConverters._

import io.lettuce.core.{Consumer, XReadArgs}
import io.turnwise.projection.JournalRowsOf
import org.scalatest.wordspec.AnyWordSpec

class StreamConsumerSpec extends AnyWordSpec with StreamsFixture {

  private def stars(prefix: String, count: Int): Seq[String] = (1 to count).map(n => s"$prefix-$n")

  private def pending(group: String): Long = inRedis(_.xpending(Galaxies.Stream, group).getCount)

  private def relay: StreamRelay = {
    val settings = StreamSettings.of(engine.config)
    val stream = new RedisStream(redis, Galaxies.Stream, settings.lengthMax)
    val ledger = new StreamLedger(engine.jdbi)
    new StreamRelay(
      Galaxies.Published,
      stream,
      ledger,
      settings,
      engine.blocking,
      redis.outage,
      new StreamCounters
    )
  }

  "What happens to entities" should {
    "reach a read model once and in order, also what happened before anybody listened" in {
      discover("early", stars("a", 30))
      val reader = consumer("early", "one", counting("early"))
      discover("early", stars("b", 30))
      assertOnceAndInOrder("early", "early", stars("a", 30) ++ stars("b", 30))
      eventually(assert(pending("early") == 0))
      assert(reader.counters.processed >= 60)
    }

    "be named, dated and told by whom" in {
      discover("named", Seq("Sirius"))
      val found = new java.util.concurrent.LinkedBlockingQueue[Published]
      val model: ReadModel.InPostgres = (_, message) => { found.add(message); () }
      consumer("named", "one", model)
      val message =
        Iterator.continually(found.poll(20, TimeUnit.SECONDS)).dropWhile(_.entity != "galaxy|default:named").next()
      assert(message.id == "galaxy|default:named/1")
      assert(message.name == "galaxy.star-discovered/1")
      assert(message.tenant == "default" && message.by == "u-ann" && message.version == 1)
      val golden = getClass.getResourceAsStream("/golden/galaxy/star-discovered.1.json")
      assert(message.body == new String(golden.readAllBytes(), "UTF-8").trim)
    }
  }

  "A turn that is sent twice" should {
    "count once" in {
      val model = consumer("twice", "one", counting("twice"))
      discover("twice", stars("t", 20))
      assertOnceAndInOrder("twice", "twice", stars("t", 20))
      val before = model.counters.duplicates
      val rows = JournalRowsOf(engine, names).filter(_.id == "twice").asJava
      eventually(relay.apply(rows).toCompletableFuture.get(10, TimeUnit.SECONDS))
      eventually(assert(model.counters.duplicates >= before + 20))
      assertOnceAndInOrder("twice", "twice", stars("t", 20))
    }

    "count once for another consumer, which remembers nothing" in {
      val first = consumer("again", "one", counting("again"))
      discover("again", stars("t", 20))
      assertOnceAndInOrder("again", "again", stars("t", 20))
      first.close()
      assert(!first.isRunning && !first.start())
      val second = consumer("again", "two", counting("again"))
      val rows = JournalRowsOf(engine, names).filter(_.id == "again").asJava
      eventually(relay.apply(rows).toCompletableFuture.get(10, TimeUnit.SECONDS))
      eventually(assert(second.counters.duplicates >= 20))
      assertOnceAndInOrder("again", "again", stars("t", 20))
    }
  }

  "Messages of a consumer that died without a word" should {
    "be taken by another, before what comes after them" in {
      val ledger = new StreamLedger(engine.jdbi)
      ledger.register(Galaxies.Stream, "orphans")
      eventually(assert(inRedis(_.xinfoGroups(Galaxies.Stream).toString).contains("orphans")))
      discover("orphans", stars("o", 30))
      eventually {
        val taken = inRedis { commands =>
          val all = commands.xreadgroup(
            Consumer.from("orphans", "dead"),
            XReadArgs.Builder.count(10),
            XReadArgs.StreamOffset.lastConsumed(Galaxies.Stream)
          )
          all.asScala.map(_.getBody.get("entity"))
        }
        assert(taken.contains("galaxy|default:orphans"))
      }
      assert(pending("orphans") > 0)
      consumer("orphans", "heir", counting("orphans"))
      assertOnceAndInOrder("orphans", "orphans", stars("o", 30))
      eventually(assert(pending("orphans") == 0))
    }
  }

  "A consumer that hangs in the middle of a message" should {
    "be replaced, and what it does when it wakes be undone" in {
      val hanging = new CountDownLatch(1)
      val hangs = new CountDownLatch(1)
      val once = new AtomicBoolean(true)
      val first = consumer(
        "hanging",
        "one",
        counting(
          "hanging",
          star =>
            if (star == "h-5" && once.getAndSet(false)) {
              hanging.countDown()
              hangs.await(30, TimeUnit.SECONDS)
              ()
            }
        )
      )
      eventually(assert(first.isWorking))
      discover("hanging", stars("h", 20))
      assert(hanging.await(20, TimeUnit.SECONDS))
      val second = consumer("hanging", "two", counting("hanging"))
      eventually(assert(second.isWorking))
      hangs.countDown()
      assertOnceAndInOrder("hanging", "hanging", stars("h", 20))
      eventually(assert(!first.isWorking && second.isWorking))
    }

    "not be able to go on where it was, once another one works" in {
      val ledger = new StreamLedger(engine.jdbi)
      ledger.register(Galaxies.Stream, "zombie")
      val epoch = ledger.take(Galaxies.Stream, "zombie", "one", Duration.ofMillis(1)).getAsLong
      eventually(assert(ledger.take(Galaxies.Stream, "zombie", "two", Duration.ofSeconds(60)).isPresent))
      intercept[StreamLedger.Fenced](
        inDatabase(handle => StreamLedger.fence(handle, Galaxies.Stream, "zombie", epoch))
      )
      intercept[StreamLedger.Fenced](ledger.keep(Galaxies.Stream, "zombie", epoch, Duration.ofSeconds(1)))
      ledger.forget(Galaxies.Stream, "zombie")
    }
  }

  "Two consumers of a group" should {
    "share nothing: one works, and when it stops the other goes on" in {
      val one = consumer("pair", "one", counting("pair"))
      eventually(assert(one.isWorking))
      val two = consumer("pair", "two", counting("pair"))
      discover("pair", stars("p", 10))
      assertOnceAndInOrder("pair", "pair", stars("p", 10))
      assert(one.isWorking && !two.isWorking)
      one.close()
      eventually(assert(two.isWorking))
      discover("pair", stars("q", 10))
      assertOnceAndInOrder("pair", "pair", stars("p", 10) ++ stars("q", 10))
    }
  }
}
