package io.turnwise.http.feed

import java.nio.charset.StandardCharsets.UTF_8
import java.time.{Instant, InstantSource}
import java.util.List
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.SECONDS
import java.util.function.Predicate

import akka.actor.testkit.typed.scaladsl.ActorTestKit
import akka.actor.typed.ActorRef
import com.typesafe.config.ConfigFactory
import io.turnwise.http.Viewer
import io.turnwise.journal.Replay
import io.turnwise.turn.{Message, News, Notice}
import org.scalatest.BeforeAndAfterAll
import org.scalatest.concurrent.Eventually
import org.scalatest.matchers.should.Matchers
import org.scalatest.time.{Millis, Seconds, Span}
import org.scalatest.wordspec.AnyWordSpec

/** The news that an entity was erased is lost between two nodes. */
class EarlierLifeSpec extends AnyWordSpec with Matchers with Eventually with BeforeAndAfterAll {

  override implicit def patienceConfig: PatienceConfig = PatienceConfig(Span(10, Seconds), Span(20, Millis))

  private lazy val kit = ActorTestKit("earlier-life", ConfigFactory.load())
  private lazy val gate = kit.createTestProbe[Message]()
  private lazy val entity = new Entity
  private lazy val feeds =
    new Feeds(kit.system, "lives", entity, entity, InstantSource.system, (task: Runnable) => task.run())

  override protected def afterAll(): Unit =
    try kit.shutdownTestKit()
    finally super.afterAll()

  private final class Entity extends FeedSource with FeedEncoder {
    val watchers = new LinkedBlockingQueue[ActorRef[News]]
    val questions = new LinkedBlockingQueue[Message.Missed]

    def nextWatcher(): ActorRef[News] = Option(watchers.poll(10, SECONDS)).get
    def nextQuestion(): Message.Missed = Option(questions.poll(10, SECONDS)).get

    override def watch(id: String, watcher: ActorRef[News], anew: Boolean): Unit = watchers.put(watcher)
    override def missed(id: String, missed: Message.Missed): Unit = questions.put(missed)
    override def read(id: String, since: Long, upTo: Long, wanted: Predicate[Notice], most: Int): Replay.Noticed =
      fail("nothing is to be read")
    override def state(state: News.State, viewer: Viewer, at: Instant): Array[Byte] =
      s"s${state.version}".getBytes(UTF_8)
    override def notice(id: String, notice: Notice, viewer: Viewer): Array[Byte] = s"n${notice.id}".getBytes(UTF_8)
    override def erased(id: String, sequence: Long, at: Instant): Array[Byte] = s"erased $sequence".getBytes(UTF_8)
  }

  private def join(id: String, since: Long): Reader =
    feeds.join(new Feeds.Joining(id, Viewer.MEMBER, null, since), Form.EVENT_STREAM, () => ())

  private def got(reader: Reader): String = {
    reader.heard()
    reader.take().utf8String
  }

  private def notices(ids: Long*): List[Notice] =
    List.of(ids.map(new Notice(_, null, "it")): _*)

  /** Has been told all up to version 50. */
  private def old(id: String): (Reader, ActorRef[News]) = {
    val reader = join(id, Reader.FROM_NOW)
    val watcher = entity.nextWatcher()
    watcher ! new News.Watched(id, 49, gate.ref)
    watcher ! new News.Noticed(id, 49, 50, notices(50))
    eventually(got(reader) should include("n50"))
    (reader, watcher)
  }

  "A reader of an entity that was erased" should {
    "hear it once, and no more of the life before, where the entity turns out to be younger" in {
      val (reader, watcher) = old("t:watched")
      watcher ! new News.State("t:watched", 50, "it")
      watcher ! new News.Watched("t:watched", 2, gate.ref)
      eventually {
        got(reader) shouldBe "id: 0\ndata: erased 50\n\n"
        reader.over should not be null
      }
      got(reader) shouldBe ""
    }
  }

  "Who joins a feed that still has the life before" should {
    "be sent away, and find the next life when he comes again" in {
      val id = "t:asked"
      val (reader, watcher) = old(id)
      val late = join(id, 0)
      watcher ! new News.Found(id, entity.nextQuestion().number, 0, 2, notices(1, 2), true)
      Seq(reader, late).foreach(each => eventually(got(each) should include("erased 50")))
      val again = join(id, 0)
      entity.nextWatcher() ! new News.Watched(id, 2, gate.ref)
      watcher ! new News.Found(id, entity.nextQuestion().number, 0, 2, notices(1, 2), true)
      eventually(got(again) should include("n1"))
    }
  }
}
