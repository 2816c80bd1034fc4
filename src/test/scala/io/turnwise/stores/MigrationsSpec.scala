package io.turnwise.stores

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class MigrationsSpec extends AnyWordSpec with Matchers {

  private def execute(access: PostgresAccess, sql: String): Unit = {
    val connection = TestStores.connect(access)
    try connection.createStatement().execute(sql)
    finally connection.close()
    ()
  }

  "A database" should {
    "be brought up to date once" in {
      val database = TestStores.emptyDatabase()
      Migrations.apply(database) should be >= 1
      Migrations.apply(database) shouldBe 0
      execute(database, "SELECT tx_id, slice FROM event_journal")
    }
    "be refused if it is newer than the program" in {
      val database = TestStores.freshDatabase()
      execute(
        database,
        "INSERT INTO flyway_schema_history VALUES (99, '999', 'from tomorrow', 'SQL', 'V999__from_tomorrow.sql', 1," +
          " 'turnwise', now(), 1, true)"
      )
      val message = (the[StoreFailure] thrownBy Migrations.apply(database)).getMessage
      message should include("newer than this program")
      message should include("999 (from tomorrow)")
    }
    "be named, without its password, when it cannot be reached" in {
      val nowhere = new PostgresAccess("jdbc:postgresql://127.0.0.1:1/turnwise?connectTimeout=2", "turnwise", "s3cret")
      val message = (the[StoreFailure] thrownBy Migrations.apply(nowhere)).getMessage
      message should include("127.0.0.1:1")
      message should not include "s3cret"
    }
  }

  "Fresh databases" should {
    "know nothing of each other" in {
      val one = TestStores.freshDatabase()
      val other = TestStores.freshDatabase()
      execute(one, "INSERT INTO alarm (persistence_id, version, wake_at) VALUES ('x', 1, 1)")
      val connection = TestStores.connect(other)
      try connection.createStatement().executeQuery("SELECT FROM alarm").next() shouldBe false
      finally connection.close()
    }
  }
}
