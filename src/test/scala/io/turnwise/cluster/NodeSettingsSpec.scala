package io.turnwise.cluster

import scala.jdk.CollectionConverters._

import com.typesafe.config.ConfigFactory
import io.turnwise.turn.TurnSettings
import org.scalatest.wordspec.AnyWordSpec

class NodeSettingsSpec extends AnyWordSpec {

  private def from(variables: (String, String)*): NodeSettings = NodeSettings.from(variables.toMap.asJava)

  "The demo" should {
    "run of itself only where the store is embedded and new" in {
      assert(from().wantsDemo(true))
      assert(!from().wantsDemo(false))
      val external = from("TURNWISE_POSTGRES_URL" -> "jdbc:postgresql://db:5432/turnwise")
      assert(!external.wantsDemo(true))
    }
    "run or not as it is set" in {
      assert(from("TURNWISE_DEMO" -> "on").wantsDemo(false))
      assert(!from("TURNWISE_DEMO" -> "off").wantsDemo(true))
      assertThrows[IllegalArgumentException](from("TURNWISE_DEMO" -> "yes"))
    }
  }

  "Snapshots" should {
    "be due and be kept as it is set" in {
      val set = from("TURNWISE_SNAPSHOT_THRESHOLD" -> "250", "TURNWISE_RETAIN_SNAPSHOTS" -> "3").overrides
      val all = set.withFallback(ConfigFactory.load())
      assert(TurnSettings.of(all).snapshotEvents == 250)
      assert(all.getInt("turnwise.turn.snapshots-kept") == 3)
    }
    "be due every hundred events, and the newest five be kept, where nothing is set" in {
      assert(from().overrides.isEmpty)
      assert(TurnSettings.of(ConfigFactory.load()).snapshotEvents == 100)
      assert(ConfigFactory.load().getInt("turnwise.turn.snapshots-kept") == 5)
    }
    "be refused where it is set to what cannot be" in {
      for (name <- Seq("TURNWISE_SNAPSHOT_THRESHOLD", "TURNWISE_RETAIN_SNAPSHOTS"); value <- Seq("0", "-1", "x", "1e9"))
        assert(intercept[IllegalArgumentException](from(name -> value)).getMessage.contains(name))
    }
  }

  "An environment that says nothing" should {
    "mean this machine, port 8080 and the folder data" in {
      val settings = from()
      assert(settings.httpHost == "127.0.0.1")
      assert(settings.httpPort == 8080)
      assert(settings.dataFolder.toString == "data")
    }
  }
}
