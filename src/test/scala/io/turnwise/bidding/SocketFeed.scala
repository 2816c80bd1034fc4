package io.turnwise.bidding

import java.net.URI
import java.net.http.{HttpClient, WebSocket}
import java.nio.ByteBuffer
import java.util.concurrent.{CompletableFuture, CompletionStage, ConcurrentLinkedQueue, TimeUnit}

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.cluster.{ApiContract, NodeFixture}

/** A WebSocket as a browser has one, and what has come over it so far. */
final class SocketFeed(client: HttpClient, uri: URI, token: String) extends Feed.Received {

  private val received = new ConcurrentLinkedQueue[String]
  private val ended = new CompletableFuture[(Int, String)]

  private object Listener extends WebSocket.Listener {
    private val text = new StringBuilder

    override def onText(socket: WebSocket, data: CharSequence, last: Boolean): CompletionStage[_] = {
      text.append(data)
      if (last) {
        received.add(text.toString)
        if (text.startsWith("{")) ApiContract.noteMessage("SocketMessage", text.toString)
        text.clear()
      }
      socket.request(1)
      null
    }
    override def onClose(socket: WebSocket, code: Int, reason: String): CompletionStage[_] = {
      ended.complete(code -> reason)
      null
    }
    override def onError(socket: WebSocket, failure: Throwable): Unit = {
      ended.complete(1006 -> failure.toString)
      ()
    }
  }

  private val socket: WebSocket = {
    val builder = client.newWebSocketBuilder()
    if (token.nonEmpty) builder.header("Authorization", s"Bearer $token")
    builder.buildAsync(uri, Listener).get(10, TimeUnit.SECONDS)
  }

  def texts: Seq[String] = received.asScala.toSeq
  override def messages: Seq[JsonNode] = texts.filter(_.startsWith("{")).map(NodeFixture.json)
  def answers: Seq[JsonNode] = messages.filter(_.has("status"))

  /** Whoever has had a message has had all events up to its sequence. */
  override def lastId: Option[Long] = messages.filter(_.has("sequence")).lastOption.map(_.path("sequence").asLong)

  override def isOver: Boolean = ended.isDone
  def closed: (Int, String) = ended.get(15, TimeUnit.SECONDS)

  def send(text: String): Unit = {
    socket.sendText(text, true).get(10, TimeUnit.SECONDS)
    ()
  }
  def sendBinary(bytes: Array[Byte]): Unit = {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).get(10, TimeUnit.SECONDS)
    ()
  }

  override def close(): Unit = socket.abort()
}
