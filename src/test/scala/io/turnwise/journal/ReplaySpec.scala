package io.turnwise.journal

import io.turnwise.stores.TestStores
import io.turnwise.turn.{Tally, TurnSettings}
import com.typesafe.config.ConfigFactory
import org.jdbi.v3.core.Jdbi
import org.scalatest.wordspec.AnyWordSpec

class ReplaySpec extends AnyWordSpec {

  private lazy val database = TestStores.freshDatabase()
  private lazy val replay = new Replay(
    new JournalReader(Jdbi.create(database.url, database.user, database.password), JournalRows.serializer),
    TurnSettings.of(ConfigFactory.load())
  )

  private def write(id: String, numbers: Iterable[Long]): Unit = {
    val connection = TestStores.connect(database)
    try {
      connection.setAutoCommit(false)
      numbers.foreach(JournalRows.insert(connection, s"tally|default:$id", _))
      connection.commit()
    } finally connection.close()
  }

  private def fold(id: String) = replay.fold[Tally](Tally.Rules, s"default:$id", true)

  "A fold" should {
    "hold what all rows together make, however many" in {
      write("many", 1L to 450L)
      assert(fold("many").version == 450)
      assert(fold("many").state.total == (1L to 450L).sum)
    }

    "be empty for an entity to which nothing has happened" in {
      assert(fold("nobody").version == 0)
      assert(fold("nobody").state == Tally.Empty)
    }

    "not see another entity whose name begins with the same letters" in {
      write("one", 1L to 2L)
      write("one-more", 1L to 3L)
      assert(fold("one").version == 2)
    }
  }

  "A journal from which a row is missing" should {
    "not be folded, and say where" in {
      write("gap", Seq(1L, 2L, 4L))
      val thrown = intercept[IllegalStateException](fold("gap"))
      assert(thrown.getMessage.contains("after version 2") && thrown.getMessage.contains("begins at 4"))
    }
  }
}
