package io.turnwise.account

import scala.jdk.CollectionConverters._

import io.turnwise.http.{Principal, Role}
import org.scalatest.wordspec.AnyWordSpec

class MemberAdminRoutesSpec extends AnyWordSpec with AccountsOverHttp {

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
      val socket = new java.net.Socket("127.0.0.1", port)
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
}
