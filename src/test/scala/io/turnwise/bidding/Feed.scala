package io.turnwise.bidding

import java.io.{BufferedReader, InputStream, InputStreamReader}
import java.nio.charset.StandardCharsets.UTF_8
import java.util.concurrent.ConcurrentLinkedQueue

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.cluster.{ApiContract, NodeFixture}

/** What a reader of server-sent events has got so far. */
final class Feed(stream: InputStream, schema: String = "FeedMessage") extends Feed.Received {
  import Feed._

  private val received = new ConcurrentLinkedQueue[Line]
  @volatile private var id: Option[Long] = None
  @volatile private var over = false
  private val reader = new Thread(() => read(), "feed-reader")
  reader.setDaemon(true)
  reader.start()

  def all: Seq[Line] = received.asScala.toSeq
  override def messages: Seq[JsonNode] = all.flatMap(_.message)
  def heartbeats: Int = all.count(_.message.isEmpty)

  /** What a browser sends when it comes again. */
  override def lastId: Option[Long] = id

  override def isOver: Boolean = over

  private def read(): Unit =
    try {
      val lines = new BufferedReader(new InputStreamReader(stream, UTF_8))
      var pending: Option[Long] = None
      Iterator.continually(lines.readLine()).takeWhile(_ != null).foreach {
        case line if line.startsWith("id: ")   => pending = Some(line.drop(4).toLong)
        case line if line.startsWith("data: ") =>
          received.add(Line(System.currentTimeMillis, Some(NodeFixture.json(line.drop(6)))))
          ApiContract.noteMessage(schema, line.drop(6))
        case line if line.startsWith(":") => received.add(Line(System.currentTimeMillis, None))
        case _                            => id = pending.orElse(id)
      }
    } catch { case _: java.io.IOException => () } // closed by us
    finally over = true

  override def close(): Unit = stream.close()
}

object Feed {

  /** What came over a stream of either kind. */
  trait Received extends AutoCloseable {
    def messages: Seq[JsonNode]
    def lastId: Option[Long]
    def isOver: Boolean

    def types: Seq[String] = messages.map(_.path("type").asText)
    def boards: Seq[JsonNode] = messages.filter(_.path("type").asText == "leaderboard_update")
    def events: Seq[JsonNode] = messages.filter(_.has("id"))
    def ids: Seq[Long] = events.map(_.path("id").asLong)
  }

  /** Absent: a heartbeat. */
  final case class Line(atMillis: Long, message: Option[JsonNode])
}
