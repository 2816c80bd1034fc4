package io.turnwise.bidding

import io.turnwise.cluster.NodeProcess
import org.scalatest.wordspec.AnyWordSpec
import _root_.redis.embedded.RedisServer

class FeedWithoutRedisSpec extends AnyWordSpec with BiddingOverHttp {

  private lazy val redisPort = NodeProcess.freePort()
  private lazy val redis = RedisServer.newRedisServer().port(redisPort).setting("bind 127.0.0.1").build()

  override protected lazy val redisUri: String = s"redis://127.0.0.1:$redisPort/0"

  override protected def beforeAll(): Unit = {
    redis.start()
    super.beforeAll()
  }

  "Feeds" should {
    "go on when Redis is gone, for those who read and for those who come" in {
      val id = newSession("inventory" -> "1")
      val (before, socketBefore) = (feed(id, ann), socket(id, ann))
      try {
        eventually(before.boards should not be empty)
        redis.stop()
        accepted(id, "12", ann)
        accepted(id, "13", bob)
        val after = socket(id, ann, Some(0))
        try
          Seq(before, socketBefore, after).foreach { reader =>
            eventually(reader.types should contain allOf ("bid_accepted", "outbid"))
            eventually(reader.boards.last.path("data").path("total_count").asInt shouldBe 2)
          }
        finally after.close()
      } finally {
        before.close()
        socketBefore.close()
      }
    }
  }
}
