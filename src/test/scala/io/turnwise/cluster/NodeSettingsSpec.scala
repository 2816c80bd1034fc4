package io.turnwise.cluster

import scala.jdk.CollectionConverters._

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

  "An environment that says nothing" should {
    "mean this machine, port 8080 and the folder data" in {
      val settings = from()
      assert(settings.httpHost == "127.0.0.1")
      assert(settings.httpPort == 8080)
      assert(settings.dataFolder.toString == "data")
    }
  }
}
