package io.turnwise.cluster

import java.{util => ju}
import java.time.{Duration, InstantSource}
import java.util.concurrent.TimeUnit

import akka.cluster.MemberStatus
import akka.cluster.typed.Cluster
import com.typesafe.config.ConfigFactory
import io.turnwise.journal.EventCatalog
import io.turnwise.stores.{PostgresAccess, TestStores}
import org.scalatest.{BeforeAndAfterAll, Suite}
import org.scalatest.concurrent.Eventually
import org.scalatest.time.{Millis, Seconds, Span}

/** An engine on a database of its own, with every message serialised as if it went to another node. */
trait EngineFixture extends BeforeAndAfterAll with Eventually { this: Suite =>

  override implicit def patienceConfig: PatienceConfig = PatienceConfig(Span(10, Seconds), Span(20, Millis))

  protected def names: ju.Map[String, Class[_]]

  protected def settings: String = ""

  protected def clock: InstantSource = InstantSource.system

  protected lazy val database: PostgresAccess = TestStores.freshDatabase()

  protected var engine: Engine = _

  protected def startEngine(): Engine = {
    val overrides = ConfigFactory
      .parseString(settings)
      .withFallback(ConfigFactory.parseString("""
        akka.actor.serialize-messages = on
        akka.cluster.sharding.number-of-shards = 16
        akka.loglevel = WARNING
        """))
    val started = Engine.start(database, EventCatalog.of(names), EngineFixture.Secret, clock, overrides)
    eventually(assert(Cluster.get(started.system).selfMember.status == MemberStatus.up))
    started
  }

  protected def stopEngine(stopped: Engine): Unit = {
    stopped.system.terminate()
    stopped.system.getWhenTerminated.toCompletableFuture.get(20, TimeUnit.SECONDS)
    stopped.close()
  }

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    engine = startEngine()
  }

  override protected def afterAll(): Unit =
    try stopEngine(engine)
    finally super.afterAll()

  protected def soon: Duration = Duration.ofSeconds(10)
}

object EngineFixture {
  val Secret = "a-secret-of-the-specs"
}
