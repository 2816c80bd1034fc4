package io.turnwise.stores

import java.nio.file.{Files, Path}
import java.sql.DriverManager
import java.util.{List => JavaList}

import scala.jdk.OptionConverters._

/** The servers of a data folder whose process is gone, or is not to know. */
object ServersOf {

  def postgres(folder: Path): Option[Long] = PostgresServer.find(folder.resolve("postgres")).toScala.map(_.pid)

  def redis(folder: Path): Option[Long] = RedisServer.find(folder.resolve("redis")).toScala.map(_.pid)

  /** Makes Postgres begin another file of its write-ahead log. */
  def switchLog(folder: Path): Unit = {
    val port = Files.readAllLines(folder.resolve("postgres/postmaster.pid")).get(3).strip
    val password = Files.readString(folder.resolve("secrets/postgres-administrator")).strip
    val url = s"jdbc:postgresql://127.0.0.1:$port/postgres?connectTimeout=5&socketTimeout=10"
    val connection = DriverManager.getConnection(url, "postgres", password)
    try {
      // a file in which nothing stands is not switched
      connection.createStatement().execute("SELECT pg_logical_emit_message(false, 'spec', 'x')")
      connection.createStatement().execute("SELECT pg_switch_wal()")
    } finally connection.close()
    ()
  }

  def stop(folder: Path): Unit = {
    PostgresServer.find(folder.resolve("postgres")).ifPresent(_.stop(JavaList.of()))
    RedisServer.find(folder.resolve("redis")).ifPresent(_.stop(JavaList.of()))
  }
}
