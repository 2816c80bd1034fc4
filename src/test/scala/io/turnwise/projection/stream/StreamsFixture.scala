package io.turnwise.projection.stream

import java.{util => ju}
import java.util.concurrent.TimeUnit

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.JsonNode
import io.lettuce.core.RedisClient
import io.lettuce.core.api.sync.RedisCommands
import io.turnwise.cluster.EngineFixture
import io.turnwise.journal.{EventCatalog, JournalReader, Json, TurnSerializer}
import io.turnwise.projection.Redis
import io.turnwise.stores.TestStores
import io.turnwise.turn.{Caller, Mailboxes, Reply}
import org.jdbi.v3.core.{Handle, HandleCallback}
import org.scalatest.Suite

/** Galaxies, a stream of their discoveries, and a read model of it that shows whatever came twice or out of order. */
trait StreamsFixture extends EngineFixture { this: Suite =>

  override implicit def patienceConfig: PatienceConfig =
    PatienceConfig(org.scalatest.time.Span(30, org.scalatest.time.Seconds), super.patienceConfig.interval)

  override protected def names: ju.Map[String, Class[_]] = Galaxies.Names

  protected def streamSettings: String = ""

  override protected def settings: String = s"""
    turnwise.projection { pace-in-postgres = 5ms, pace-elsewhere = 5ms }
    akka.projection.restart-backoff { min-backoff = 50ms, max-backoff = 200ms }
    turnwise.streams {
      published = ["${Galaxies.Stream}", "cqrs:stream:task", "cqrs:stream:community"]
      keep-interval = 50ms
      full-pause = 20ms
      outbox { poll = 20ms }
      consumer { block = 100ms, lease = 1s, first-pause = 5ms, away-pause = 50ms, letters-interval = 50ms }
    }
    $streamSettings
    """

  protected def publications: Seq[Publication] =
    Seq(Galaxies.Published, Publication.ofOutbox("cqrs:stream:task"), Publication.ofOutbox("cqrs:stream:community"))

  protected lazy val redisUri: String = TestStores.freshRedis()
  protected lazy val redis: Redis = new Redis(redisUri, engine.config)
  protected lazy val bounds: StreamSettings.ConsumerBounds = StreamSettings.of(engine.config).consumer
  protected lazy val galaxies: Mailboxes[Galaxies] = engine.mailboxes(Galaxies.Rules)
  protected lazy val letters = new StreamDeadLetters(engine.jdbi)
  protected lazy val host: StreamHost = newHost()
  private var consumers = List.empty[StreamConsumer]

  protected def newHost(): StreamHost = new StreamHost(
    engine.system,
    new JournalReader(engine.jdbi, new TurnSerializer(EventCatalog.of(names))),
    engine.jdbi,
    redis,
    engine.blocking,
    engine.outage
  )

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    inDatabase { handle =>
      handle.execute(
        "CREATE TABLE discovery (place bigserial, reader text, galaxy text, version bigint, star text);" +
          "CREATE TABLE galaxy_view (reader text, galaxy text, stars bigint, PRIMARY KEY (reader, galaxy))"
      )
    }
    engine.projections.start(host.views(publications.asJava).asScala.toSeq: _*)
    host.start(publications.asJava)
  }

  override protected def afterAll(): Unit =
    try consumers.foreach(_.close())
    finally
      try super.afterAll()
      finally redis.close()

  protected def inDatabase[A](use: Handle => A): A =
    engine.jdbi.inTransaction[A, RuntimeException]((handle => use(handle)): HandleCallback[A, RuntimeException])

  protected def number(sql: String, bound: Any*): Long = inDatabase { handle =>
    val query = handle.createQuery(sql)
    bound.zipWithIndex.foreach { case (value, place) => query.bind(place, value.toString) }
    query.mapTo(classOf[java.lang.Long]).one()
  }

  protected def inRedis[A](use: RedisCommands[String, String] => A): A = {
    val client = RedisClient.create(redisUri)
    try use(client.connect().sync())
    finally client.shutdown(0, 2, TimeUnit.SECONDS)
  }

  /** Counts what is not idempotent, and keeps the order in which it came. */
  protected def counting(reader: String, before: String => Unit = _ => ()): ReadModel.InPostgres =
    (handle, message) => {
      val star = body(message).path("star").asText
      before(star)
      handle.execute(
        "INSERT INTO galaxy_view VALUES (?, ?, 1) ON CONFLICT (reader, galaxy)" +
          " DO UPDATE SET stars = galaxy_view.stars + 1",
        reader,
        message.entity
      )
      handle.execute(
        "INSERT INTO discovery (reader, galaxy, version, star) VALUES (?, ?, ?, ?)",
        reader,
        message.entity,
        message.version,
        star
      )
      ()
    }

  protected def body(message: Published): JsonNode = Json.STORED.readTree(message.body)

  protected def consumer(
      group: String,
      name: String,
      model: ReadModel,
      stream: String = Galaxies.Stream
  ): StreamConsumer = {
    val made = new StreamConsumer(stream, group, name, model, redis, engine.jdbi, bounds)
    consumers ::= made
    assert(made.start())
    made
  }

  protected def discover(galaxy: String, stars: Seq[String]): Unit = {
    val answers = stars.map(star => galaxies.ask("default", galaxy, Caller.of("u-ann"), Galaxies.Discover(star)))
    answers.foreach(answer => assert(answer.get(20, TimeUnit.SECONDS).isInstanceOf[Reply.Accepted]))
  }

  /** What a reader has of a galaxy, in the order in which it came. */
  protected def seen(reader: String, galaxy: String): Seq[(Long, String)] = inDatabase {
    _.createQuery("SELECT version, star FROM discovery WHERE reader = :reader AND galaxy = :galaxy ORDER BY place")
      .bind("reader", reader)
      .bind("galaxy", s"galaxy|default:$galaxy")
      .map((row, _) => row.getLong(1) -> row.getString(2))
      .list()
      .asScala
      .toSeq
  }

  /** Every discovery is there once and in order, and counted once. */
  protected def assertOnceAndInOrder(reader: String, galaxy: String, stars: Seq[String]): Unit = {
    val expected = stars.zipWithIndex.map { case (star, place) => (place + 1L) -> star }
    eventually(assert(seen(reader, galaxy).size >= expected.size))
    assert(seen(reader, galaxy) == expected)
    val counted =
      number("SELECT stars FROM galaxy_view WHERE reader = ? AND galaxy = ?", reader, s"galaxy|default:$galaxy")
    assert(counted == stars.size)
    ()
  }
}
