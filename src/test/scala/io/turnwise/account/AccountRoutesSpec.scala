package io.turnwise.account

import java.util.concurrent.TimeUnit
import java.{util => ju}

import scala.jdk.CollectionConverters._

import io.turnwise.http.{Principal, Role}
import org.scalatest.wordspec.AnyWordSpec

class AccountRoutesSpec extends AnyWordSpec with AccountsOverHttp {

  "Registering" should {
    "make a member with a random id and a weight from 1.00 to 1.99" in {
      val answer = register("Ann", ""","email":"ann@example.org"""")
      answer.status shouldBe 201
      answer.text("user_id") should fullyMatch regex "[A-Za-z0-9_-]{22}"
      answer.text("username") shouldBe "Ann"
      answer.text("email") shouldBe "ann@example.org"
      answer.text("role") shouldBe "member"
      answer.body.path("weight").decimalValue.doubleValue should (be >= 1.0 and be < 2.0)
      answer.body.fieldNames.asScala.toSet shouldBe Set("user_id", "username", "email", "role", "weight")
    }
    "be refused under a name that is taken, however it is written" in {
      register("fiona").status shouldBe 201
      Seq("fiona", "FIONA", "ﬁona", "ｆｉｏｎａ").foreach { name =>
        val answer = register(name)
        (answer.status, answer.code) shouldBe ((409, "account.username-taken"))
      }
    }
    "be refused as admin" in { register("Admin").code shouldBe "account.username-taken" }
    "happen once for many at once" in {
      val answers = (1 to 20).map(_ => new ju.concurrent.FutureTask[Int](() => register("rush").status))
      answers.foreach(answer => new Thread(answer).start())
      answers.map(_.get(20, TimeUnit.SECONDS)).sorted shouldBe (201 +: Seq.fill(19)(409))
    }
    "have one effect and the same answers under one key" in {
      val key = Seq("Idempotency-Key" -> "k-1")
      val answers = (1 to 20).map(_ => new ju.concurrent.FutureTask(() => register("keyed", "", key)))
      answers.foreach(answer => new Thread(answer).start())
      val all = answers.map(_.get(20, TimeUnit.SECONDS))
      all.map(_.status).distinct shouldBe Seq(201)
      all.map(_.body).distinct should have size 1
      all.count(_.headers("Idempotent-Replayed").contains("true")) shouldBe 19
      send(
        "POST",
        "/api/auth/register",
        """{"username":"keyed","password":"other horse"}""",
        headers = key
      ).code shouldBe
        "idempotency.key-reused"
      register("keyed", "", Seq("Idempotency-Key" -> "k-2")).code shouldBe "account.username-taken"
    }
    "be refused with what cannot be a member, and write nothing" in {
      val before = rowsInJournal
      def refused(body: String) = {
        val answer = send("POST", "/api/auth/register", body)
        (answer.status, answer.code)
      }
      refused(s"""{"username":"a b c",$Good}""") shouldBe ((422, "account.invalid-username"))
      refused(s"""{"username":"\\u202eann",$Good}""") shouldBe ((422, "account.invalid-username"))
      refused("""{"username":"weak","password":"1234567"}""") shouldBe ((422, "account.weak-password"))
      refused("""{"username":"weakweak","password":"WeakWeak"}""") shouldBe ((422, "account.weak-password"))
      Seq("ann", "a@b@c", "a b@c", "a\\u0001@c", "@c", "a@", "x" * 65 + "@c").foreach { email =>
        refused(s"""{"username":"mailer",$Good,"email":"$email"}""") shouldBe ((422, "account.invalid-email"))
      }
      refused(s"""{"username":"boss",$Good,"role":"admin"}""") shouldBe ((400, "invalid-field"))
      refused(s"""{$Good}""") shouldBe ((400, "invalid-field"))
      refused("""{"username":"ann"}""") shouldBe ((400, "invalid-field"))
      refused("""{"username":7,"password":[]}""") shouldBe ((400, "invalid-field"))
      refused("null") shouldBe ((400, "malformed-json"))
      refused("{") shouldBe ((400, "malformed-json"))
      rowsInJournal shouldBe before
    }
    "name the field that is missing" in {
      send("POST", "/api/auth/register", """{"username":"ann"}""").body.at("/errors/0/field").asText shouldBe "password"
    }
  }

  "Logging in" should {
    "give a token that speaks for the member" in {
      val id = register("Logan").text("user_id")
      val answer = logIn("LOGAN")
      answer.status shouldBe 200
      answer.text("token_type") shouldBe "bearer"
      answer.body.path("expires_in").asInt shouldBe 86400
      answer.headers("Cache-Control") shouldBe Some("no-store")
      val principal = tokens.verify(answer.text("access_token")).get
      (principal.subject, principal.name, principal.role, principal.tenant) shouldBe
        ((id, "Logan", Role.MEMBER, "default"))
    }
    "be refused alike for a wrong password and an unknown member" in {
      register("known")
      val answers = Seq(logIn("known", "wrong horse"), logIn("unknown"), logIn("no name"), logIn("known", "x" * 5000))
      answers.map(_.status).distinct shouldBe Seq(401)
      answers.map(_.code).distinct shouldBe Seq("account.wrong-credentials")
      answers.map(_.text("detail")).distinct should have size 1
    }
    "be possible again after a restart" in {
      val before = register("durable").body
      unbind()
      stopEngine(engine)
      engine = startEngine()
      serve()
      send("GET", "/api/auth/me", token = tokenOf("durable")).body shouldBe before
      register("durable").status shouldBe 409
    }
  }

  "Asking who I am" should {
    "be answered from the member as he is now" in {
      register("present")
      val token = tokenOf("present")
      administer("present", """{"weight":3.5,"role":"broker"}""").status shouldBe 200
      val me = send("GET", "/api/auth/me", token = token)
      (me.text("role"), me.text("weight")) shouldBe (("broker", "3.5"))
    }
    "be answered from the token for somebody who is not registered here" in {
      register("twin")
      val foreign = new Principal("foreign-twin", "twin", 250, Role.SERVICE, "default", 0)
      val me = send("GET", "/api/auth/me", token = tokens.sign(foreign))
      (me.status, me.text("user_id"), me.text("role")) shouldBe ((200, "foreign-twin", "service"))
      val nameless =
        send("GET", "/api/auth/me", token = tokens.sign(new Principal("x y", "x y", 0, Role.MEMBER, "t", 0)))
      (nameless.status, nameless.text("username")) shouldBe ((200, "x y"))
    }
    "need a token" in {
      send("GET", "/api/auth/me").code shouldBe "unauthenticated"
      send("GET", "/api/auth/me", token = "a.b.c").code shouldBe "invalid-token"
    }
  }

  "Changing a password" should {
    def change(token: String, old: String, next: String, headers: Seq[(String, String)] = Nil) =
      send("POST", "/api/auth/password", s"""{"old_password":"$old","new_password":"$next"}""", token, headers)

    "need the old one" in {
      register("changer")
      val token = tokenOf("changer")
      change(token, "wrong horse", "battery staple").code shouldBe "account.wrong-credentials"
      change(token, "correct horse", "short").code shouldBe "account.weak-password"
      change(token, "correct horse", "battery staple").status shouldBe 204
      logIn("changer").status shouldBe 401
      logIn("changer", "battery staple").status shouldBe 200
      change(token, "correct horse", "battery staple").code shouldBe "account.wrong-credentials"
    }
    "have one effect under one key" in {
      register("repeater")
      val token = tokenOf("repeater")
      val before = rowsInJournal
      val key = Seq("Idempotency-Key" -> "p-1")
      change(token, "correct horse", "battery staple", key).status shouldBe 204
      val again = change(token, "correct horse", "battery staple", key)
      (again.status, again.headers("Idempotent-Replayed")) shouldBe ((204, Some("true")))
      rowsInJournal shouldBe before + 1
      change(token, "correct horse", "another staple", key).code shouldBe "account.wrong-credentials"
    }
    "not be for somebody who is not registered here" in {
      register("victim")
      val foreign = tokens.sign(new Principal("foreign", "victim", 250, Role.MEMBER, "default", 0))
      change(foreign, "correct horse", "battery staple").code shouldBe "account.unknown-member"
      logIn("victim").status shouldBe 200
    }
  }

  "The start-up administrator" should {
    def ensure(password: String): Unit = { members.ensureAdmin(password).get(10, TimeUnit.SECONDS); () }

    "be there with the given password, and be written once" in {
      ensure("first password")
      val written = rowsInJournal
      ensure("first password")
      rowsInJournal shouldBe written
      val token = tokenOf("admin", "first password")
      send("GET", "/api/admin/members", token = token).status shouldBe 200
      ensure("second password")
      logIn("admin", "first password").status shouldBe 401
      tokens.verify(tokenOf("admin", "second password")).get.subject shouldBe tokens.verify(token).get.subject
      administer("admin", """{"disabled":true}""", token).code shouldBe "account.own-rights"
    }
    "keep a password that he chose himself, where the operator names none" in {
      ensure("first password")
      members.provideAdmin("generated password").get(10, TimeUnit.SECONDS)
      logIn("admin", "generated password").status shouldBe 401
      logIn("admin", "first password").status shouldBe 200
    }
    "not be given a weak password" in {
      (the[RuntimeException] thrownBy ensure("short")).getMessage should include("8 to 128")
    }
  }
}
