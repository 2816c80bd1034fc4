package io.turnwise.cluster

import java.util.concurrent.ConcurrentLinkedQueue

import scala.jdk.CollectionConverters._

import ch.qos.logback.classic.{Level, Logger}
import ch.qos.logback.classic.spi.ILoggingEvent
import ch.qos.logback.core.AppenderBase
import org.slf4j.LoggerFactory

/** Notes what is logged in this JVM as an error, from when it is made until it is closed. */
final class LogWatch extends AutoCloseable {

  private val seen = new ConcurrentLinkedQueue[String]
  private val root = LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).asInstanceOf[Logger]

  private val appender = new AppenderBase[ILoggingEvent] {
    override def append(event: ILoggingEvent): Unit =
      if (event.getLevel.isGreaterOrEqual(Level.ERROR)) {
        seen.add(
          s"${event.getLoggerName}: ${event.getFormattedMessage} ${Option(event.getThrowableProxy).map(_.getMessage)}"
        )
        ()
      }
  }
  appender.setContext(root.getLoggerContext)
  appender.start()
  root.addAppender(appender)

  def errors: Seq[String] = seen.asScala.toSeq

  override def close(): Unit = {
    root.detachAppender(appender)
    appender.stop()
  }
}
