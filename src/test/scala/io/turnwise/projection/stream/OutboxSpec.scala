package io.turnwise.projection.stream

import java.util.concurrent.{CompletableFuture, CountDownLatch, Executor, LinkedBlockingQueue, TimeUnit}

import scala.jdk.CollectionConverters._

import org.scalatest.wordspec.AnyWordSpec

class OutboxSpec extends AnyWordSpec with StreamsFixture {

  private val community = "cqrs:stream:community"

  override protected def streamSettings: String = "turnwise.streams.outbox.attempts-max = 3"

  private lazy val outbox = new Outbox(engine.jdbi)

  private def reading(group: String): (StreamConsumer, LinkedBlockingQueue[Published]) = {
    val found = new LinkedBlockingQueue[Published]
    val model: ReadModel.InPostgres = (_, message) => { found.add(message); () }
    (consumer(group, "one", model, community), found)
  }

  private def post(key: String, words: String): Unit = inDatabase { handle =>
    handle.execute("INSERT INTO post VALUES (?, ?)", key, words)
    Outbox.append(handle, community, "default", key, "community.post-created/1", java.util.Map.of("words", words))
  }

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    inDatabase(_.execute("CREATE TABLE post (key text, words text)"))
    ()
  }

  private def words(found: LinkedBlockingQueue[Published], key: String): Seq[String] =
    found.asScala.toSeq.filter(_.entity == s"outbox|default:$key").map(body(_).path("words").asText)

  "A row outside of entities" should {
    "be told of when it is there, and not when it is rolled back" in {
      val (_, found) = reading("told")
      post("p1", "kept")
      intercept[IllegalStateException] {
        inDatabase { handle =>
          handle.execute("INSERT INTO post VALUES ('p1', 'gone')")
          Outbox.append(
            handle,
            community,
            "default",
            "p1",
            "community.post-created/1",
            java.util.Map.of("words", "gone")
          )
          throw new IllegalStateException("something else went wrong")
        }
      }
      post("p1", "kept, too")
      eventually(assert(words(found, "p1") == Seq("kept", "kept, too")))
      assert(number("SELECT count(*) FROM post WHERE key = 'p1'") == 2)
      eventually(assert(outbox.pending(community) == 0))
      val message = found.asScala.head
      assert(message.id.startsWith("outbox/") && message.name == "community.post-created/1")
    }

    "not be told of without a transaction" in {
      intercept[IllegalStateException](
        engine.jdbi.useHandle[RuntimeException](handle =>
          Outbox.append(handle, community, "default", "p", "community.post-created/1", java.util.Map.of())
        )
      )
    }

    "be told of in the order of commits, though its writers overlap" in {
      val (_, found) = reading("order")
      val first = new CountDownLatch(1)
      val mayCommit = new CountDownLatch(1)
      // not the common pool, whose few threads others need
      val threads: Executor = work => new Thread(work).start()
      val writeSlowly: Runnable = () =>
        inDatabase { handle =>
          Outbox.append(
            handle,
            community,
            "default",
            "k",
            "community.post-created/1",
            java.util.Map.of("words", "slow")
          )
          first.countDown()
          mayCommit.await(10, TimeUnit.SECONDS)
          ()
        }
      val slow = CompletableFuture.runAsync(writeSlowly, threads)
      assert(first.await(10, TimeUnit.SECONDS))
      val fast = CompletableFuture.runAsync(() => post("k", "fast"), threads)
      post("other", "not held up")
      eventually(assert(words(found, "other") == Seq("not held up")))
      assert(!fast.isDone)
      mayCommit.countDown()
      slow.get(10, TimeUnit.SECONDS)
      fast.get(10, TimeUnit.SECONDS)
      eventually(assert(words(found, "k") == Seq("slow", "fast")))
    }

    "be told of by one relay at a time, and by another when that one dies" in {
      val nobody = "cqrs:stream:nobody"
      inDatabase { handle =>
        (1 to 5).foreach(n => Outbox.append(handle, nobody, "default", "k", "x/1", java.util.Map.of("n", n)))
      }
      val claim = java.time.Duration.ofMillis(300)
      val taken = outbox.claim(nobody, 2, claim)
      assert(taken.size == 2 && outbox.claim(nobody, 2, claim).isEmpty)
      eventually {
        val again = outbox.claim(nobody, 5, claim)
        assert(again.asScala.map(_.id).startsWith(taken.asScala.map(_.id)) && again.size == 5)
        assert(again.get(0).attempts >= 2)
      }
    }

    "be told of again when Redis has lost it" in {
      val (reader, found) = reading("lost")
      post("l1", "before")
      eventually(assert(words(found, "l1") == Seq("before")))
      inRedis(_.flushdb())
      post("l1", "after")
      eventually(assert(words(found, "l1") == Seq("before", "after")))
      eventually(assert(reader.counters.duplicates > 0))
    }
  }

  "A row that Redis refuses again and again" should {
    "be given up, and told of when it is retried" in {
      val (_, found) = reading("refused")
      post("r1", "fine")
      eventually(assert(words(found, "r1") == Seq("fine")))
      inRedis { commands => commands.rename(community, "aside"); commands.set(community, "not a stream") }
      post("r1", "refused")
      eventually(assert(outbox.givenUp(community, 10).size == 1))
      assert(outbox.givenUp(community, 10).get(0).contains("WRONGTYPE"))
      assert(outbox.pending(community) == 0)
      inRedis { commands => commands.del(community); commands.rename("aside", community) }
      assert(outbox.retry(outbox.givenUp(community, 10).get(0).takeWhile(_ != ':').toLong))
      eventually(assert(words(found, "r1") == Seq("fine", "refused")))
    }
  }
}
