package io.turnwise.turn

import java.{util => ju}
import java.util.concurrent.{LinkedBlockingQueue, TimeUnit}
import java.util.concurrent.atomic.{AtomicBoolean, AtomicInteger}
import java.util.function.Predicate

import scala.collection.mutable
import scala.concurrent.{Await, Future}
import scala.concurrent.ExecutionContext.Implicits.global
import scala.concurrent.duration._
import scala.jdk.CollectionConverters._

import akka.actor.typed.{ActorRef, Props}
import akka.actor.typed.javadsl.Behaviors
import io.turnwise.cluster.EngineFixture
import io.turnwise.turn.Tally.{Add, Total}
import org.scalatest.wordspec.AnyWordSpec

class NoticesSpec extends AnyWordSpec with EngineFixture {

  override protected def names: ju.Map[String, Class[_]] = Tally.Names

  override protected def settings: String = "turnwise.turn { notices-kept = 10, notices-per-message = 3 }"

  private lazy val mailboxes = engine.mailboxes(Tally.Rules)
  private val numbers = new AtomicInteger

  private final class Watcher(val id: String) {
    private val news = new LinkedBlockingQueue[News]
    val ref: ActorRef[News] = engine.system.systemActorOf(
      Behaviors.receiveMessage[News] { one =>
        news.add(one)
        Behaviors.same[News]
      },
      s"watcher-${numbers.incrementAndGet()}",
      Props.empty
    )
    mailboxes.watch(s"default:$id", ref, true)

    /** All news up to the first that `last` holds of. */
    def until(last: PartialFunction[News, Boolean]): Seq[News] = {
      val taken = mutable.ArrayBuffer.empty[News]
      while (!taken.lastOption.exists(last.applyOrElse(_, (_: News) => false))) {
        val next = news.poll(10, TimeUnit.SECONDS)
        assert(next != null, s"nothing came after $taken")
        taken += next
      }
      taken.toSeq
    }

    def missed(since: Long, withPrivate: Boolean): Seq[News.Found] = {
      mailboxes.missed(s"default:$id", new Message.Missed(since, 7, withPrivate, ref))
      until { case found: News.Found => found.last }.collect { case found: News.Found => found }
    }
  }

  private def newWatcher(): Watcher = {
    val watcher = new Watcher(s"n${numbers.incrementAndGet()}")
    watcher.until { case _: News.State => true }
    watcher
  }

  private def add(id: String, amount: Long, by: String = "u"): Total =
    mailboxes.ask("default", id, Caller.of(by), Add(amount)).get(10, TimeUnit.SECONDS) match {
      case accepted: Reply.Accepted => accepted.answer.asInstanceOf[Total]
      case refused                  => fail(s"refused: $refused")
    }

  private def fromJournal(id: String, since: Long, upTo: Long, atMost: Int = 1000) = {
    val all: Predicate[Notice] = _ => true
    engine.replay.notices(Tally.Rules, s"default:$id", since, upTo, all, atMost)
  }

  "A state" should {
    "show all of the turn that it was read in, so that no notice is newer, however many commands come" in {
      val watcher = newWatcher()
      val enough = new AtomicBoolean
      val busy = (1 to 10).map(n => Future(while (!enough.get) add(watcher.id, n.toLong)))
      val news = (1 to 5).flatMap(_ => watcher.until { case state: News.State => state.version > 0 })
      enough.set(true)
      Await.result(Future.sequence(busy), 30.seconds)
      val states = news.zipWithIndex.collect {
        case (state: News.State, i) if state.version > 0 =>
          val newest = news.take(i).collect { case noticed: News.Noticed => noticed.upTo }.last
          assert(newest == state.version)
          state.version
      }
      assert(states.toSet.size == 5)
    }
  }

  "Notices" should {
    "come in one unbroken row, before the state that shows them, and be those that the journal gives" in {
      val watcher = newWatcher()
      (1L to 40L).map(n => mailboxes.ask("default", watcher.id, Caller.of(s"u${n % 3}"), Add(n))).foreach(_.join())
      val news = watcher.until { case state: News.State => state.version == 40 }
      val row = news.collect { case noticed: News.Noticed => noticed }
      row.foldLeft(0L) { (end, span) =>
        assert(span.after == end)
        assert(span.notices.asScala.forall(notice => span.after < notice.id && notice.id <= span.upTo))
        span.upTo
      }
      assert(row.last.upTo == 40)
      assert(row.forall(_.notices.size <= 3))
      assert(row.flatMap(_.notices.asScala) == fromJournal(watcher.id, 0, 40).notices.asScala)
      news.zipWithIndex.collect {
        case (state: News.State, i) if state.version > 0 =>
          assert(news.take(i).exists { case noticed: News.Noticed => noticed.upTo >= state.version; case _ => false })
      }
    }

    "cost themselves and nothing else when making them fails" in {
      val watcher = newWatcher()
      add(watcher.id, 2)
      assert(add(watcher.id, 13) == Total(15, 2))
      add(watcher.id, 1)
      val row = watcher.until { case noticed: News.Noticed => noticed.upTo == 3 }
      assert(row.collect { case noticed: News.Noticed => noticed }.flatMap(_.notices.asScala).map(_.id) == Seq(1, 3))
    }
  }

  "What was missed" should {
    "be given as far back as is remembered, of each kind, and the journal has the rest" in {
      val watcher = newWatcher()
      (1 to 30).foreach(n => add(watcher.id, n % 3 + 1L)) // twenty for one, ten for all
      watcher.until { case state: News.State => state.version == 30 }
      val all = fromJournal(watcher.id, 0, 30).notices.asScala.toSeq

      val public = watcher.missed(0, withPrivate = false)
      assert(public.head.after == 0 && public.last.upTo == 30)
      assert(public.flatMap(_.notices.asScala) == all.filter(_.audience == null))

      val both = watcher.missed(0, withPrivate = true)
      assert(both.head.after == 15) // of the twenty for one the last ten
      assert(both.flatMap(_.notices.asScala) == all.filter(_.id > 15))
      assert(both.head.number == 7)
      assert(fromJournal(watcher.id, 5, both.head.after).notices.asScala == all.filter(n => n.id > 5 && n.id <= 15))

      val none = watcher.missed(1_000, withPrivate = true)
      assert(none.map(found => (found.after, found.upTo, found.notices.size)) == Seq((30, 30, 0)))
    }

    "be read from the journal in pieces that join" in {
      val watcher = newWatcher()
      (1 to 30).foreach(_ => add(watcher.id, 1))
      val whole = fromJournal(watcher.id, 0, 30).notices.asScala
      val pieces = Iterator
        .iterate(fromJournal(watcher.id, 0, 30, atMost = 7))(last => fromJournal(watcher.id, last.upTo, 30, atMost = 7))
        .takeWhile(piece => !piece.notices.isEmpty)
        .flatMap(_.notices.asScala)
        .toSeq
      assert(pieces == whole)
    }
  }

  "A turn that nobody watched" should {
    "be known as a gap to whoever comes while it is written, or later" in {
      val id = s"n${numbers.incrementAndGet()}"
      (1 to 5).foreach(_ => add(id, 1))
      val watcher = new Watcher(id)
      watcher.until {
        case watched: News.Watched => watched.version == 5
        case noticed: News.Noticed => noticed.after == 5
      }
      add(id, 1)
      val next = watcher.until { case noticed: News.Noticed => noticed.upTo == 6 }
      assert(next.collect { case noticed: News.Noticed => noticed.after }.head == 5)
    }
  }
}
