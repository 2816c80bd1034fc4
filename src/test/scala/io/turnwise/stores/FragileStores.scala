package io.turnwise.stores

import java.nio.file.{Files, Path}
import java.time.Duration
import java.util.{List => JavaList, Optional}
import java.util.concurrent.TimeUnit

import io.lettuce.core.RedisClient
import io.lettuce.core.api.sync.RedisCommands

/** A Postgres and a Redis of a spec's own, as an operator runs them: they go and come back on the same ports, and
  * nobody but the spec starts them.
  *
  * @param path
  *   of the data folder
  */
final class FragileStores(path: Path) extends AutoCloseable {

  private val folder = DataFolder.open(path, Duration.ZERO)
  private val postgres = PostgresServer.start(folder, TestStores.programs)
  private val redis = RedisServer.start(folder)

  val access: PostgresAccess = postgres.access
  val redisUri: String = redis.uri

  def settings: StoreSettings =
    new StoreSettings(Optional.of(access), Optional.of(redisUri), Optional.of(TestStores.programs))

  /** @param signal
    *   QUIT is an immediate stop, KILL a crash
    */
  def stopPostgres(signal: String): Unit = postgresProcess.foreach(_.stop(JavaList.of(ask(signal))))

  def startPostgres(): Unit =
    try postgres.startAgain()
    catch { case _: StoreFailure => Waiting.pause(500); postgres.startAgain() } // what a killed one left still ended

  def isPostgresRunning: Boolean = postgres.isRunning

  /** What it holds is lost, but for a copy that was made before. */
  def stopRedis(): Unit = RedisServer.find(RedisServer.home(folder)).ifPresent(_.stop(JavaList.of(ask("KILL"))))

  def startRedis(): Unit = redis.startAgain()

  /** The copy that a start finds, as a replica that is behind by what comes from now on. */
  def copyRedis(): Unit = inRedis { commands => commands.save(); () }

  def withoutCopyOfRedis(): Unit = { Files.deleteIfExists(RedisServer.home(folder).resolve("dump.rdb")); () }

  def inRedis[A](use: RedisCommands[String, String] => A): A = {
    val client = RedisClient.create(redisUri)
    try use(client.connect().sync())
    finally client.shutdown(0, 2, TimeUnit.SECONDS)
  }

  private def postgresProcess: Option[ServerProcess] =
    Option(PostgresServer.find(PostgresServer.home(folder)).orElse(null))

  private def ask(signal: String) = new ServerProcess.Ask(signal, Duration.ofSeconds(10))

  override def close(): Unit =
    try {
      stopRedis()
      stopPostgres("QUIT")
    } finally folder.close()
}
