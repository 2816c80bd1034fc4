package io.turnwise.cluster

import java.io.ByteArrayOutputStream
import java.net.{InetAddress, ServerSocket, Socket, SocketException}
import java.nio.charset.StandardCharsets.US_ASCII
import java.nio.file.{Files, Path}
import java.time.{Duration => JavaDuration}

import scala.concurrent.{Await, Future, blocking}
import scala.concurrent.ExecutionContext.Implicits.global
import scala.concurrent.duration._

import io.turnwise.stores.{DataFolder, Stores, TempFolders, TestStores}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

/** How a real node's process ends, and that the next one on the same folder goes on where it was. */
class NodeStopSpec extends AnyWordSpec with Matchers with TempFolders {

  private val bidders = (1 to 20).map(number => s"bidder$number")
  private val soon = 15.seconds

  /** The folder of all cases, and the node that the case before left running in it. */
  private lazy val folder = newPath()
  private var left: Option[NodeProcess] = None

  private def runningNode(): NodeProcess = left.filter(_.isAlive).getOrElse(startNode())

  private def startNode(): NodeProcess = {
    val began = System.nanoTime
    val node = NodeProcess.java(folder).awaitReady()
    info(s"ready after ${millisSince(began)} ms")
    left = Some(node)
    node
  }

  private def stopRunning(): Unit = left.filter(_.isAlive).foreach { node =>
    node.kill("TERM")
    node.awaitExit(soon) shouldBe 143
  }

  private def millisSince(began: Long): Long = (System.nanoTime - began) / 1000000

  override protected def afterAll(): Unit =
    try left.filter(_.isAlive).foreach { node => node.kill("TERM"); node.awaitExit(30.seconds) }
    finally super.afterAll()

  private def postgresPid(of: Path): Long =
    Files.readAllLines(of.resolve("postgres/postmaster.pid")).get(0).strip.toLong

  private def redisPid(of: Path): Long = Files.readString(of.resolve("redis/redis.pid")).strip.toLong

  private def nothingLeftBehind(): Unit = {
    withClue("processes of the folder: ")(NodeProcess.processesOf(folder) shouldBe Nil)
    Files.readString(folder.resolve("turnwise.lock")) shouldBe ""
  }

  private def quiet(node: NodeProcess): Unit = {
    node.err shouldBe ""
    node.out should not include regex("WARN |ERROR |Exception|\tat ")
  }

  /** Everything that was answered 200 is stored once and at the place it was told; all else once or not at all. */
  private def holds(stored: StoredBids, bids: List[Bid]): Unit = bids.foreach { bid =>
    withClue(s"$bid stored at ${stored.of(bid)}: ") {
      bid.answer match {
        case Some(answer) if answer.status == 200 => stored.of(bid) shouldBe List(answer.json.get("sequence").asLong)
        case _                                    => stored.of(bid).size should be <= 1
      }
    }
  }

  /** The entity that a new node recovers stands where the journal does. */
  private def sameBoard(node: NodeProcess, session: String, stored: StoredBids): Unit = {
    val board = new Api(node.port).get(s"/api/leaderboard/$session?consistency=strong&page_size=100").json
    val shown = new scala.collection.mutable.HashMap[String, Int]
    board.get("leaderboard").forEach(row => shown.update(row.get("user_id").asText, row.get("price").asInt))
    shown.toMap shouldBe stored.standing
  }

  /** A bid sent again with its key is answered as it was, or would have been, and has no second effect. */
  private def repeatable(node: NodeProcess, session: String, bids: List[Bid]): Unit = {
    val api = new Api(node.port)
    val before = StoredBids.read(folder, session)
    val unanswered = bids.filterNot(_.answer.exists(_.status == 200))
    val lastAnswered =
      bids.filter(_.answer.exists(_.status == 200)).groupBy(_.bidder).values.map(_.maxBy(_.number)).toList
    val repeats = (unanswered ++ lastAnswered).map { bid =>
      val first = api.bid(session, bid.bidder, bid.number)
      val second = api.bid(session, bid.bidder, bid.number)
      withClue(s"$bid: ") {
        first.status shouldBe 200
        first.replayed shouldBe before.of(bid).nonEmpty
        second shouldBe first.copy(replayed = true)
        bid.answer.filter(_.status == 200).foreach(original => first.body shouldBe original.body)
      }
      bid.copy(answer = Some(first))
    }
    val after = StoredBids.read(folder, session)
    holds(after, repeats)
    val late = unanswered.count(before.of(_).isEmpty)
    after.count shouldBe before.count + late
    info(s"${unanswered.size} without a good answer, of them ${unanswered.size - late} stored, each once")
  }

