package io.turnwise.cluster

import java.io.{BufferedInputStream, InputStream}
import java.net.{InetSocketAddress, Socket}
import java.nio.charset.StandardCharsets.{ISO_8859_1, UTF_8}

import com.fasterxml.jackson.databind.JsonNode

/** Bids in bulk as a client sends them: it may read answers while it still sends.
  *
  * @param buffers
  *   of the socket in bytes; 0 leaves them to the system
  */
final class BulkStream(port: Int, token: String, headers: String = "", buffers: Int = 0) extends AutoCloseable {

  private val socket = new Socket()
  if (buffers > 0) {
    socket.setReceiveBufferSize(buffers)
    socket.setSendBufferSize(buffers)
  }
  socket.connect(new InetSocketAddress("127.0.0.1", port))
  socket.setSoTimeout(60_000)
  private val out = socket.getOutputStream
  raw(
    s"POST /api/bids HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer $token\r\n" +
      s"Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n$headers\r\n"
  )
  private lazy val in = new BufferedInputStream(socket.getInputStream, 0x10000)

  /** Status line and headers. */
  lazy val head: Seq[String] = readHead()

  /** That of the answer, where the first only gave leave to send. */
  lazy val secondHead: Seq[String] = readHead()

  private def readHead(): Seq[String] = Iterator.continually(rawLine(in)).takeWhile(_.nonEmpty).toSeq

  private lazy val lines: Iterator[String] = {
    val _ = head
    val text = new Dechunked(in)
    Iterator.continually(text.line()).takeWhile(_ != null)
  }

  def raw(text: String): Unit = {
    out.write(text.getBytes(ISO_8859_1))
    out.flush()
  }

  /** Sends text as one chunk. */
  def send(text: String): this.type = {
    val bytes = text.getBytes(UTF_8)
    out.write(s"${bytes.length.toHexString}\r\n".getBytes(ISO_8859_1) ++ bytes ++ "\r\n".getBytes(ISO_8859_1))
    out.flush()
    this
  }

  def finish(): this.type = {
    raw("0\r\n\r\n")
    this
  }

  def shutdownOutput(): this.type = {
    socket.shutdownOutput()
    this
  }

  /** The next answer as it was sent. */
  def next(): String = lines.next()

  def nextJson(): JsonNode = NodeFixture.json(next())

  /** All answers until the server ends them. */
  def rest(): Seq[JsonNode] = lines.map(NodeFixture.json).toSeq

  /** The same where they are many. */
  def answers: Iterator[String] = lines

  /** Ends the connection without another word. */
  def reset(): Unit = {
    socket.setSoLinger(true, 0)
    socket.close()
  }

  override def close(): Unit = socket.close()

  private def rawLine(from: InputStream): String = {
    val line = new StringBuilder
    var next = from.read()
    while (next != '\n' && next >= 0) {
      if (next != '\r') line.append(next.toChar)
      next = from.read()
    }
    line.toString
  }

  /** The text inside the chunks; ends with the last of them, or where the connection does. */
  private final class Dechunked(from: InputStream) {
    private var chunk = Array.emptyByteArray
    private var at = 0
    private var ended = false

    def line(): String = {
      val bytes = new java.io.ByteArrayOutputStream
      while (true) {
        if (at == chunk.length && !nextChunk()) return if (bytes.size == 0) null else bytes.toString(UTF_8)
        val newline = chunk.indexOf('\n'.toByte, at)
        val end = if (newline < 0) chunk.length else newline
        bytes.write(chunk, at, end - at)
        at = math.min(chunk.length, end + 1)
        if (newline >= 0) return bytes.toString(UTF_8)
      }
      null
    }

    private def nextChunk(): Boolean = {
      val size = if (ended) "" else rawLine(from)
      ended = size.isEmpty || size == "0"
      if (!ended) {
        chunk = from.readNBytes(Integer.parseInt(size, 16))
        at = 0
        rawLine(from)
      }
      !ended
    }
  }
}
