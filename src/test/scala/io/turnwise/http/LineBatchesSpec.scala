package io.turnwise.http

import java.nio.charset.StandardCharsets.UTF_8
import java.time.Duration
import java.util.concurrent.TimeUnit

import scala.jdk.CollectionConverters._

import akka.actor.testkit.typed.scaladsl.ActorTestKit
import akka.actor.typed.ActorSystem
import akka.stream.javadsl.{Sink, Source}
import akka.util.ByteString
import com.typesafe.config.ConfigFactory
import io.turnwise.http.LineBatch.Ending
import org.scalacheck.Gen
import org.scalatest.BeforeAndAfterAll
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

class LineBatchesSpec extends AnyWordSpec with Matchers with BeforeAndAfterAll with ScalaCheckPropertyChecks {

  private lazy val kit = ActorTestKit("lines", ConfigFactory.parseString("akka.actor.provider = local"))
  private def system: ActorSystem[_] = kit.system

  override protected def afterAll(): Unit = {
    kit.shutdownTestKit()
    super.afterAll()
  }

  private val bounds = new LineBatches.Bounds(3, 64, 20, Duration.ofMinutes(1))

  private def batches(chunks: Source[ByteString, _], bounds: LineBatches.Bounds = bounds): Seq[LineBatch] =
    chunks
      .via(new LineBatches(bounds))
      .runWith(Sink.seq[LineBatch], system)
      .toCompletableFuture
      .get(20, TimeUnit.SECONDS)
      .asScala
      .toSeq

  private def chunks(parts: Seq[String]): Source[ByteString, _] =
    Source.from(parts.map(part => ByteString.fromString(part)).asJava)

  /** Only when it is its turn. */
  private def failing(failure: Throwable): Source[ByteString, _] =
    Source.lazySource(() => Source.failed[ByteString](failure))

  /** Number and text of each line; of a skipped one None. */
  private def lines(found: Seq[LineBatch]): Seq[(Long, Option[String])] = found.flatMap(_.lines.asScala).map { line =>
    line.number -> Option.unless(line.isTooLong)(new String(line.bytes, line.from, line.length, UTF_8))
  }

  private def expected(body: String): Seq[(Long, Option[String])] =
    body
      .split("\n", -1)
      .toSeq
      .zipWithIndex
      .collect {
        case (line, i) if line.getBytes(UTF_8).length > bounds.lineBytesMax => (i + 1L) -> None
        case (line, i) if !line.forall(" \r\t".contains(_))                 => (i + 1L) -> Some(line)
      }

  private def cut(body: String, places: List[Int]): Seq[String] = {
    val sorted = (0 :: body.length :: places.map(_ % (body.length + 1))).sorted
    sorted.zip(sorted.tail).map { case (from, to) => body.substring(from, to) }
  }

  private val bodies: Gen[String] = Gen
    .listOf(
      Gen.frequency(
        5 -> Gen.alphaNumStr.map(_.take(20)),
        1 -> Gen.const(" \r"),
        1 -> Gen.const("x" * 21),
        1 -> Gen.const("y" * 90)
      )
    )
    .flatMap(lines => Gen.oneOf("", "\n").map(lines.mkString("\n") + _))

  "A body" should {
    "be cut into the same lines however it comes" in forAll(bodies, Gen.listOf(Gen.choose(0, 10_000))) {
      (body, places) => lines(batches(chunks(cut(body, places)))) shouldBe expected(body)
    }
    "go on behind much that is no line" in {
      val skipped = "x" * 30
      val found = batches(chunks(Seq(skipped, "x" * 70 + "\na\n" + "\n" * 200 + "b\n" * 100)))
      lines(found).flatMap(_._2) shouldBe "a" +: Seq.fill(100)("b")
    }
    "come in batches that hold no more than they may" in {
      val found = batches(chunks(Seq("a\nb\nc\nd\n", ("z" * 20 + "\n") * 7)))
      found.foreach { batch =>
        batch.lines.size should be <= 3
        batch.lines.asScala.map(_.length).sum should be <= 64 + 20
      }
      lines(found) should have size 11
    }
    "be nothing where there is nothing in it" in {
      batches(chunks(Nil)) shouldBe Nil
      batches(chunks(Seq("\n", " \r\n\n"))) shouldBe Nil
    }
    "say that it broke off after what was whole of it" in {
      val broken = chunks(Seq("a\nb\nhal")).concat(failing(new IllegalStateException("broken")))
      val found = batches(broken)
      lines(found) shouldBe Seq(1L -> Some("a"), 2L -> Some("b"))
      found.flatMap(batch => Option(batch.ending)) shouldBe Seq(Ending.BROKEN)
    }
    "say that the node stops" in {
      val stopped = chunks(Seq("a\n")).concat(failing(new LineBatches.Stopping))
      batches(stopped).flatMap(batch => Option(batch.ending)) shouldBe Seq(Ending.STOPPING)
    }
    "end when nothing comes for too long, but not for what is slow to be taken" in {
      val soon = new LineBatches.Bounds(3, 64, 20, Duration.ofMillis(200))
      val silent = chunks(Seq("a\nhal")).concat(Source.maybe[ByteString])
      val found = batches(silent, soon)
      lines(found) shouldBe Seq(1L -> Some("a"))
      found.flatMap(batch => Option(batch.ending)) shouldBe Seq(Ending.IDLE)

      val slowlyTaken = chunks(Seq.fill(10)("0123456789\n" * 8))
        .via(new LineBatches(soon))
        .throttle(10, Duration.ofSeconds(1))
        .runWith(Sink.seq[LineBatch], system)
        .toCompletableFuture
        .get(60, TimeUnit.SECONDS)
        .asScala
        .toSeq
      lines(slowlyTaken) should have size 80
      slowlyTaken.flatMap(batch => Option(batch.ending)) shouldBe Nil
    }
  }
}
