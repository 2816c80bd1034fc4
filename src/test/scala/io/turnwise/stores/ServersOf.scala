package io.turnwise.stores

import java.nio.file.Path
import java.util.{List => JavaList}

import scala.jdk.OptionConverters._

/** The servers of a data folder whose process is gone, or is not to know. */
object ServersOf {

  def postgres(folder: Path): Option[Long] = PostgresServer.find(folder.resolve("postgres")).toScala.map(_.pid)

  def redis(folder: Path): Option[Long] = RedisServer.find(folder.resolve("redis")).toScala.map(_.pid)

  def stop(folder: Path): Unit = {
    PostgresServer.find(folder.resolve("postgres")).ifPresent(_.stop(JavaList.of()))
    RedisServer.find(folder.resolve("redis")).ifPresent(_.stop(JavaList.of()))
  }
}
