package io.turnwise.stores

import scala.jdk.CollectionConverters._

import io.lettuce.core.{RedisClient, ScanIterator}
import org.jdbi.v3.core.Handle

/** Looks through whole stores for a text, without knowing what is in them. */
object Traces {

  /** Every column of every table in which the text stands: text as it is, bytes as UTF-8, anything else as psql shows
    * it.
    */
  def inPostgres(handle: Handle, text: String): Seq[String] = {
    val columns = handle
      .createQuery(
        "SELECT c.table_schema, c.table_name, c.column_name, c.data_type FROM information_schema.columns c" +
          " JOIN information_schema.tables t USING (table_schema, table_name)" +
          " WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')"
      )
      .map((row, _) => (s"${row.getString(1)}.${row.getString(2)}", row.getString(3), row.getString(4)))
      .list()
      .asScala
      .toSeq
    assert(columns.exists(_._3 == "bytea") && columns.exists(_._3 == "text"), columns)
    columns.collect {
      case (table, column, kind) if holds(handle, table, column, kind, text) => s"$table.$column"
    }
  }

  private def holds(handle: Handle, table: String, column: String, kind: String, text: String): Boolean = {
    val shown = if (kind == "bytea") s"encode($column, 'escape')" else s"$column::text"
    handle
      .createQuery(s"SELECT count(*) FROM $table WHERE strpos($shown, :text) > 0")
      .bind("text", text)
      .mapTo(classOf[java.lang.Long])
      .one() > 0
  }

  /** Every key that has the text in it or in what it holds. */
  def inRedis(uri: String, text: String): Seq[String] = {
    val client = RedisClient.create(uri)
    try {
      val commands = client.connect().sync()
      ScanIterator
        .scan(commands)
        .asScala
        .filter(key => key.contains(text) || new String(commands.dump(key), "ISO-8859-1").contains(text))
        .toSeq
    } finally client.shutdown(0, 2, java.util.concurrent.TimeUnit.SECONDS)
  }
}
