package io.turnwise.metrics

import io.turnwise.cluster.NodeFixture
import io.turnwise.http.Role
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class MetricsSpec extends AnyWordSpec with NodeFixture with Matchers {

  private lazy val service = token("prometheus", role = Role.SERVICE)

  private def scraped: Seq[String] = get("/metrics", service).text.linesIterator.filterNot(_.startsWith("#")).toSeq

  /** What a meter stands at; 0 where it does not. */
  private def value(meter: String): Double =
    scraped.find(_.startsWith(meter + " ")).map(_.split(' ').last.toDouble).getOrElse(0)

  private def process(fields: String, headers: (String, String)*) =
    post("/api/amas/process", s"{$fields}", token("someone-or-other"), headers)

  private val right = """"word_id":"pombe","is_correct":true,"response_time":1607"""
  private val odd = right.replace("1607", "200000")

  "What a node counts" should {
    "be told to operators and to nobody else" in {
      get("/metrics").code shouldBe "unauthenticated"
      get("/metrics", token("ann")).code shouldBe "forbidden"
      get("/metrics", token("bob", role = Role.BROKER)).code shouldBe "forbidden"
      get("/metrics", token("eve", role = Role.ADMIN, tenant = "b")).code shouldBe "forbidden"
      Seq(service, admin).foreach { each =>
        val answer = get("/metrics", each)
        (answer.status, answer.header("Content-Type").get) shouldBe
          ((200, "text/plain; version=0.0.4; charset=UTF-8"))
      }
    }
    "hold what the process and its JVM use" in {
      val names = scraped.map(_.takeWhile(each => each != ' ' && each != '{')).toSet
      names should contain allOf (
        "jvm_memory_used_bytes",
        "jvm_gc_live_data_size_bytes",
        "jvm_threads_live_threads",
        "process_cpu_usage",
        "process_uptime_seconds",
        "process_files_open_files",
        "system_cpu_count"
      )
    }
    "be in the format that Prometheus reads" in {
      get("/metrics", service).text.linesIterator.foreach { line =>
        line should fullyMatch regex """#.*|[a-z0-9_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*,?\})? (-?[0-9.]+(E-?[0-9]+)?|NaN)"""
      }
    }
  }

  "Answers" should {
    "be counted by what became of them, those that nobody gives too" in {
      val taken = """learner_commands_total{command="take-answer",outcome="accepted"}"""
      val replayed = taken.replace("accepted", "replayed")
      val degraded = """learner_degraded_answers_total{reason="degraded_state"}"""
      val before = Seq(taken, replayed, degraded, "learner_anomalous_events_total").map(value)
      process(right, "Idempotency-Key" -> "k").status shouldBe 200
      process(right, "Idempotency-Key" -> "k").header("Idempotent-Replayed") shouldBe Some("true")
      process(odd)("degraded").path("reason").asText shouldBe "degraded_state"
      val both = s"""{"items":[{$right},{$odd},{$odd}]}"""
      post("/api/amas/batch-process", both, token("someone-or-other"))("skipped").asInt shouldBe 2
      val after = Seq(taken, replayed, degraded, "learner_anomalous_events_total").map(value)
      after.zip(before).map { case (now, former) => now - former } shouldBe Seq(1, 1, 1, 3)
    }
    "be told of without saying whose they are" in {
      process(right).status shouldBe 200
      get("/metrics", service).text should not include "someone-or-other"
    }
    "be counted as refused and as out of reach by what they were asked for" in {
      val refused = """learner_commands_total{command="reward-decision",outcome="refused"}"""
      val before = value(refused)
      post(
        "/api/amas/delayed-reward",
        """{"reward_id":"r","decision_id":"1-0-00000000","reward":1}""",
        token("new")
      ).status shouldBe 404
      value(refused) shouldBe before + 1
    }
  }
}

class PublicMetricsSpec extends AnyWordSpec with NodeFixture with Matchers {

  override protected def settings: String = "turnwise.http.public-metrics = on"

  "What a node counts" should {
    "be told to everybody where it is set so" in {
      get("/metrics").status shouldBe 200
      get("/metrics", token("ann")).status shouldBe 200
      get("/metrics", "forged").code shouldBe "invalid-token"
    }
  }
}
