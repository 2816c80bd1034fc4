package io.turnwise.bidding

import java.io.{BufferedReader, InputStream, InputStreamReader}
import java.nio.charset.StandardCharsets.UTF_8
import java.util.concurrent.ConcurrentLinkedQueue

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.cluster.NodeFixture

/** What a reader of server-sent events has got so far. */
final class Feed(stream: InputStream) extends AutoCloseable {
  import Feed._

  private val received = new ConcurrentLinkedQueue[Received]
  private val reader = new Thread(() => read(), "feed-reader")
  reader.setDaemon(true)
  reader.start()

  def all: Seq[Received] = received.asScala.toSeq
  def messages: Seq[JsonNode] = all.flatMap(_.message)
  def types: Seq[String] = messages.map(_.path("type").asText)
  def heartbeats: Int = all.count(_.message.isEmpty)
  def boards: Seq[JsonNode] = messages.filter(_.path("type").asText == "leaderboard_update")

  private def read(): Unit =
    try {
      val lines = new BufferedReader(new InputStreamReader(stream, UTF_8))
      Iterator.continually(lines.readLine()).takeWhile(_ != null).foreach {
        case line if line.startsWith("data: ") =>
          received.add(Received(System.currentTimeMillis, Some(NodeFixture.json(line.drop(6)))))
        case line if line.startsWith(":") => received.add(Received(System.currentTimeMillis, None))
        case _                            =>
      }
    } catch { case _: java.io.IOException => () } // closed by us

  override def close(): Unit = stream.close()
}

object Feed {

  /** Absent: a heartbeat. */
  final case class Received(atMillis: Long, message: Option[JsonNode])
}
