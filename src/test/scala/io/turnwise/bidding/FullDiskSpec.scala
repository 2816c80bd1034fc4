package io.turnwise.bidding

import java.nio.file.{Files, Path}

import scala.jdk.CollectionConverters._
import scala.util.Try

import io.turnwise.Drill
import io.turnwise.cluster.{Api, NodeProcess, StoredBids}
import io.turnwise.stores.{ServersOf, TempFolders}
import org.scalatest.time.{Seconds, Span}
import org.scalatest.wordspec.AnyWordSpec

class FullDiskSpec extends AnyWordSpec with SteadyBids {

  private def execute(sql: String): Unit = { query(_.execute(sql)); () }

  "A journal that takes no row for want of space" should {
    "cost answers of 503 until there is space again, and nothing else" in {
      val session = busySession()
      val load = steadily(Seq(session), 10, 20)
      eventually(assert(load.acknowledged.size > 20))
      execute("""
        CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
        END $$""")
      execute("CREATE TRIGGER full_disk BEFORE INSERT ON event_journal FOR EACH ROW EXECUTE FUNCTION no_space()")
      try {
        eventually(assert(load.count(503) > 10))
        eventually(assert(get("/health/ready").status == 503))
        assert(get(s"/api/leaderboard/$session").status == 200)
      } finally execute("DROP TRIGGER full_disk ON event_journal")
      val before = load.acknowledged.size
      eventually(assert(load.acknowledged.size > before + 50))
      eventually(assert(get("/health/ready").status == 200))
      load.end()
      assert(load.failures.isEmpty)
      assert(load.answers.asScala.map(_.answer.status).toSet == Set(200, 503))
      assert(load.answers.asScala.filter(_.answer.status == 503).forall(_.answer.header("Retry-After").nonEmpty))
      assertNothingLost(session, load.of(session))
    }
  }

  "A disk that is really full, to the last byte" should {
    "stop bids, whatever Postgres makes of it, until there is space again" taggedAs Drill in {
      val parent = Files.createTempDirectory("turnwise-full-disk")
      run("mount", "-t", "tmpfs", "-o", "size=512m", "tmpfs", parent.toString)
      try {
        val node = NodeProcess.java(parent.resolve("data")).awaitReady()
        try fillAndEmpty(node, parent)
        finally {
          node.kill("TERM")
          node.awaitExit(scala.concurrent.duration.DurationInt(60).seconds)
        }
      } finally {
        ServersOf.stop(parent.resolve("data"))
        run("umount", parent.toString)
        TempFolders.delete(parent)
      }
    }
  }

  private def run(command: String*): Unit =
    assert(new ProcessBuilder(command: _*).inheritIO().start().waitFor() == 0, command.mkString(" "))

  /** Rows that find no space fail one by one; a log that finds none makes Postgres panic. Says whether it did. */
  private def useUpLog(node: NodeProcess): Boolean = {
    val switches = Iterator.continually(Try(ServersOf.switchLog(node.folder)).isSuccess)
    switches.take(100).exists(!_)
  }

  private def fillAndEmpty(node: NodeProcess, disk: Path): Unit = {
    val api = new Api(node.port)
    val session = api.newSession()
    var number = 0
    var accepted = Map.empty[Int, Boolean]
    def bid(): Int = {
      number += 1
      val status = api.bid(session, "ada", number).status
      accepted += number -> (status == 200)
      status
    }
    (1 to 200).foreach(_ => assert(bid() == 200))
    val ballast = disk.resolve("ballast")
    // to the last byte: the shell ends with an error when no more fits
    new ProcessBuilder("sh", "-c", s"cat /dev/zero > $ballast").start().waitFor()
    eventually(timeout(Span(60, Seconds)))(assert(bid() == 503))
    val postmaster = ServersOf.postgres(node.folder)
    val panicked = useUpLog(node)
    val fullNanos = System.nanoTime
    def isFullLongEnough = System.nanoTime - fullNanos > 8_000_000_000L
    eventually(timeout(Span(60, Seconds)), interval(Span(1, Seconds))) { bid(); assert(isFullLongEnough) }
    assert(node.isAlive)
    assert(panicked)
    val ready = NodeProcess.status(node.port, "/health/ready")
    Files.delete(ballast)
    val spaceNanos = System.nanoTime
    eventually(timeout(Span(90, Seconds)))(assert(bid() == 200))
    val recoveredMillis = (System.nanoTime - spaceNanos) / 1_000_000
    eventually(timeout(Span(30, Seconds)))(
      assert(NodeProcess.status(node.port, "/health/ready").contains(200))
    )
    val stored = StoredBids.read(node.folder, session)
    accepted.filter(_._2).keys.foreach { each =>
      assert(stored.ofKey(s"ada-$each").size == 1, s"bid $each was acknowledged")
    }
    assert((1 to number).forall(each => stored.ofKey(s"ada-$each").size <= 1))
    val said = node.out.linesIterator.filter(_.matches(".*(WARN|ERROR|back after|runs again).*")).toSeq
    Drill.record(
      "disk-full",
      Seq(
        "A node with Postgres, Redis and all on a tmpfs of 512 MB, filled to the last byte for 8 s and emptied again",
        s"Postgres panicked for want of space for its log: $panicked; started again by the node: " +
          s"${ServersOf.postgres(node.folder) != postmaster}",
        s"bids sent $number, acknowledged ${accepted.count(_._2)}, lost 0, twice 0; ready meanwhile: $ready",
        s"first bid accepted $recoveredMillis ms after there was space again; the node's log meanwhile:"
      ) ++ said.map("  " + _)
    )
  }
}
