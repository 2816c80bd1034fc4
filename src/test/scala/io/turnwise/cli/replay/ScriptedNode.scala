package io.turnwise.cli.replay

import java.net.{InetAddress, InetSocketAddress, URI}
import java.nio.charset.StandardCharsets.UTF_8
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicInteger

import scala.jdk.CollectionConverters._

import com.sun.net.httpserver.{HttpExchange, HttpServer}

/** Something that listens like a node and answers as a spec wants it to. */
final class ScriptedNode(answer: (ScriptedNode.Call, Int) => ScriptedNode.Answer) extends AutoCloseable {
  import ScriptedNode._

  private val received = new ConcurrentLinkedQueue[Call]
  private val count = new AtomicInteger
  private val server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress, 0), 0)
  server.createContext("/", respond(_))
  server.start()

  def uri: URI = URI.create(s"http://${server.getAddress.getHostString}:${server.getAddress.getPort}")

  def calls: Seq[Call] = received.asScala.toSeq

  private def respond(exchange: HttpExchange): Unit = {
    val body = new String(exchange.getRequestBody.readAllBytes(), UTF_8)
    val token = Option(exchange.getRequestHeaders.getFirst("Authorization")).map(_.stripPrefix("Bearer "))
    val key = Option(exchange.getRequestHeaders.getFirst("Idempotency-Key"))
    val call = Call(exchange.getRequestMethod, exchange.getRequestURI.getPath, key, body, token)
    received.add(call)
    answer(call, count.incrementAndGet()) match {
      case HangUp                      => exchange.close()
      case Json(status, body, headers) =>
        headers.foreach { case (name, value) => exchange.getResponseHeaders.add(name, value) }
        val bytes = body.getBytes
        exchange.sendResponseHeaders(status, bytes.length.toLong)
        exchange.getResponseBody.write(bytes)
        exchange.close()
    }
  }

  override def close(): Unit = server.stop(0)
}

object ScriptedNode {
  final case class Call(method: String, path: String, key: Option[String], body: String, token: Option[String])

  sealed trait Answer
  case object HangUp extends Answer
  final case class Json(status: Int, body: String, headers: Map[String, String] = Map.empty) extends Answer
}
