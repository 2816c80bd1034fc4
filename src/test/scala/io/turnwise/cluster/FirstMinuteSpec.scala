package io.turnwise.cluster

import java.util.concurrent.{Executors, TimeUnit}

import scala.concurrent.duration._

import io.turnwise.http.Role
import io.turnwise.stores.TempFolders
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class FirstMinuteSpec extends AnyWordSpec with Matchers with TempFolders {

  "The log of a first minute" should {
    "hold no warning, no error and no stack trace, from a fresh folder to the stop" in {
      val began = System.nanoTime
      val node = NodeProcess.java(newPath(), Map("TURNWISE_DEMO" -> "on")).awaitReady()
      info(s"ready in a fresh folder after ${(System.nanoTime - began) / 1000000} ms")
      try {
        useForAWhile(node)
        val told = System.nanoTime
        node.killGroup("INT")
        node.awaitExit(15.seconds) shouldBe 130
        info(s"stopped after ${(System.nanoTime - told) / 1000000} ms")
      } finally if (node.isAlive) node.killGroup("KILL")
      node.err shouldBe ""
      node.out should (include("is ready after") and include("Stopped."))
      node.out should not include regex("WARN|ERROR|Exception|\\tat ")
      NodeProcess.processesOf(node.folder) shouldBe Nil
    }
  }

  /** Ten seconds of what a curious person does. */
  private def useForAWhile(node: NodeProcess): Unit = {
    val api = new Api(node.port)
    val session = api.newSession()
    api.post("/api/auth/register", """{"username":"ada","password":"a long password"}""", None).status shouldBe 201
    val login = api.post("/api/auth/login", """{"username":"ada","password":"a long password"}""", None)
    val member = Some(login.json.get("access_token").asText)
    val admin =
      api.post("/api/auth/login", s"""{"username":"admin","password":"${NodeProcess.AdminPassword}"}""", None)
    val steps = List[() => Int](
      () => api.get("/").status,
      () => api.bid(session, "ben", 1).status,
      () => api.post("/api/bid", s"""{"session_id":"$session","price":12.5}""", member).status,
      () => api.get("/api/auth/me", member).status,
      () => api.get("/api/sessions/active").status,
      () => api.get(s"/api/leaderboard/$session").status,
      () => api.get(s"/api/leaderboard/$session/me", member).status,
      () => api.get("/api/admin/members", Some(admin.json.get("access_token").asText)).status,
      () => api.get("/api/admin/stats", Some(Api.token("organiser", Role.ADMIN))).status
    )
    val mistakes = List[() => Int](
      () => api.get("/nowhere").status,
      () => api.post("/api/bid", "{", member).status,
      () => api.post("/api/bid", s"""{"session_id":"$session","price":0.5}""", member).status,
      () => api.get("/api/admin/stats", member).status
    )
    val clock = Executors.newSingleThreadScheduledExecutor()
    try {
      val uses = (steps.map(_ -> true) ++ mistakes.map(_ -> false)).zipWithIndex
      val lap = 13 * 190 // milliseconds; four of them
      val answers = for (round <- 0 until 4; ((use, right), place) <- uses) yield {
        val at = round * lap + place * lap / uses.size
        right -> clock.schedule(() => use(), at.toLong, TimeUnit.MILLISECONDS)
      }
      answers.foreach { case (right, answer) =>
        val status = answer.get(30, TimeUnit.SECONDS)
        if (right) status shouldBe 200 else status should (be >= 400 and be < 500)
      }
    } finally clock.shutdownNow()
    ()
  }
}
