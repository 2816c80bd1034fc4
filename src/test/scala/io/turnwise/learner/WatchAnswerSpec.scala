package io.turnwise.learner

import java.{util => ju}

import com.typesafe.config.ConfigFactory
import io.turnwise.journal.Json
import io.turnwise.learner.WatchAnswer.Step
import io.turnwise.learner.model.Source
import io.turnwise.learner.model.bandit.{Bucket, Member, Phase, Vote}
import io.turnwise.learner.model.state.{Cognition, Trend, UserState}
import io.turnwise.learner.model.strategy.{Difficulty, Guardrail, Strategy}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class WatchAnswerSpec extends AnyWordSpec with Matchers {

  private val long = -math.Pi / 1e3 // with as many digits as there can be

  private val largest = {
    val strategy = new Strategy(1 + long, .2 + long, Difficulty.HARD, 20, 2)
    val state = new UserState(long, long, long, new Cognition(long, long, long), Trend.STUCK, long)
    val votes = ju.List.of(Member.values.toSeq.map(new Vote(_, 24, long, long)): _*)
    val limits = ju.List.of(Guardrail.values.toSeq: _*)
    val word = "競" * 128
    new Step(
      "999999-999999999-0a1b2c3d",
      Long.MaxValue,
      word,
      false,
      long,
      long,
      long,
      Phase.CLASSIFY,
      Source.BEGINNING,
      votes,
      24,
      strategy,
      strategy,
      limits,
      new Bucket(2, 2, 3),
      long,
      state
    )
  }

  "Notices of decisions" should {
    "fit into a message between nodes, however large each is" in {
      val together = ConfigFactory.defaultReference().getInt("turnwise.turn.notices-per-message")
      Json.STORED.writeValueAsBytes(largest).length * together should be <= 128 * 1024
    }
  }
}
