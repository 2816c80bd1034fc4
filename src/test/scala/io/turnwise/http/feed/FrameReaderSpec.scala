package io.turnwise.http.feed

import org.scalacheck.{Gen, Prop, Test}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class FrameReaderSpec extends AnyWordSpec with Matchers {

  /** A frame as a client writes it. */
  private def frame(opcode: Int, payload: Array[Byte], last: Boolean = true, mask: Int = 0x01020304): Array[Byte] = {
    val length =
      if (payload.length < 126) Array((0x80 | payload.length).toByte)
      else Array((0x80 | 126).toByte, (payload.length >> 8).toByte, payload.length.toByte)
    val key = Array(mask >> 24, mask >> 16, mask >> 8, mask).map(_.toByte)
    Array(((if (last) 0x80 else 0) | opcode).toByte) ++ length ++ key ++
      payload.zipWithIndex.map { case (byte, i) => (byte ^ key(i & 3)).toByte }
  }

  /** The head of a frame that says it is as long as a number can be. */
  private def endless(opcode: Int): Array[Byte] =
    Array((0x80 | opcode).toByte, 0xff.toByte, 0x7f.toByte) ++ Array.fill(7)(0xff.toByte) ++ Array[Byte](1, 2, 3, 4)

  private def text(words: String): Array[Byte] = frame(Frames.TEXT, words.getBytes("UTF-8"))

  private def read(reader: FrameReader): Seq[String] =
    Iterator.continually(reader.next()).takeWhile(_ != null).map(_.payload.utf8String).toSeq

  private def fault(bytes: Array[Byte]*): Int = {
    val reader = new FrameReader(4096)
    intercept[FrameReader.Fault](bytes.foreach { each =>
      reader.add(each)
      read(reader)
    }).code
  }

  "Messages" should {
    "be read however the network cuts them" in {
      val messages = Gen.listOf(Gen.chooseNum(0, 400).flatMap(Gen.listOfN(_, Gen.alphaNumChar).map(_.mkString)))
      val cuts = Gen.chooseNum(1, 50)
      val property = Prop.forAll(messages, cuts) { (sent, cut) =>
        val reader = new FrameReader(4096)
        val received = sent.flatMap(text(_).toSeq).grouped(cut).flatMap { part =>
          reader.add(part.toArray)
          read(reader)
        }
        received.toSeq == sent
      }
      Test.check(Test.Parameters.default, property).passed shouldBe true
    }

    "be put together of their parts, with a ping between them" in {
      val reader = new FrameReader(4096)
      reader.add(frame(Frames.TEXT, "ab".getBytes, last = false))
      reader.add(frame(Frames.PING, "?".getBytes))
      reader.add(frame(Frames.CONTINUATION, "cd".getBytes, last = false))
      reader.add(frame(Frames.CONTINUATION, "ef".getBytes))
      read(reader) shouldBe Seq("?", "abcdef")
    }
  }

  "What is no message here" should {
    "be a message whose part says it is longer than a number can be" in {
      fault(frame(Frames.TEXT, Array('a'.toByte), last = false), endless(Frames.CONTINUATION)) shouldBe Frames.TOO_BIG
      fault(endless(Frames.TEXT)) shouldBe Frames.TOO_BIG
    }

    "close the socket with the code that says why" in {
      fault(frame(Frames.BINARY, Array(1))) shouldBe 1003
      fault(text("a" * 4097)) shouldBe 1009
      fault(
        frame(Frames.TEXT, ("a" * 4000).getBytes, last = false),
        frame(Frames.CONTINUATION, ("a" * 97).getBytes)
      ) shouldBe 1009
      fault(Array(0x81.toByte, 0xff.toByte, 0x7f, -1, -1, -1, -1, -1, -1, -1)) shouldBe 1009
      fault(Array(0x81.toByte, 0xff.toByte, -1, -1, -1, -1, -1, -1, -1, -1)) shouldBe 1009
      fault(frame(Frames.TEXT, Array(0xc3.toByte, 0x28))) shouldBe 1007
      fault(Array(0x81.toByte, 0x01, 'a')) shouldBe 1002
      fault(frame(0x40 | Frames.TEXT, Array())) shouldBe 1002
      fault(frame(3, Array())) shouldBe 1002
      fault(frame(Frames.CONTINUATION, Array())) shouldBe 1002
      fault(frame(Frames.TEXT, Array(), last = false), text("b")) shouldBe 1002
      fault(frame(Frames.PING, Array(), last = false)) shouldBe 1002
      fault(frame(Frames.PING, new Array[Byte](126))) shouldBe 1002
    }
  }
}
