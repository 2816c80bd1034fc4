package io.turnwise.http

import java.io.{ByteArrayOutputStream, InputStream, IOException}
import java.net.Socket
import java.nio.charset.StandardCharsets.{ISO_8859_1, UTF_8}

import scala.util.Try

/** A connection over which bytes are sent as they are; characters above 255 are sent as UTF-8 never would. */
final class RawConnection(port: Int) extends AutoCloseable {

  import RawConnection.Answer

  private val socket = new Socket("127.0.0.1", port)
  socket.setSoTimeout(20_000)

  private def in: InputStream = socket.getInputStream

  def send(text: String): RawConnection = {
    socket.getOutputStream.write(text.getBytes(ISO_8859_1))
    socket.getOutputStream.flush()
    this
  }

  /** Whether it could be sent; not where the other side has closed. */
  def trySend(text: String): Boolean = Try(send(text)).isSuccess

  def sendNoMore(): RawConnection = {
    socket.shutdownOutput()
    this
  }

  /** One answer with its body, if it says how long that is; without one if it does not. */
  def answer(hasBody: Boolean = true): Answer = {
    val head = new ByteArrayOutputStream
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      val byte = in.read()
      if (byte < 0) throw new IOException(s"closed after ${head.toString(ISO_8859_1)}")
      head.write(byte)
    }
    val bodiless = RawConnection.parsed(head.toString(ISO_8859_1))
    val length = if (hasBody) bodiless.header("Content-Length").fold(0)(_.toInt) else 0
    bodiless.copy(text = new String(in.readNBytes(length), UTF_8))
  }

  /** One line of a body that is streamed. */
  def line(): String = Iterator.continually(in.read().toChar).takeWhile(_ != '\n').mkString

  /** All that comes until the other side closes, whether it does so in order or not. */
  def rest(): String = {
    val bytes = new ByteArrayOutputStream
    try in.transferTo(bytes)
    catch { case _: java.net.SocketException => () }
    bytes.toString(UTF_8)
  }

  override def close(): Unit = socket.close()
}

object RawConnection {

  final case class Answer(status: Int, headers: Map[String, String], text: String) {
    def header(name: String): Option[String] = headers.get(name.toLowerCase)
  }

  def parsed(text: String): Answer = {
    val end = text.indexOf("\r\n\r\n")
    assert(end > 0, s"no HTTP answer: $text")
    val lines = text.substring(0, end).split("\r\n").toSeq
    val headers = lines.tail.map(line => line.takeWhile(_ != ':').toLowerCase -> line.dropWhile(_ != ':').drop(1).trim)
    Answer(lines.head.split(' ')(1).toInt, headers.toMap, text.substring(end + 4))
  }
}
