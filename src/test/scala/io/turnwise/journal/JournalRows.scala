package io.turnwise.journal

import java.{util => ju}
import java.sql.Connection

import scala.jdk.CollectionConverters._

import io.turnwise.turn.{Definition, Event, Tally, Turn}

/** Writes rows as akka-persistence-jdbc does, but in transactions that the spec holds. */
object JournalRows {

  lazy val serializer = new TurnSerializer(EventCatalog.of(Tally.Names))

  def turn(version: Long, events: Event[_]*): Turn = {
    val entry = new Turn.Entry("ann", 1_790_000_000_000L, events.asJava, null, null, null)
    new Turn(version, 1_790_000_000_000L, Definition.NEVER, "default", ju.List.of(entry))
  }

  def insert(connection: Connection, persistenceId: String, sequenceNumber: Long): Unit =
    insert(
      connection,
      persistenceId,
      sequenceNumber,
      serializer.toBinary(turn(sequenceNumber, Tally.Added(sequenceNumber)))
    )

  def insert(connection: Connection, persistenceId: String, sequenceNumber: Long, payload: Array[Byte]): Unit = {
    val statement = connection.prepareStatement(
      "INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp, adapter_manifest," +
        " event_ser_id, event_ser_manifest, event_payload) VALUES (?, ?, 'spec', 1790000000000, '', 7310, 'turn/1', ?)"
    )
    try {
      statement.setString(1, persistenceId)
      statement.setLong(2, sequenceNumber)
      statement.setBytes(3, payload)
      statement.executeUpdate()
      ()
    } finally statement.close()
  }
}
