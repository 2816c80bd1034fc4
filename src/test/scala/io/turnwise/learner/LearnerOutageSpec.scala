package io.turnwise.learner

import java.nio.file.Files
import java.util.concurrent.{CompletableFuture, Executors, TimeUnit}
import java.util.concurrent.atomic.AtomicInteger

import io.turnwise.cluster.NodeFixture
import io.turnwise.stores.{FragileStores, StoreSettings, TempFolders, Traces}
import org.scalatest.matchers.should.Matchers
import org.scalatest.time.{Seconds, Span}
import org.scalatest.wordspec.AnyWordSpec

class LearnerOutageSpec extends AnyWordSpec with NodeFixture with Matchers {

  import NodeFixture.Answer

  private val parent = Files.createTempDirectory("turnwise-learner-outage-spec")
  private lazy val fragile = new FragileStores(parent.resolve("data"))

  private lazy val pool = Executors.newFixedThreadPool(10)

  override protected def stores: StoreSettings = fragile.settings

  override protected lazy val redisUri: String = fragile.redisUri

  override protected def settings: String = """
    turnwise.learner.time-budget = 2s
    turnwise.turn.erase-after-failure = 1s
    turnwise.learner.circuit-breaker { failures = 3, open = 1s, call-timeout = 20s }
    """

  override protected def afterAll(): Unit =
    try super.afterAll()
    finally {
      pool.shutdownNow()
      fragile.close()
      TempFolders.delete(parent)
    }

  private def process(who: String, key: String): Answer =
    post(
      "/api/amas/process",
      """{"word_id":"pombe","is_correct":true,"response_time":1607}""",
      token(who),
      Seq("Idempotency-Key" -> key)
    )

  /** While the journal takes nothing in, though it is there. */
  private def whileLocked[A](act: => A): A = query { handle =>
    handle.begin()
    try {
      handle.execute("LOCK TABLE event_journal IN SHARE MODE")
      act
    } finally { handle.rollback(); () }
  }

  private def recorded(answer: Answer): String = answer("recorded").asText

  private def counted(reason: String): Int = {
    val meter = s"""learner_degraded_answers_total{reason="$reason"} """
    get("/metrics", admin).text.linesIterator.find(_.startsWith(meter)).get.stripPrefix(meter).toDouble.toInt
  }

  "An answer that the journal takes long to store" should {
    "be met by a fallback, and be found out under its key" in {
      recorded(process("ann", "first")) shouldBe "yes"
      val late = whileLocked(process("ann", "slow"))
      late.status shouldBe 200
      (late("degraded").path("reason").asText, recorded(late)) shouldBe (("timeout", "unknown"))
      counted("timeout") shouldBe 1
      eventually {
        val real = process("ann", "slow")
        (recorded(real), real("update_count").asInt) shouldBe (("yes", 2))
      }
    }
  }

  "Answers while the journal is away" should {
    "be met by fallbacks without being sent, and be taken when it is back" in {
      fragile.stopPostgres("QUIT")
      var away: Answer = null
      eventually {
        away = process("ann", "away")
        away.status shouldBe 200
        away("degraded").path("reason").asText shouldBe "circuit_open"
      }
      recorded(away) shouldBe "no"
      away.header("Retry-After").get.toInt should be > 0
      counted("circuit_open") should be > 0
      fragile.startPostgres()
      eventually(timeout(Span(30, Seconds))) { recorded(process("ann", "back")) shouldBe "yes" }
      get("/api/amas/state", token("ann"))("update_count").asInt should be >= 3
    }
  }

  "A learner who is to be erased while the journal is away" should {
    "hear so, and be erased when it is back" in {
      recorded(process("erase-eve-7", "first")) shouldBe "yes"
      fragile.stopPostgres("QUIT")
      val away = post("/api/amas/erase", "", token("erase-eve-7"))
      (away.status, away.code) shouldBe ((503, "unavailable"))
      fragile.startPostgres()
      eventually(timeout(Span(30, Seconds)))(post("/api/amas/erase", "", token("erase-eve-7")).status shouldBe 204)
      query(Traces.inPostgres(_, "erase-eve-7")) shouldBe Nil
      recorded(process("erase-eve-7", "first")) shouldBe "yes"
      get("/api/amas/state", token("erase-eve-7"))("epoch").asInt shouldBe 2
    }
  }

  "Five hundred answers of ten learners while the journal crashes" should {
    "each be taken once, and fold to what the learners are" in {
      val users = (1 to 10).map(i => s"pupil-$i")
      val taken = new AtomicInteger
      def untilTaken(who: String, key: String): Unit =
        if (recordedOf(process(who, key)) == "yes") { taken.incrementAndGet(); () }
        else {
          Thread.sleep(50) // as a client waits before it asks again
          untilTaken(who, key)
        }
      val running = users.map { who =>
        CompletableFuture.runAsync(() => (1 to 50).foreach(i => untilTaken(who, s"k-$i")), pool)
      }
      Seq("KILL", "QUIT").foreach { signal =>
        val before = taken.get
        eventually(taken.get should be > before + 50)
        fragile.stopPostgres(signal)
        eventually(get("/health/ready").status shouldBe 503)
        fragile.startPostgres()
      }
      CompletableFuture.allOf(running: _*).get(60, TimeUnit.SECONDS)
      users.foreach { who =>
        val state = get("/api/amas/state", token(who))
        state("answers").asInt shouldBe 50
        def folded(useSnapshot: Boolean) = engine.replay.fold(Learners.definition(), s"default:$who", useSnapshot).state
        folded(useSnapshot = true) shouldBe folded(useSnapshot = false)
        folded(useSnapshot = true).updateCount shouldBe state("update_count").asInt
      }
    }
  }

  /** What a refusal leaves open is found out by asking again. */
  private def recordedOf(answer: Answer): String = if (answer.status == 200) recorded(answer) else "unknown"
}
