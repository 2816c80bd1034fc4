package io.turnwise.journal

import java.sql.{BatchUpdateException, SQLException, SQLTransientConnectionException}
import java.util.concurrent.{CompletionException, TimeoutException}

import scala.jdk.CollectionConverters._

import ch.qos.logback.classic.{Level, Logger}
import ch.qos.logback.classic.spi.ILoggingEvent
import ch.qos.logback.core.read.ListAppender
import org.scalatest.wordspec.AnyWordSpec
import org.slf4j.LoggerFactory

class OutageSpec extends AnyWordSpec {

  private val gone = new CompletionException(new SQLException("connection refused\nby nobody", "08001"))

  /** What is said of a store while `use` happens to it. */
  private def said(use: Outage => Unit): Seq[(Level, String)] = {
    val logger = LoggerFactory.getLogger(classOf[Outage]).asInstanceOf[Logger]
    val seen = new ListAppender[ILoggingEvent]
    val level = logger.getLevel
    seen.start()
    logger.setLevel(Level.INFO)
    logger.setAdditive(false)
    logger.addAppender(seen)
    try use(Outage.ofPostgres())
    finally {
      logger.detachAppender(seen)
      logger.setAdditive(true)
      logger.setLevel(level)
    }
    seen.list.asScala.toSeq.map(event => event.getLevel -> event.getFormattedMessage)
  }

  "A store that goes away" should {
    "be said once however many notice, in one line with the cause, and once when it is back" in {
      val lines = said { outage =>
        (1 to 100).foreach(_ => assert(outage.explains(gone)))
        outage.unanswered(gone)
        assert(outage.isAway)
        outage.answered()
        outage.answered()
        assert(!outage.isAway)
      }
      assert(lines.map(_._1) == Seq(Level.WARN, Level.INFO))
      assert(lines.head._2.contains("SQLException: connection refused") && !lines.head._2.contains("nobody"))
      assert(lines.last._2.startsWith("Postgres is back after"))
    }

    "not be said again by calls that began before it was back, but when it goes again" in {
      val lines = said { outage =>
        outage.unanswered(gone)
        outage.answered()
        assert(outage.explains(gone) && !outage.isAway)
        outage.unanswered(gone)
        assert(outage.isAway)
      }
      assert(lines.map(_._1) == Seq(Level.WARN, Level.INFO, Level.WARN))
    }
  }

  "A failure" should {
    "be a sign of it when it is one of the connection, the server's end, space or time" in {
      val signs = Seq("08006", "57P01", "57P03", "53100", "53300", "58030").map(new SQLException("", _)) ++
        Seq(new SQLTransientConnectionException(""), new SQLException("Connection is closed"), new TimeoutException)
      signs.foreach(sign => assert(Outage.isPostgresAway(new RuntimeException(sign)), sign))
    }

    "be none when Postgres has answered, or had no part in it" in {
      val others = Seq("23505", "42P01", "40001", "57014").map(new SQLException("", _)) ++
        Seq(new IllegalStateException("does not fit"), new BatchUpdateException("", "22001", Array.empty[Int]))
      others.foreach(other => assert(!Outage.isPostgresAway(new RuntimeException(other)), other))
      assert(said(outage => others.foreach(outage.explains)).isEmpty)
    }
  }
}