  private def underLoad(node: NodeProcess)(end: => Unit): (String, List[Bid]) = {
    val session = new Api(node.port).newSession() // a node that says it is ready takes it at once
    val load = new Bidders(node.port, session, bidders)
    val loaded = NodeProcess.await(soon)(load.acceptedCount >= 1000)
    withClue(node.output)(loaded shouldBe true)
    end
    (session, load.ended())
  }

  /** A connection on which this was asked for, and which is kept; what it brings until the node ends it. */
  private def keepOpen(node: NodeProcess, path: String): Future[String] = {
    val socket = new Socket(InetAddress.getLoopbackAddress, node.port)
    socket.setSoTimeout(30000)
    socket.getOutputStream.write(s"GET $path HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII))
    val in = socket.getInputStream
    val read = new ByteArrayOutputStream
    read.write(in.readNBytes(12))
    read.toString(US_ASCII) shouldBe "HTTP/1.1 200"
    Future(blocking {
      try in.transferTo(read)
      catch { case reset: SocketException => read.write(s" $reset".getBytes(US_ASCII)) }
      finally socket.close()
      read.toString(US_ASCII)
    })
  }

  "SIGINT to the whole process group under load" should {
    "write the turns in flight, answer them, and stop everything; the next start has every bid" in {
      val node = runningNode()
      val postgres = postgresPid(folder)
      val redis = redisPid(folder)
      var took = 0L
      var stream, idle = Future.successful("")
      val (session, bids) = underLoad(node) {
        val session = new Api(node.port).get("/api/sessions").json.findValue("session_id").asText
        stream = keepOpen(node, s"/api/sessions/$session/events")
        idle = keepOpen(node, "/health/live")
        val began = System.nanoTime
        node.killGroup("INT")
        node.awaitExit(soon) shouldBe 130
        took = millisSince(began)
      }
      info(s"stopped after $took ms, ${bids.size} bids sent")
      withClue("the last chunk: ")(Await.result(stream, soon) should include("\r\n0\r\n\r\n"))
      Await.result(idle, soon) should startWith("HTTP/1.1 200")
      took should be < 8000L
      nothingLeftBehind()
      List(postgres, redis).map(NodeProcess.isRunning) shouldBe List(false, false)
      quiet(node)
      node.out should include("Stopped.")
      Files.readString(folder.resolve("redis/redis.log")) should include("ready to exit")
      bids.flatMap(_.answer).map(_.status).toSet.diff(Set(200, 503)) shouldBe empty

      val next = startNode()
      quiet(next)
      val stored = StoredBids.read(folder, session)
      holds(stored, bids)
      sameBoard(next, session, stored)
      repeatable(next, session, bids)
    }
  }

  "kill -9 under load" should {
    "lose no bid that was answered 200, and leave any other once or not at all" in {
      val node = runningNode()
      val (session, bids) = underLoad(node) {
        node.kill("KILL")
        node.awaitExit(soon) shouldBe 137
      }
      bids.flatMap(_.answer).map(_.status).toSet shouldBe Set(200)
      val orphans = List(postgresPid(folder), redisPid(folder))
      orphans.map(NodeProcess.isRunning) shouldBe List(true, true)

      val next = startNode()
      orphans.map(NodeProcess.isRunning) shouldBe List(false, false)
      next.out should include("the program that started it ended without stopping it")
      val stored = StoredBids.read(folder, session)
      holds(stored, bids)
      sameBoard(next, session, stored)
      repeatable(next, session, bids)
    }
  }

  "A second node on the same data folder" should {
    "wait, then say who is in there and end, and leave that one alone" in {
      val node = runningNode()
      val began = System.nanoTime
      val second = NodeProcess.java(folder, options = List("-Dturnwise.data-folder-wait=1500ms"))
      second.awaitExit(soon) shouldBe 1
      millisSince(began) should be >= 1500L
      second.out should include("waiting up to 1 s")
      second.err should (include(s"in use by process ${node.pid} ") and include("another folder"))
      second.err.linesIterator.size shouldBe 1
      node.isAlive shouldBe true
      NodeProcess.status(node.port, "/health/ready") shouldBe Some(200)
    }

    "go on as soon as the first has ended" in {
      val first = runningNode()
      val second = NodeProcess.java(folder)
      NodeProcess.await(soon)(second.out.contains("waiting up to 30 s")) shouldBe true
      first.kill("INT")
      first.awaitExit(soon) shouldBe 130
      left = Some(second.awaitReady())
    }
  }

  "A node told to stop while it starts" should {
    "leave nothing behind, whenever that is" in {
      stopRunning()
      val steps: List[(String, NodeProcess => Boolean)] = List(
        "locked" -> (node => Files.readString(folder.resolve("turnwise.lock")).strip == node.pid.toString),
        "Postgres runs" -> (_ => Files.exists(folder.resolve("postgres/postmaster.pid")))
      )
      steps.foreach { case (step, reached) =>
        val node = NodeProcess.java(folder)
        withClue(s"$step: ") {
          NodeProcess.await(soon)(reached(node)) shouldBe true
          node.killGroup("INT")
          node.awaitExit(soon) shouldBe 130
          nothingLeftBehind()
          quiet(node)
        }
      }
      startNode()
    }
  }

  "Maven running the first command" should {
    for (
      (how, stop) <- List[(String, NodeProcess => Unit)](
        "SIGTERM to Maven" -> (_.kill("TERM")),
        "Ctrl-C in its terminal" -> (_.killGroup("INT"))
      )
    )
      s"take its node with it on $how" in {
        stopRunning()
        val maven = NodeProcess.maven(folder).awaitReady()
        val node = maven.nodePid
        node should not be maven.pid
        val session = new Api(maven.port).newSession()
        new Api(maven.port).bid(session, "ada", 7).status shouldBe 200
        val began = System.nanoTime
        stop(maven)
        maven.awaitExit(soon)
        NodeProcess.await(soon)(!NodeProcess.isRunning(node)) shouldBe true
        info(s"stopped after ${millisSince(began)} ms")
        nothingLeftBehind()
        maven.output should not include regex("WARN |ERROR |Exception|\tat ")
        StoredBids.read(startNode().folder, session).standing shouldBe Map("ada" -> 7)
      }
  }

  "Servers that are not the folder's own" should {
    "outlive a node that uses them, and one whose pid files name them" in {
      stopRunning()
      val foreignFolder = newPath()
      val lock = DataFolder.open(foreignFolder, JavaDuration.ZERO)
      val foreign = Stores.open(TestStores.settings, lock)
      try {
        val servers = List(postgresPid(foreignFolder), redisPid(foreignFolder))
        Files.writeString(folder.resolve("postgres/postmaster.pid"), s"${servers.head}\n$folder/postgres\n")
        Files.writeString(folder.resolve("redis/redis.pid"), s"${servers.last}\n")
        startNode()
        stopRunning()
        servers.map(NodeProcess.isRunning) shouldBe List(true, true)

        val guest = NodeProcess
          .java(
            newPath(),
            Map(
              "TURNWISE_POSTGRES_URL" -> foreign.postgresUrl,
              "TURNWISE_POSTGRES_USER" -> foreign.postgresUser,
              "TURNWISE_POSTGRES_PASSWORD" -> foreign.postgresPassword,
              "TURNWISE_REDIS_URL" -> foreign.redisUri
            )
          )
          .awaitReady()
        guest.kill("TERM")
        guest.awaitExit(soon) shouldBe 143
        quiet(guest)
        servers.map(NodeProcess.isRunning) shouldBe List(true, true)
      } finally {
        foreign.close()
        lock.close()
      }
      nothingLeftBehind()
    }
  }

  "A setting that cannot be" should {
    lazy val taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress)
    val refused = List[(String, () => Map[String, String], List[String], String)](
      ("a short secret", () => Map("TURNWISE_JWT_SECRET" -> "short"), Nil, "TURNWISE_JWT_SECRET has 5 bytes"),
      ("a weak password", () => Map("TURNWISE_ADMIN_PASSWORD" -> "admin"), Nil, "TURNWISE_ADMIN_PASSWORD"),
      (
        "a port in use",
        () => Map("TURNWISE_HTTP_PORT" -> taken.getLocalPort.toString),
        Nil,
        "Set TURNWISE_HTTP_PORT to another port"
      ),
      ("no port at all", () => Map("TURNWISE_HTTP_PORT" -> "0x50"), Nil, "TURNWISE_HTTP_PORT must be a port"),
      ("a foreign host", () => Map("TURNWISE_HTTP_HOST" -> "192.0.2.1"), Nil, "TURNWISE_HTTP_HOST to an address"),
      ("a malformed URL", () => Map("TURNWISE_POSTGRES_URL" -> "localhost/x"), Nil, "TURNWISE_POSTGRES_URL is not"),
      ("a malformed Redis URL", () => Map("TURNWISE_REDIS_URL" -> "::"), Nil, "TURNWISE_REDIS_URL is not"),
      (
        "a common pool of one thread",
        () => Map(),
        List("-Djava.util.concurrent.ForkJoinPool.common.parallelism=1"),
        "parallelism=2 or more"
      )
    )
    "be refused in one sentence, with exit code 1 and nothing left running; then the folder is as good as before" in {
      stopRunning()
      refused.foreach { case (what, environment, options, sentence) =>
        val began = System.nanoTime
        val node = NodeProcess.java(folder, environment(), options)
        withClue(s"$what: ") {
          node.awaitExit(soon) shouldBe 1
          node.err should (startWith("turnwise: ") and include(sentence))
          node.err.linesIterator.size shouldBe 1
          node.out shouldBe ""
          millisSince(began) should be < 5000L
          nothingLeftBehind()
        }
      }
      taken.close()
      startNode()
    }
  }
}
