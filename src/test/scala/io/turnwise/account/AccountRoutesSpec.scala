package io.turnwise.account

import java.net.URI
import java.net.http.{HttpClient, HttpRequest, HttpResponse}
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.security.SecureRandom
import java.util.concurrent.TimeUnit
import java.{util => ju}

import scala.jdk.CollectionConverters._
import scala.jdk.OptionConverters._

import akka.http.javadsl.ServerBinding
import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.cluster.EngineFixture
import io.turnwise.http.{HttpServer, Principal, Role, Tokens}
import io.turnwise.journal.Json
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class AccountRoutesSpec extends AnyWordSpec with Matchers with EngineFixture {

  private val Secret = "0123456789abcdef0123456789abcdef"
  private val Good = """"password":"correct horse""""

  override protected def names: ju.Map[String, Class[_]] = AccountNames.ALL

  override protected def settings: String =
    """
    turnwise.account.passwords { memory-kib = 1024, passes = 1, waiting-max = 200 }
    turnwise.http.per-address { per-minute = 100000, burst = 100000 }
    """

  private lazy val tokens = new Tokens(Secret, engine.config, engine.clock)
  private lazy val client = HttpClient.newHttpClient()
  private var members: Members = _
  private var binding: ServerBinding = _

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    serve()
  }

  override protected def afterAll(): Unit =
    try unbind()
    finally super.afterAll()

  private def serve(): Unit = {
    members = new Members(
      engine.mailboxes(Members.definition()),
      new Passwords(engine.config),
      new SecureRandom,
      Secret
    )
    val routes = new AccountRoutes(members, tokens, engine.jdbi, engine.blocking)
    binding = new HttpServer(engine.system, routes.endpoints, tokens)
      .bind(engine.system, "127.0.0.1", 0)
      .toCompletableFuture
      .get(10, TimeUnit.SECONDS)
    engine.projections.start(new MemberView)
  }

  private def unbind(): Unit = {
    binding.unbind().toCompletableFuture.get(10, TimeUnit.SECONDS)
    ()
  }

  private case class Answer(status: Int, body: JsonNode, headers: String => Option[String]) {
    def text(field: String): String = body.path(field).asText()
    def code: String = text("code")
  }

  private def send(
      method: String,
      path: String,
      body: String = "",
      token: String = "",
      headers: Seq[(String, String)] = Nil
  ): Answer = {
    val publisher = if (body.isEmpty) BodyPublishers.noBody() else BodyPublishers.ofString(body)
    val request = HttpRequest
      .newBuilder(URI.create(s"http://127.0.0.1:${binding.localAddress.getPort}$path"))
      .method(method, publisher)
    if (token.nonEmpty) request.header("Authorization", s"Bearer $token")
    headers.foreach { case (name, value) => request.header(name, value) }
    val response: HttpResponse[String] = client.send(request.build, BodyHandlers.ofString())
    val json = if (response.body.isEmpty) Json.STORED.createObjectNode() else Json.STORED.readTree(response.body)
    Answer(response.statusCode, json, response.headers.firstValue(_).toScala)
  }

  private def register(name: String, more: String = "", headers: Seq[(String, String)] = Nil): Answer =
    send("POST", "/api/auth/register", s"""{"username":"$name",$Good$more}""", headers = headers)

  private def logIn(name: String, password: String = "correct horse"): Answer =
    send("POST", "/api/auth/login", s"""{"username":"$name","password":"$password"}""")

  private def tokenOf(name: String, password: String = "correct horse"): String = {
    val answer = logIn(name, password)
    withClue(answer.body)(answer.status shouldBe 200)
    answer.text("access_token")
  }

  private lazy val operator: String =
    tokens.sign(new Principal("operator", "Operator", 100, Role.ADMIN, "default", 0))

  private def administer(name: String, body: String, token: String = operator, headers: Seq[(String, String)] = Nil) =
    send("PUT", s"/api/admin/members/$name", body, token, headers)

  private def rowsInJournal: Int =
    engine.jdbi.withHandle(_.createQuery("SELECT count(*) FROM event_journal").mapTo(classOf[Integer]).one()).toInt

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

  "Administering" should {
    "be for administrators" in {
      register("plain")
      val token = tokenOf("plain")
      administer("plain", """{"role":"admin"}""", token).code shouldBe "forbidden"
      send("GET", "/api/admin/members", token = token).code shouldBe "forbidden"
      send("GET", "/api/admin/members/plain", token = token).code shouldBe "forbidden"
      send("GET", "/api/admin/members").code shouldBe "unauthenticated"
    }
    "change what is named, at the version that is demanded" in {
      register("subject")
      val read = send("GET", "/api/admin/members/subject", token = operator)
      read.headers("ETag") shouldBe Some("\"1\"")
      val changed = administer("subject", """{"role":"broker","weight":0.25}""", headers = Seq("If-Match" -> "\"1\""))
      changed.headers("ETag") shouldBe Some("\"2\"")
      (changed.text("role"), changed.text("weight"), changed.text("disabled")) shouldBe (("broker", "0.25", "false"))
      administer("subject", """{"weight":2}""", headers = Seq("If-Match" -> "\"1\"")).status shouldBe 412
    }
    "say who did it in the journal" in {
      register("audited")
      administer("audited", """{"disabled":true}""")
      val row = engine.jdbi.withHandle(
        _.createQuery(
          "SELECT turn->'entries'->0->>'by' FROM journal_readable" +
            " WHERE persistence_id = 'member|default:audited' AND sequence_number = 2"
        ).mapTo(classOf[String]).one()
      )
      row shouldBe "operator"
    }
    "keep a disabled member out" in {
      register("banned")
      administer("banned", """{"disabled":true}""").status shouldBe 200
      (logIn("banned").status, logIn("banned").code) shouldBe ((403, "account.disabled"))
      logIn("banned", "wrong horse").code shouldBe "account.wrong-credentials"
      administer("banned", """{"disabled":false}""")
      logIn("banned").status shouldBe 200
    }
    "refuse weights, roles and members that cannot be" in {
      register("odd")
      Seq("-1", "1.005", "1000.01", "1e400", "1e-400", "1e-999999999").foreach { weight =>
        withClue(weight)(administer("odd", s"""{"weight":$weight}""").code shouldBe "account.invalid-weight")
      }
      administer("odd", """{"weight":1.500}""").text("weight") shouldBe "1.5"
      administer("odd", """{"weight":0e5}""").text("weight") shouldBe "0.0"
      Seq("""{"weight":NaN}""", """{"weight":"1"}""", """{"role":"root"}""", """{"disabled":"yes"}""", "[]").foreach {
        body =>
          withClue(body)(administer("odd", body).status shouldBe 400)
      }
      Seq("nobody", "no%20body", "..%2F..", "%00%00%00", "%ff%ff%ff", "abc+def").foreach { name =>
        withClue(name)(administer(name, "{}").code shouldBe "account.unknown-member")
      }
    }
    "reach names of any script" in {
      register("josé").status shouldBe 201
      administer("JOS%C3%89", """{"weight":2}""").text("username") shouldBe "josé"
    }
    "end with the rights of the administrator, not with his token" in {
      register("usurper")
      register("helper")
      administer("usurper", """{"role":"admin"}""").status shouldBe 200
      val token = tokenOf("usurper")
      administer("helper", """{"role":"broker"}""", token).status shouldBe 200
      administer("usurper", """{"role":"member"}""", token).code shouldBe "account.own-rights"
      administer("usurper", """{"role":"member"}""").status shouldBe 200
      administer("helper", """{"role":"admin"}""", token).code shouldBe "forbidden"
      administer("usurper", """{"role":"admin"}""", token).code shouldBe "forbidden"
    }
    "stay within the tenant" in {
      register("tenant-bound")
      val elsewhere = tokens.sign(new Principal("other", "Other", 100, Role.ADMIN, "acme", 0))
      administer("tenant-bound", "{}", elsewhere).code shouldBe "account.unknown-member"
    }
  }

  "The list of members" should {
    def list(query: String, token: String = operator) = send("GET", s"/api/admin/members?$query", token = token)
    def listed(query: String) = list(query).body.path("members").asScala.map(_.path("username").asText).toList

    "be found by a part of name or address, and by the name however it is written" in {
      register("list_one", ""","email":"one@first.example"""")
      register("list-two", ""","email":"two@second.example"""")
      register("Änne")
      eventually(listed("query=%C3%A4NNE") shouldBe List("Änne"))
      eventually(listed("query=LIST") shouldBe List("list-two", "list_one"))
      listed("query=list_") shouldBe List("list_one")
      listed("query=%25") shouldBe Nil
      listed("query=%5C") shouldBe Nil
      listed("query=second.ex") shouldBe List("list-two")
      listed("query=" + "%EF%BC%AC%EF%BC%A9%EF%BC%B3%EF%BC%B4-two") shouldBe List("list-two")
    }
    "follow what happens to members" in {
      val id = register("followed").text("user_id")
      administer("followed", """{"role":"broker","weight":7,"disabled":true}""")
      eventually {
        val member = list("query=followed").body.at("/members/0")
        member.path("version").asLong shouldBe 2
        member.path("user_id").asText shouldBe id
        member.path("role").asText shouldBe "broker"
        member.path("weight").decimalValue.doubleValue shouldBe 7.0
        member.path("disabled").asBoolean shouldBe true
        java.time.Instant.parse(member.path("registered_at").asText).isBefore(java.time.Instant.now) shouldBe true
        member.has("password_hash") shouldBe false
      }
    }
    "come in pages" in {
      (1 to 5).foreach(n => register(s"paged$n").status shouldBe 201)
      eventually(listed("query=paged") should have size 5)
      val first = list("query=paged&limit=3").body
      first.path("members").asScala.map(_.path("username").asText).toList shouldBe List("paged1", "paged2", "paged3")
      val next = list(s"query=paged&limit=3&after=${first.path("next").asText}").body
      next.path("members").asScala.map(_.path("username").asText).toList shouldBe List("paged4", "paged5")
      next.has("next") shouldBe false
    }
    "refuse parameters that cannot be" in {
      Seq("limit=0", "limit=101", "limit=x", "after=%00", "after=a%20b", "query=%00", "query=" + "x" * 129).foreach {
        query =>
          withClue(query)((list(query).status, list(query).code) shouldBe ((400, "invalid-parameter")))
      }
    }
    "refuse a query that is not even one" in {
      val socket = new java.net.Socket("127.0.0.1", binding.localAddress.getPort)
      try {
        val request = s"GET /api/admin/members?query=%zz HTTP/1.0\r\nAuthorization: Bearer $operator\r\n\r\n"
        socket.getOutputStream.write(request.getBytes("US-ASCII"))
        new String(socket.getInputStream.readAllBytes(), "UTF-8") should startWith("HTTP/1.1 400")
      } finally socket.close()
    }
    "show nothing of another tenant" in {
      val elsewhere = tokens.sign(new Principal("other", "Other", 100, Role.ADMIN, "acme", 0))
      list("", elsewhere).body.path("members").size shouldBe 0
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
