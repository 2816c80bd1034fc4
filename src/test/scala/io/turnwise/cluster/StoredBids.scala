package io.turnwise.cluster

import java.nio.file.{Files, Path}

import scala.collection.mutable.ListBuffer
import scala.jdk.CollectionConverters._

import io.turnwise.account.AccountNames
import io.turnwise.bidding.BiddingNames
import io.turnwise.journal.{EventCatalog, JournalReader, TurnSerializer}
import org.jdbi.v3.core.Jdbi

/** The bids of one session as the journal has them.
  *
  * @param sequences
  *   of each key in order; more than one would be a bid that was taken twice
  */
final class StoredBids private (sequences: Map[String, List[Long]]) {

  def of(bid: Bid): List[Long] = ofKey(bid.key)

  def ofKey(key: String): List[Long] = sequences.getOrElse(key, Nil)

  def count: Int = sequences.values.map(_.size).sum

  /** Each bidder's last price: in a key stands the bidder, and the price. */
  def standing: Map[String, Int] =
    sequences.toList
      .flatMap { case (key, places) => places.map(_ -> key) }
      .sorted
      .map { case (_, key) => key.take(key.lastIndexOf('-')) -> key.drop(key.lastIndexOf('-') + 1).toInt }
      .toMap
}

object StoredBids {

  /** The own Postgres of a running node. */
  def jdbi(folder: Path): Jdbi = {
    val port = Files.readAllLines(folder.resolve("postgres/postmaster.pid")).get(3).strip
    val password = Files.readString(folder.resolve("secrets/postgres-turnwise")).strip
    Jdbi.create(s"jdbc:postgresql://127.0.0.1:$port/turnwise", "turnwise", password)
  }

  /** Reads the journal of a running node by its own Postgres. */
  def read(folder: Path, session: String): StoredBids = {
    val jdbi = StoredBids.jdbi(folder)
    val persistenceId = jdbi.withHandle[String, RuntimeException](
      _.createQuery("SELECT DISTINCT persistence_id FROM event_journal WHERE persistence_id LIKE '%|default:' || :id")
        .bind("id", session)
        .mapTo(classOf[String])
        .one()
    )
    val found = ListBuffer.empty[(String, Long)]
    new JournalReader(jdbi, new TurnSerializer(EventCatalog.of(AccountNames.ALL, BiddingNames.ALL)))
      .rows(
        persistenceId,
        0,
        row => {
          val turn = row.turn
          turn.entries.asScala.foldLeft(turn.version - 1) { (before, entry) =>
            val version = before + entry.events.size
            Option(entry.remembered).foreach(remembered => found += remembered.key -> version)
            version
          }
          true
        }
      )
    new StoredBids(found.toList.groupMap(_._1)(_._2))
  }
}
