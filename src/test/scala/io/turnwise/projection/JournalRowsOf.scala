package io.turnwise.projection

import java.{util => ju}

import scala.jdk.CollectionConverters._

import io.turnwise.cluster.Engine
import io.turnwise.journal.{EventCatalog, JournalOffset, JournalReader, JournalRow, Slices, TurnSerializer}

/** The journal as projections get it, all at once. */
object JournalRowsOf {

  def apply(engine: Engine, names: ju.Map[String, Class[_]]): Seq[JournalRow] = {
    val reader = new JournalReader(engine.jdbi, new TurnSerializer(EventCatalog.of(names)))
    reader.page(new Slices.Range(0, Slices.COUNT - 1), JournalOffset.START, Int.MaxValue).rows.asScala.toSeq
  }
}
