package io.turnwise.bidding.redis

import java.util.concurrent.TimeUnit

import scala.jdk.CollectionConverters._

import com.typesafe.config.ConfigFactory
import io.lettuce.core.api.sync.RedisCommands
import io.lettuce.core.{RedisClient, RestoreArgs}
import io.turnwise.projection.Redis
import io.turnwise.stores.TestStores

/** A Redis of a spec's own: as the product sees it, and looked into from outside. */
final class Cache {

  private val uri = TestStores.freshRedis()
  private val client = RedisClient.create(uri)
  val commands: RedisCommands[String, String] = client.connect().sync()
  val redis = new Redis(uri, ConfigFactory.load())
  val boards = new RedisBoards(redis)

  /** All there is, by key: sorted sets in their order with their scores, hashes by field. */
  def content: Map[String, Any] = commands
    .keys("*")
    .asScala
    .map { key =>
      key -> (commands.`type`(key) match {
        case "zset" => commands.zrangeWithScores(key, 0, -1).asScala.map(each => each.getValue -> each.getScore).toList
        case "hash" => commands.hgetall(key).asScala.toMap
        case other  => other
      })
    }
    .toMap

  /** Bidders of a board, first to last. */
  def ranking(tenant: String, session: String): Seq[String] =
    commands.zrange(BoardKeys.of(tenant, session).board, 0, -1).asScala.toSeq.map(_.drop(33))

  def empty(): Unit = commands.flushdb(): Unit

  /** All keys as they are now, to be put back later as a replica would that was behind when it took over. */
  def dump(): Map[String, Array[Byte]] = commands.keys("*").asScala.map(key => key -> commands.dump(key)).toMap

  def restore(copy: Map[String, Array[Byte]]): Unit = {
    empty()
    copy.foreach { case (key, bytes) => commands.restore(key, bytes, new RestoreArgs().replace()) }
  }

  def close(): Unit = {
    redis.close()
    client.shutdown(0, 2, TimeUnit.SECONDS)
  }
}
