package io.turnwise.bidding.redis

import java.{util => ju}
import java.util.OptionalLong
import java.util.concurrent.{CompletionStage, TimeUnit}

import scala.jdk.CollectionConverters._
import scala.util.Random

import io.turnwise.bidding.redis.RedisBoards.{Applied, Change, Digest}
import org.scalatest.BeforeAndAfterAll
import org.scalatest.wordspec.AnyWordSpec

class RedisBoardsSpec extends AnyWordSpec with BeforeAndAfterAll {

  private lazy val cache = new Cache

  override protected def afterAll(): Unit =
    try cache.close()
    finally super.afterAll()

  private def get[A](stage: CompletionStage[A]): A = stage.toCompletableFuture.get(10, TimeUnit.SECONDS)

  private def row(bidder: String, score: Long, sequence: Long, cents: Long = 1_000, name: String = "N"): BoardRow =
    new BoardRow(bidder, name, cents, score, sequence, 1_790_000_000_000L + sequence)

  private val inventory: ju.Map[String, String] = ju.Map.of("inventory", "2")

  private def apply(session: String, first: Long, last: Long, rows: BoardRow*): Applied =
    get(cache.boards.apply("default", session, new Change(first, last, inventory, ju.List.of(), rows.asJava)))

  private def page(session: String, offset: Int = 0, limit: Int = 100): Option[RedisBoards.Page] = {
    val found = get(cache.boards.page("default", session, offset, limit))
    Option.when(found.isPresent)(found.get)
  }

  private def fill(session: String, version: Long, rows: Seq[BoardRow]): Boolean =
    get(cache.boards.replace("default", session, version, inventory, rows.asJava))

  "A bidder who has left" should {
    "be gone from the board, its prices and its names, and may come back" in {
      apply("leaving", 1, 2, row("ann", 9, 1, 900), row("ben", 5, 2, 500))
      val gone = new Change(3, 3, ju.Map.of(), ju.List.of("ann", "nobody"), ju.List.of())
      assert(get(cache.boards.apply("default", "leaving", gone)) == Applied.APPLIED)
      assert(page("leaving").get.rows.asScala.map(_.bidder) == Seq("ben"))
      assert(page("leaving").get.highestPriceCents == OptionalLong.of(500))
      apply("leaving", 4, 4, row("ann", 7, 4, 700, "Ann"))
      assert(page("leaving").get.rows.asScala.map(_.name) == Seq("Ann", "N"))
    }
  }

  "A board that is not for everybody" should {
    "not be served" in {
      val sealedOne = ju.Map.of("inventory", "2", "serves", "0")
      get(
        cache.boards.apply("default", "hidden", new Change(1, 1, sealedOne, ju.List.of(), ju.List.of(row("ann", 1, 1))))
      )
      assert(page("hidden").isEmpty)
      assert(get(cache.boards.digest("default", "hidden")).version == OptionalLong.of(1))
    }
  }

  "Scores up to the bounds of a long" should {
    "be ranked, and read as they were written" in {
      val scores = Seq(
        Long.MaxValue,
        Long.MaxValue - 1,
        9_000_000_000_000_000_000L,
        1L << 53,
        1L,
        0L,
        -1L,
        Long.MinValue + 1,
        Long.MinValue
      )
      val rows = scores.zipWithIndex.map { case (score, i) => row(s"b$i", score, i + 1L, cents = score) }
      assert(apply("bounds", 1, 9, new Random(1).shuffle(rows): _*) == Applied.APPLIED)
      assert(page("bounds").get.rows.asScala == rows)
      assert(page("bounds").get.highestPriceCents == OptionalLong.of(Long.MaxValue))
      assert(page("bounds").get.thresholdScoreMicros == OptionalLong.of(Long.MaxValue - 1))
    }

    "be told apart where doubles cannot" in {
      val score = 9_007_199_254_740_993L // 2^53 + 1
      apply("exact", 1, 3, row("a", score - 1, 1), row("b", score + 1, 2), row("c", score, 3))
      assert(cache.ranking("default", "exact") == Seq("b", "c", "a"))
    }
  }

  "Equal scores" should {
    "be ranked by who was earlier, however many came before" in {
      val sequences = Seq(1L, 9, 10, 15, 16, 255, 256, (1L << 53) - 1, 1L << 53, (1L << 53) + 1, Long.MaxValue)
      val rows = sequences.map(sequence => row(s"b$sequence", 7, sequence))
      fill("ties", 100, new Random(1).shuffle(rows))
      assert(page("ties").get.rows.asScala == rows)
    }
  }

