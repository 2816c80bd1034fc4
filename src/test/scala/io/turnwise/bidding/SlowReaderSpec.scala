package io.turnwise.bidding

import java.io.{ByteArrayOutputStream, DataInputStream}
import java.net.{InetSocketAddress, Socket}
import java.nio.charset.StandardCharsets.{ISO_8859_1, UTF_8}

import scala.collection.mutable

import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.cluster.NodeFixture
import org.scalatest.wordspec.AnyWordSpec

/** Buffers of the network are small and states come fast, so that a reader who does not read is soon known as one. */
class SlowReaderSpec extends AnyWordSpec with BiddingOverHttp {

  override protected def settings: String = """
    akka.http.server.socket-options.so-send-buffer-size = 8k
    turnwise.turn.feed-interval = 5ms
    turnwise.http { heartbeat = 10s, feed { interval-min = 5ms, private-notices = 5 } }
    """

  /** A WebSocket whose client reads only when he is told to. */
  private final class Lazybones(session: String, token: String) {
    private val socket = new Socket()
    socket.setReceiveBufferSize(4096)
    socket.setSoTimeout(20_000)
    socket.connect(new InetSocketAddress("127.0.0.1", port))
    socket.getOutputStream.write(
      (s"GET /ws/$session HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        s"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
        s"Authorization: Bearer $token\r\n\r\n").getBytes(ISO_8859_1)
    )
    private val in = new DataInputStream(socket.getInputStream)
    private val head = new ByteArrayOutputStream
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) head.write(in.readByte().toInt)
    assert(head.toString(ISO_8859_1).startsWith("HTTP/1.1 101"))

    val messages = mutable.ArrayBuffer.empty[JsonNode]
    var closeCode: Option[Int] = None

    /** The next frame, or false when there is none any more. */
    def read(): Unit = {
      val opcode = in.readByte() & 0x0f
      val length = in.readByte().toInt match {
        case 126 => in.readUnsignedShort()
        case few => few
      }
      val payload = new Array[Byte](length)
      in.readFully(payload)
      if (opcode == 1) messages += NodeFixture.json(new String(payload, UTF_8))
      if (opcode == 8) closeCode = Some((payload(0) & 0xff) << 8 | payload(1) & 0xff)
    }

    def close(): Unit = socket.close()
  }

  private def bids(session: String, tokens: Seq[String], rounds: Int): Long = {
    (1 to rounds).foreach { round =>
      tokens
        .map(token =>
          sendAsync("POST", "/api/bid", Some(s"""{"session_id":"$session","price":${10 + round}}"""), token)
        )
        .foreach(_.join.status shouldBe 200)
    }
    get(s"/api/leaderboard/$session?consistency=strong")("version").asLong
  }

  "A reader who does not read" should {
    "find the newest state when he does, not all that were before" in {
      val id = newSession()
      val (slow, quick) = (new Lazybones(id, token("u-slow")), socket(id))
      try {
        val bidders = (1 to 10).map(n => token(s"b$n", name = Some("灯" * 100))) // so that buffers hold few states
        var version = 0L
        eventually {
          version = bids(id, bidders, rounds = 10)
          quick.boards.size should be > 100
        }
        eventually(quick.boards.last.path("sequence").asLong shouldBe version)
        while (!slow.messages.lastOption.exists(_.path("sequence").asLong == version)) slow.read()
        val sequences = slow.messages.map(_.path("sequence").asLong).toSeq
        sequences shouldBe sequences.distinct.sorted
        withClue(s"${quick.boards.size} states, of which he got ")(sequences.size should be < quick.boards.size / 2)
      } finally {
        slow.close()
        quick.close()
      }
    }

    "be sent away when events for him are no longer at hand, and get them when he comes again" in {
      val id = newSession()
      val slow = new Lazybones(id, ann)
      try {
        bids(id, ann +: (1 to 9).map(n => token(s"b$n")), rounds = 150)
        while (slow.closeCode.isEmpty) slow.read()
        slow.closeCode shouldBe Some(1013)
        val seen = slow.messages.filter(_.has("id")).map(_.path("id").asLong).toSeq
        val again = socket(id, ann, Some(slow.messages.last.path("sequence").asLong))
        try eventually(seen ++ again.ids shouldBe noticed(id, "u-ann", since = 2))
        finally again.close()
      } finally slow.close()
    }
  }
}
