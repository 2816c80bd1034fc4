package io.turnwise.projection.stream

import java.{util => ju}
import java.util.concurrent.TimeUnit

import scala.jdk.CollectionConverters._

import io.turnwise.journal.Json
import io.turnwise.turn.{Caller, Command, Mailboxes, Reply}
import org.scalatest.wordspec.AnyWordSpec

/** `docs/streams.md` walks through this. */
class WorkedExampleSpec extends AnyWordSpec with StreamsFixture {

  private val community = "cqrs:stream:community"
  private lazy val tasks: Mailboxes[Tasks] = engine.mailboxes(Tasks.Rules)

  override protected def names: ju.Map[String, Class[_]] =
    (Galaxies.Names.asScala ++ Tasks.Names.asScala).toMap.asJava

  override protected def publications: Seq[Publication] =
    Seq(Galaxies.Published, Tasks.Published, Publication.ofOutbox(community))

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    inDatabase(
      _.execute(
        "CREATE TABLE post (id text PRIMARY KEY, author text, words text);" +
          "CREATE TABLE author_view (author text PRIMARY KEY, posts bigint)"
      )
    )
    consumer(Galaxies.Group, "one", counting("galaxy"))
    consumer(Tasks.Group, "one", new Tasks.InRedis(redis), Tasks.Stream)
    consumer("community_projection_group", "one", posts, community)
    ()
  }

  /** Rows that no entity writes, and how many each author has. */
  private val posts: ReadModel.InPostgres = (handle, message) => {
    val author = body(message).path("author").asText
    handle.execute(
      "INSERT INTO author_view VALUES (?, 1) ON CONFLICT (author) DO UPDATE SET posts = author_view.posts + 1",
      author
    )
    ()
  }

  private def post(id: String, author: String): Unit = inDatabase { handle =>
    handle.execute("INSERT INTO post VALUES (?, ?, 'Hello')", id, author)
    Outbox.append(handle, community, "default", id, "community.post-created/1", ju.Map.of("author", author))
  }

  private def ask(task: String, command: Command[Tasks, Tasks]): Unit = {
    val reply = tasks.ask("default", task, Caller.of("u-ann"), command).get(20, TimeUnit.SECONDS)
    assert(reply.isInstanceOf[Reply.Accepted])
    ()
  }

  private def isDone(task: String): Boolean =
    Json.STORED.readTree(inRedis(_.get(s"task:view:$task"))).path("done").asBoolean

  private def figures: Map[String, String] = inRedis(_.hgetall("user:task:stats:u-ann").asScala.toMap)

  "Three domains" should {
    "each have a read model that follows them" in {
      discover("andromeda", Seq("Mirach", "Almach"))
      ask("t1", Tasks.Create("Sweep"))
      ask("t2", Tasks.Create("Cook"))
      ask("t1", Tasks.Finish(true))
      Seq("p1", "p2", "p3").foreach(post(_, "ann"))

      assertOnceAndInOrder("galaxy", "andromeda", Seq("Mirach", "Almach"))
      eventually(assert(figures == Map("total_tasks" -> "2", "done_tasks" -> "1")))
      assert(isDone("t1") && !isDone("t2"))
      assert(inRedis(_.zrange("user:tasks:u-ann", 0, -1)).asScala.toSet == Set("t1", "t2"))
      eventually(assert(number("SELECT posts FROM author_view WHERE author = 'ann'") == 3))
    }

    "have them again, and nothing counted twice, when Redis has lost everything" in {
      inRedis(_.flushdb())
      ask("t2", Tasks.Finish(true))
      discover("andromeda", Seq("Adhil"))
      eventually(assert(figures == Map("total_tasks" -> "2", "done_tasks" -> "2")))
      assert(isDone("t1") && isDone("t2"))
      assertOnceAndInOrder("galaxy", "andromeda", Seq("Mirach", "Almach", "Adhil"))
      assert(number("SELECT posts FROM author_view WHERE author = 'ann'") == 3)
    }
  }

  "What others read" should {
    "look as it always did" in {
      def golden(name: String) =
        new String(getClass.getResourceAsStream(s"/golden/$name.json").readAllBytes, "UTF-8").trim
      assert(Publication.json(Tasks.Created("Sweep", "u-ann")) == golden("task/created.1"))
      assert(Publication.json(Tasks.Completed("u-ann")) == golden("task/completed.1"))
      assert(Publication.json(Galaxies.StarDiscovered("Sirius", "u-ann")) == golden("galaxy/star-discovered.1"))
    }
  }
}
