package io.turnwise.projection.stream

import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger

import scala.jdk.CollectionConverters._

import org.scalatest.wordspec.AnyWordSpec

class StreamDeadLettersSpec extends AnyWordSpec with StreamsFixture {

  private val broken = ConcurrentHashMap.newKeySet[String]()
  private val tries = new AtomicInteger

  private def failing(reader: String): ReadModel.InPostgres = counting(
    reader,
    star =>
      if (broken.contains(star)) {
        tries.incrementAndGet()
        throw new IllegalStateException(s"no place for $star")
      }
  )

  private def lettersOf(group: String): Seq[StreamDeadLetters.Letter] =
    letters.list(Galaxies.Stream, group, 0, 100).asScala.toSeq

  "A message that cannot be processed" should {
    "be tried four times, become a dead letter, and hold up its own entity alone" in {
      broken.add("p-3")
      val reader = consumer("poison", "one", failing("poison"))
      discover("sick", Seq("p-1", "p-2", "p-3", "p-4", "p-5"))
      discover("healthy", Seq("h-1", "h-2"))
      assertOnceAndInOrder("poison", "healthy", Seq("h-1", "h-2"))
      eventually(assert(lettersOf("poison").size == 3))
      assertOnceAndInOrder("poison", "sick", Seq("p-1", "p-2"))

      val first = lettersOf("poison").head
      assert(first.errorType == StreamDeadLetters.PROCESSING_ERROR)
      assert(first.errorMessage.contains("no place for p-3"))
      assert(first.originalMessageId == "galaxy|default:sick/3" && first.originalStream == Galaxies.Stream)
      assert(first.consumerGroup == "poison" && first.retryCount == 0 && first.tenant == "default")
      assert(first.originalPayload.get("body").contains("p-3"))
      assert(lettersOf("poison").tail.map(_.errorType).toSet == Set(StreamDeadLetters.PARKED))
      assert(reader.counters.retries == 3)
      eventually(assert(inRedis(_.xpending(Galaxies.Stream, "poison").getCount) == 0))

      // what is still broken stays, and is counted
      val before = tries.get
      assert(letters.retry(first.id) == 3)
      eventually(assert(lettersOf("poison").head.retryCount == 1))
      assert(tries.get == before + 1 && lettersOf("poison").size == 3)

      // mended, all of the entity come in their order, those of meanwhile included
      discover("sick", Seq("p-6"))
      eventually(assert(lettersOf("poison").size == 4))
      broken.remove("p-3")
      letters.retry(first.id)
      assertOnceAndInOrder("poison", "sick", (1 to 6).map(n => s"p-$n"))
      eventually(assert(lettersOf("poison").isEmpty))
      discover("sick", Seq("p-7"))
      assertOnceAndInOrder("poison", "sick", (1 to 7).map(n => s"p-$n"))
    }

    "be given up with a reason, and those behind it be processed" in {
      broken.add("d-1")
      consumer("discard", "one", failing("discard"))
      discover("given-up", Seq("d-1", "d-2", "d-3"))
      eventually(assert(lettersOf("discard").size == 3))
      val first = lettersOf("discard").head
      val second = lettersOf("discard")(1)
      assert(!letters.discard(second.id, "not the first"))
      assert(letters.discard(first.id, "there is no such star"))
      assert(!letters.discard(first.id, "twice"))
      assert(letters.retry(second.id) == 2)
      eventually(assert(seen("discard", "given-up") == Seq(2L -> "d-2", 3L -> "d-3")))
      eventually(assert(lettersOf("discard").map(_.discarded) == Seq("there is no such star")))
      discover("given-up", Seq("d-4"))
      eventually(assert(seen("discard", "given-up").last == (4L -> "d-4")))
    }
  }

  "A message that nobody can read" should {
    "become a dead letter, and the others go on" in {
      consumer("malformed", "one", failing("malformed"))
      discover("readable", Seq("r-1"))
      assertOnceAndInOrder("malformed", "readable", Seq("r-1"))
      inRedis(_.xadd(Galaxies.Stream, java.util.Map.of("what", "is\u0000this")))
      discover("readable", Seq("r-2"))
      assertOnceAndInOrder("malformed", "readable", Seq("r-1", "r-2"))
      val letter = lettersOf("malformed").find(_.errorType == StreamDeadLetters.MALFORMED).get
      assert(letter.errorMessage == "id is missing")
      assert(letter.originalPayload.get("what") == "is\u0000this")
      eventually(assert(inRedis(_.xpending(Galaxies.Stream, "malformed").getCount) == 0))
    }
  }
}
