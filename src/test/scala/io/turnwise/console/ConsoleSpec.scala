package io.turnwise.console

import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.{Files, Path}

import scala.jdk.CollectionConverters._
import scala.util.Using

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class ConsoleSpec extends AnyWordSpec with Matchers {

  private lazy val folder = Path.of(getClass.getResource("/console/index.html").toURI).getParent
  private lazy val files = Using.resource(Files.list(folder))(_.iterator.asScala.map(_.getFileName.toString).toSet)
  private lazy val served = Console.endpoints().asScala.map(_.path.stripPrefix("/")).toSet
  private lazy val page = text("index.html")

  private def text(file: String): String = Files.readString(folder.resolve(file), UTF_8)

  private def all(pattern: String, text: String): Seq[String] = pattern.r.findAllMatchIn(text).map(_.group(1)).toSeq

  "The console" should {
    "serve every file that belongs to it, and the page at /" in {
      served shouldBe files - "index.html" + ""
    }
    "find there whatever its page names" in {
      val named = all("""(?:href|src)="([^"#]+)"""", page).toSet - "docs"
      named.size should be > 10
      (named -- files) shouldBe empty
    }
    "find there whatever its scripts import, by the name under which it is exported" in {
      val scripts = files.filter(_.endsWith(".js"))
      for (script <- scripts) {
        val source = text(script)
        val named = all("""(?:from|import\()\s*'\./([^']+)'""", source).toSet
        withClue(script)((named -- scripts) shouldBe empty)
        for (found <- """import \{([^}]+)} from '\./([^']+)'""".r.findAllMatchIn(source)) {
          val exported = all("""export (?:async )?(?:function|const|let|class) (\w+)""", text(found.group(2))).toSet
          val imported = found.group(1).split(",").map(_.trim.takeWhile(_ != ' ')).filter(_.nonEmpty).toSet
          withClue(s"$script of ${found.group(2)}")((imported -- exported) shouldBe empty)
        }
      }
    }
    "hold no script and no style that its own policy would refuse" in {
      all("""<script(?![^>]*\ssrc=)([^>]*)>""", page) shouldBe empty
      all("""(<style|\sstyle=|\son\w+=)""", page) shouldBe empty
      for (script <- files.filter(_.endsWith(".js"))) withClue(script) {
        all(
          """(innerHTML|outerHTML|insertAdjacentHTML|\beval\(|new Function|setAttribute\('style')""",
          text(script)
        ) shouldBe
          empty
      }
    }
    "load nothing from elsewhere" in {
      for (file <- files)
        withClue(file)(
          all("""["'(](https?://[^"')]+)""", text(file)).filterNot(_ == "http://www.w3.org/2000/svg") shouldBe empty
        )
    }
  }
}
