package io.turnwise.bidding

import java.net.URI
import java.net.http.{HttpClient, HttpRequest, HttpResponse}
import java.nio.file.Files
import java.time.Duration
import java.util.concurrent.Semaphore
import java.util.concurrent.atomic.{AtomicInteger, AtomicLong}

import scala.concurrent.duration._
import scala.jdk.CollectionConverters._

import io.turnwise.Drill
import io.turnwise.cluster.{Api, NodeProcess, StoredBids}
import io.turnwise.http.Role
import io.turnwise.stores.TempFolders
import org.scalatest.wordspec.AnyWordSpec

class BigSessionSpec extends AnyWordSpec with TempFolders {

  private val bidders = 100_000
  private val inventory = 1_000

  private def name(number: Int) = f"member-$number%06d"

  /** All different, and in no order. */
  private def price(number: Int) = 1_000 + (number * 7919L) % 1_000_003

  "A session of a hundred thousand bidders on a node of 512 MB" should {
    "take them all, survive a crash, and settle" taggedAs Drill in {
      val folder = newPath()
      val gcLog = Files.createTempFile("turnwise-gc", ".log")
      val options = List("-XX:+ExitOnOutOfMemoryError", s"-Xlog:gc:file=$gcLog:uptime")
      var node = NodeProcess.java(folder, options = options).awaitReady()
      try {
        val organiser = Some(Api.token("organiser", Role.ADMIN))
        val created = new Api(node.port).post(
          "/api/admin/sessions",
          s"""{"title":"big","upset_price":1,"inventory":$inventory,"alpha":1,"beta":0,"gamma":0,"duration_seconds":3600}""",
          organiser
        )
        assert(created.status == 201, created)
        val session = created.json.get("session_id").asText
        val (bidSeconds, slowest) = bidAll(node.port, session)
        val mostHeap = heap(gcLog)

        node.killGroup("KILL")
        node.awaitExit(10.seconds)
        val startedAt = System.nanoTime
        node = NodeProcess.java(folder, options = options).awaitReady()
        val readyMillis = millisSince(startedAt)
        val askedAt = System.nanoTime
        val strong = s"/api/leaderboard/$session?page_size=100&consistency=strong"
        val first = eventually200(node, strong)
        val recoveredMillis = millisSince(askedAt)
        assert(first.path("total_bidders").asInt(first.path("total_count").asInt) == bidders, first.toString.take(300))
        val expected = (1 to bidders).sortBy(number => -price(number)).map(name)
        val weak = s"/api/leaderboard/$session?page_size=100"
        val fillAt = System.nanoTime
        assert(NodeProcess.await(60.seconds)(users(eventually200(node, weak)) == expected.take(100)))
        val redisMillis = millisSince(fillAt)

        val api = new Api(node.port)
        val closedAt = System.nanoTime
        val closed = api.post(s"/api/admin/sessions/$session/close", "", organiser)
        val closedMillis = millisSince(closedAt)
        assert(closed.status == 200, closed)
        val orders = (0 until inventory by 100).flatMap { after =>
          val page = api.get(s"/api/admin/sessions/$session/orders?after=$after&limit=100", organiser)
          assert(page.status == 200 && page.json.get("is_consistent").asBoolean, page)
          page.json.get("orders").asScala.map(_.path("user_id").asText)
        }
        assert(orders == expected.take(inventory))
        val stored = StoredBids.read(folder, session)
        assert((1 to bidders).forall(number => stored.ofKey(name(number)).size == 1))
        assert(node.isAlive)
        Drill.record(
          "big-session",
          Seq(
            f"$bidders%,d bidders in one session, each with a key, over HTTP with 128 in flight; node with -Xmx512m",
            f"bids ${bidders / bidSeconds}%.0f/s, slowest answer $slowest ms, most heap $mostHeap MB after a collection",
            s"killed and started again: ready after $readyMillis ms, recovered and read after $recoveredMillis ms more," +
              s" board in Redis filled after $redisMillis ms more",
            s"settled with inventory $inventory in $closedMillis ms; lost 0, twice 0; snapshots ${snapshots(folder)}"
          )
        )
      } finally {
        if (node.isAlive) { node.kill("TERM"); node.awaitExit(60.seconds) }
        Files.deleteIfExists(gcLog)
      }
    }
  }

  private def millisSince(nanos: Long): Long = (System.nanoTime - nanos) / 1_000_000

  private def users(board: com.fasterxml.jackson.databind.JsonNode): Seq[String] =
    board.path("leaderboard").asScala.map(_.path("user_id").asText).toSeq

  private def eventually200(node: NodeProcess, path: String) = {
    val api = new Api(node.port)
    var answer = api.get(path)
    NodeProcess.await(60.seconds) { answer = api.get(path); answer.status == 200 }
    assert(answer.status == 200, answer)
    answer.json
  }

  private def snapshots(folder: java.nio.file.Path): String =
    StoredBids
      .jdbi(folder)
      .withHandle[String, RuntimeException](
        _.createQuery("SELECT count(*) || ', the largest ' || max(length(snapshot_payload)) || ' bytes' FROM snapshot")
          .mapTo(classOf[String])
          .one()
      )

  /** The most that was in use after a collection, in MB. */
  private def heap(gcLog: java.nio.file.Path): Int =
    "->(\\d+)M".r.findAllMatchIn(Files.readString(gcLog)).map(_.group(1).toInt).maxOption.getOrElse(0)

  /** Seconds for all, and the slowest answer in milliseconds. */
  private def bidAll(port: Int, session: String): (Double, Long) = {
    val client = HttpClient.newBuilder.version(HttpClient.Version.HTTP_1_1).build
    val inFlight = new Semaphore(128)
    val refused = new AtomicInteger
    val slowest = new AtomicLong
    val started = System.nanoTime
    (1 to bidders).foreach { number =>
      inFlight.acquire()
      val sent = System.nanoTime
      val request = HttpRequest
        .newBuilder(URI.create(s"http://127.0.0.1:$port/api/bid"))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", s"Bearer ${Api.token(name(number), Role.MEMBER)}")
        .header("Idempotency-Key", name(number))
        .POST(HttpRequest.BodyPublishers.ofString(s"""{"session_id":"$session","price":${price(number)}}"""))
        .build
      client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete { (answer, failure) =>
        slowest.accumulateAndGet(millisSince(sent), (one, other) => one.max(other))
        if (failure != null || answer.statusCode != 200) {
          if (refused.incrementAndGet() < 5) println(s"$failure ${Option(answer).map(_.body)}")
        }
        inFlight.release()
      }
    }
    inFlight.acquire(128)
    assert(refused.get == 0)
    ((System.nanoTime - started) / 1e9, slowest.get)
  }
}
