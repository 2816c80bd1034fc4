package io.turnwise.stores

import scala.jdk.CollectionConverters._

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class StoreSettingsSpec extends AnyWordSpec with Matchers {

  private def from(environment: (String, String)*) = StoreSettings.from(environment.toMap.asJava)

  private def refused(environment: (String, String)*) = (the[StoreFailure] thrownBy from(environment: _*)).getMessage

  "An environment without stores" should {
    "mean two servers of our own" in {
      from() shouldBe StoreSettings.embedded()
      from("TURNWISE_POSTGRES_URL" -> " ", "TURNWISE_REDIS_URL" -> "") shouldBe StoreSettings.embedded()
    }
  }

  "A Postgres URL" should {
    "be given the timeouts it lacks and keep those it has" in {
      val bare = from("TURNWISE_POSTGRES_URL" -> "jdbc:postgresql://db:5432/turnwise").postgres.get
      bare.url shouldBe "jdbc:postgresql://db:5432/turnwise" +
        "?connectTimeout=2&socketTimeout=10&tcpKeepAlive=true&reWriteBatchedInserts=true&logServerErrorDetail=false"
      bare.user shouldBe "turnwise"

      val own =
        from("TURNWISE_POSTGRES_URL" -> "jdbc:postgresql://a,b/tw?socketTimeout=30&sslmode=require").postgres.get
      own.url shouldBe "jdbc:postgresql://a,b/tw?socketTimeout=30&sslmode=require" +
        "&connectTimeout=2&tcpKeepAlive=true&reWriteBatchedInserts=true&logServerErrorDetail=false"
    }
    "be refused with the shape of a right one, without showing what may hold a password" in {
      for (
        url <- List(
          "postgres://u:s3cret@db/turnwise",
          "jdbc:postgresql://u:s3cret@db/turnwise",
          "jdbc:postgresql://db",
          "s3cret"
        )
      ) {
        val message = refused("TURNWISE_POSTGRES_URL" -> url)
        message should include("jdbc:postgresql://db.example.org:5432/turnwise")
        message should not include "s3cret"
      }
      val inside = refused("TURNWISE_POSTGRES_URL" -> "jdbc:postgresql://db/turnwise?user=u&password=s3cret")
      inside should include("TURNWISE_POSTGRES_PASSWORD")
      inside should not include "s3cret"
    }
    "not be forgotten by who sets a user or a password" in {
      refused("TURNWISE_POSTGRES_USER" -> "u") should include("TURNWISE_POSTGRES_URL is not")
      refused("TURNWISE_POSTGRES_PASSWORD" -> "s3cret") should not include "s3cret"
    }
  }

  "A Redis URL" should {
    "be taken as it is" in {
      for (url <- List("redis://cache:6379/0", "rediss://:pw@cache", "redis://user:pw@127.0.0.1:1/3"))
        from("TURNWISE_REDIS_URL" -> url).redisUri.get shouldBe url
    }
    "be refused with the shape of a right one, without showing what may hold a password" in {
      for (url <- List("http://:s3cret@cache", "redis://:s3 cret@cache", "cache:6379", "redis:///0")) {
        val message = refused("TURNWISE_REDIS_URL" -> url)
        message should include("redis://cache.example.org:6379/0")
        message should not include "cret@cache\""
        message should not include "s3"
      }
    }
  }

  "Settings" should {
    "show no password" in {
      val settings = from(
        "TURNWISE_POSTGRES_URL" -> "jdbc:postgresql://db/turnwise",
        "TURNWISE_POSTGRES_PASSWORD" -> "s3cret",
        "TURNWISE_REDIS_URL" -> "redis://:s3cret@cache:6379/0"
      )
      settings.toString should include("redis://cache:6379/0")
      settings.toString should not include "s3cret"
      settings.postgres.get.toString should not include "s3cret"
    }
  }
}
