package io.turnwise.cluster

import io.turnwise.http.{Access, Endpoint, Role}
import org.scalatest.wordspec.AnyWordSpec

class HostileTenantSpec extends AnyWordSpec with HostileInput {

  private val Canary = "canary-of-b"

  private lazy val adminOfB = token(s"admin-$Canary", role = Role.ADMIN, tenant = "b")
  private lazy val memberOfB = token(s"member-$Canary", tenant = "b", name = Some(s"Name $Canary"))

  private def schedule(token: String, key: String = "") = {
    val headers = if (key.isEmpty) Nil else Seq("Idempotency-Key" -> key)
    val made = post("/api/admin/sessions", proposal("title" -> s"\"Title $Canary\""), token, headers)
    made.status shouldBe 201
    made("session_id").asText
  }

  private lazy val openOfB = {
    val id = schedule(adminOfB)
    accepted(id, "12", memberOfB)
    id
  }

  private lazy val settledOfB = {
    val id = schedule(adminOfB)
    accepted(id, "12", memberOfB)
    post(s"/api/admin/sessions/$id/close", "", adminOfB).status shouldBe 200
    id
  }

  /** Whoever is not of tenant b; nobody reads as tenant default. */
  private lazy val strangers = Map(
    "admin" -> admin,
    "member" -> ann,
    "broker" -> token("broker", role = Role.BROKER),
    "service" -> token("service", role = Role.SERVICE),
    "who has the same subject" -> token(s"member-$Canary"),
    "admin of a third tenant" -> token("admin-c", role = Role.ADMIN, tenant = "c"),
    "nobody" -> ""
  )

  private def call(endpoint: Endpoint, id: String, token: String, headers: String = "") =
    ask(
      endpoint.method.value,
      path(endpoint, id),
      headers + (if (token.isEmpty) "" else bearer(token)),
      goodBody(endpoint)
    )

  private def without(id: String, text: String) = text.replaceAll("\"instance\":\"[^\"]*\"", "").replace(id, "ID")

  "What another tenant has" should {
    "be the same as what there is not, at every path with an id, to everybody" in {
      val ids = Seq(openOfB, settledOfB)
      val unknown = "x" * openOfB.length
      writingNothing {
        for {
          endpoint <- endpoints.filter(_.path.contains("{"))
          (who, token) <- strangers
          id <- ids
        } withClue(s"${endpoint.method.value} ${endpoint.path} by $who: ") {
          val known = problem(call(endpoint, id, token), 401, 403, 404)
          val other = call(endpoint, unknown, token)
          (known.status, without(id, known.text)) shouldBe ((other.status, without(unknown, other.text)))
          if (endpoint.access == Access.READER || who.startsWith("admin")) known.status shouldBe 404
        }
      }
    }
    "take no bid of another" in writingNothing {
      strangers.filter(_._2.nonEmpty).foreach { case (who, token) =>
        Seq(openOfB, settledOfB).foreach { id =>
          withClue(who)(problem(bid(id, "99", token), 404).code shouldBe "bidding.unknown-session")
        }
      }
    }
    "be opened by no token in a query" in writingNothing {
      endpoints.filter(_.isStream).foreach { endpoint =>
        strangers.values.filter(_.nonEmpty).foreach { token =>
          problem(ask("GET", s"${path(endpoint, openOfB)}?access_token=$token"), 404)
        }
      }
    }
    "be in no list, figure, page or board of another" in {
      openOfB
      settledOfB
      eventually(get("/api/sessions", memberOfB).text should include(settledOfB)) // the lists have come so far
      eventually(get("/api/orders", memberOfB).text should include(settledOfB))
      val reads = endpoints.filterNot(isWrite).filterNot(_.path.contains("{"))
      for (endpoint <- reads; (who, token) <- strangers) withClue(s"${endpoint.path} by $who: ") {
        val text = call(endpoint, "", token).text
        if (endpoint.path != "/api/auth/me") text should not include Canary
        text should (not include openOfB and not include settledOfB)
      }
      val ofC = get("/api/admin/stats", strangers("admin of a third tenant"))
      ofC.status shouldBe 200
      ofC.text should not include regex("[1-9]")
    }
  }

  "What another member has" should {
    "be seen by nobody else" in {
      post(
        "/api/auth/register",
        """{"username":"victim","password":"a long password","email":"v@secret.example"}"""
      ).status shouldBe 201
      val id = newSession()
      val victim = token("u-victim", name = Some("Victim"))
      accepted(id, "50", victim)
      close(id).status shouldBe 200
      eventually(get("/api/orders", victim).text should include(id))
      val others = Map("member" -> ann, "broker" -> strangers("broker"), "nobody" -> "")
      for (endpoint <- endpoints.filterNot(isWrite); (who, token) <- others) withClue(s"${endpoint.path} by $who: ") {
        val text = call(endpoint, id, token).text
        text should (not include "secret.example" and not include "password_hash" and not include "argon2")
      }
      get("/api/orders", ann).text should not include id
    }
    "not come back under his idempotency key" in {
      val id = newSession()
      val bids = Seq("u-one", "u-two").map(name => bid(id, "12", token(name), "Idempotency-Key" -> "same"))
      bids.map(_.status).distinct shouldBe Seq(200)
      bids.flatMap(_.header("Idempotent-Replayed")) shouldBe Nil
      val ofB = token("u-one", tenant = "b")
      problem(bid(id, "12", ofB, "Idempotency-Key" -> "same"), 404)
      val sessions = Seq(admin, token("another", role = Role.ADMIN), adminOfB, token("operator", Role.ADMIN, "b"))
        .map(schedule(_, "same"))
      sessions.distinct should have size 4
    }
  }

  "A node" should {
    "have taken no harm from any of this" in unharmed()
  }
}