  "A bidder" should {
    "have whatever id and name he has" in {
      val odd = Seq("a:b", "a|b", "{x}", "}{", "a b\n", "ä灯🪔", "🪔", "\uFFEE", "'\"\\", ":" * 34)
      val rows = odd.zipWithIndex.map { case (text, i) => row(text, 100L - i, i + 1L, cents = 5, name = text) }
      assert(apply("odd", 1, odd.size.toLong, rows: _*) == Applied.APPLIED)
      assert(page("odd").get.rows.asScala == rows)
      assert(get(cache.boards.digest("default", "odd")) == Digest.of(odd.size.toLong, rows.asJava))
      val moved = row("a:b", 1, odd.size + 1L, name = null)
      assert(apply("odd", odd.size + 1L, odd.size + 1L, moved) == Applied.APPLIED)
      assert(page("odd").get.rows.asScala.map(_.bidder) == odd.tail :+ "a:b")
      assert(page("odd").get.rows.asScala.last.name == "a:b")
    }

    "stand once, with his last bid, also where it is a lower one" in {
      apply("again", 1, 2, row("a", 10, 1, cents = 10), row("b", 5, 2, cents = 5))
      apply("again", 3, 3, row("a", 1, 3, cents = 1))
      val now = page("again").get
      assert(now.rows.asScala.map(_.bidder) == Seq("b", "a"))
      assert(now.highestPriceCents == OptionalLong.of(5))
      assert(now.size == 2 && now.version == 3)
      assert(cache.commands.zcard(BoardKeys.of("default", "again").price) == 2)
    }
  }

  "Turns" should {
    "be applied in order, skipped when known, and refused after a gap" in {
      assert(apply("order", 2, 2, row("a", 1, 2)) == Applied.GAP)
      assert(page("order").isEmpty)
      assert(apply("order", 1, 3, row("a", 1, 3)) == Applied.APPLIED)
      val before = cache.content
      assert(apply("order", 1, 1, row("a", 9, 1)) == Applied.SKIPPED)
      assert(apply("order", 1, 3, row("a", 9, 1)) == Applied.SKIPPED)
      assert(apply("order", 5, 6, row("a", 9, 6)) == Applied.GAP)
      assert(cache.content == before)
      assert(apply("order", 2, 4, row("a", 2, 4)) == Applied.APPLIED)
      assert(page("order").get.version == 4)
    }
  }

  "A page" should {
    "be a stretch of the board, and say what wins" in {
      apply("page", 1, 5, (1 to 5).map(n => row(s"b$n", 10L - n, n.toLong, cents = n * 100L)): _*)
      val part = page("page", offset = 1, limit = 3).get
      assert(part.rows.asScala.map(_.bidder) == Seq("b2", "b3", "b4"))
      assert((part.size, part.inventory, part.version) == ((5, 2, 5L)))
      assert(part.highestPriceCents == OptionalLong.of(500))
      assert(part.thresholdScoreMicros == OptionalLong.of(8))
      assert(page("page", offset = 5).get.rows.isEmpty)
    }

    "be empty but there, while nobody has bid" in {
      apply("nobody", 1, 1)
      val found = page("nobody").get
      assert(found.rows.isEmpty && found.size == 0)
      assert(found.highestPriceCents.isEmpty && found.thresholdScoreMicros.isEmpty)
    }
  }

  "A board filled anew" should {
    val rows = (1 to 1_203).map(n => row(s"b$n", n % 50L, n.toLong, name = s"n$n"))

    "hold exactly what it is filled with, and be kept" in {
      apply("fill", 1, 2, row("gone", 1, 1), row("b1", 999, 2))
      assert(fill("fill", 1_203, rows))
      val keys = BoardKeys.of("default", "fill")
      assert(cache.commands.hlen(keys.name) == rows.size)
      assert(cache.ranking("default", "fill") == rows.sortBy(row => (-row.scoreMicros, row.sequence)).map(_.bidder))
      assert(get(cache.boards.digest("default", "fill")) == Digest.of(1_203, rows.asJava))
      keys.all.forEach(key => assert(cache.commands.ttl(key) == -1, key))
      assert(apply("fill", 1_204, 1_204, row("b1", 999, 1_204)) == Applied.APPLIED)
      assert(cache.ranking("default", "fill").head == "b1")
    }

    "not replace one that has come as far unless that is forgotten, and leave nothing behind" in {
      apply("far", 1, 5, row("a", 1, 5))
      val before = cache.content
      assert(!fill("far", 5, rows))
      assert(!fill("far", 4, rows))
      assert(cache.content == before)
      assert(get(cache.boards.forget("default", "far")) > 0L)
      assert(page("far").isEmpty)
      assert(fill("far", 4, Seq(row("b", 1, 4))))
      assert(cache.ranking("default", "far") == Seq("b"))
      assert(cache.content.keySet == before.keySet)
    }

    "be empty where nobody has bid" in {
      apply("empty", 1, 2, row("a", 1, 2))
      assert(fill("empty", 3, Nil))
      assert(page("empty").get.rows.isEmpty)
      assert(page("empty").get.version == 3)
    }
  }

  "Boards of other sessions and tenants" should {
    "be untouched" in {
      apply("one", 1, 1, row("a", 1, 1))
      assert(page("one2").isEmpty)
      assert(get(cache.boards.page("default:one", "", 0, 1)).isEmpty)
      assert(get(cache.boards.page("other", "one", 0, 1)).isEmpty)
      assert(get(cache.boards.digest("other", "one")).version.isEmpty)
    }
  }

  "A Redis that has forgotten its scripts" should {
    "learn them again" in {
      cache.commands.scriptFlush()
      assert(apply("scripts", 1, 1, row("a", 1, 1)) == Applied.APPLIED)
      assert(page("scripts").isDefined)
    }
  }
}
