package io.turnwise.account

import java.nio.charset.StandardCharsets.UTF_8
import java.{util => ju}

import scala.jdk.CollectionConverters._

import io.turnwise.account.MemberAnswer._
import io.turnwise.account.MemberCommand._
import io.turnwise.account.MemberEvent._
import io.turnwise.http.Role
import io.turnwise.journal.{EventCatalog, Json, TurnSerializer}
import io.turnwise.turn.{Definition, Turn}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class MemberJournalSpec extends AnyWordSpec with Matchers {

  private val hash = new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA")
  private val other = new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdDI$aGFzaDI")
  private val profile = new Profile("gT8nUY0lCeMLbcWqqYhWtg", "Ann", "ann@example.org", Role.BROKER, 137, true)

  private val samples: Map[String, Any] = Map(
    "account.member/1" ->
      new Member("gT8nUY0lCeMLbcWqqYhWtg", "Ann", "ann@example.org", hash, Role.BROKER, 137, true),
    "account.member-registered/1" ->
      new MemberRegistered("gT8nUY0lCeMLbcWqqYhWtg", "Ann", "ann@example.org", hash, Role.MEMBER, 137),
    "account.password-changed/1" -> new PasswordChanged(other),
    "account.member-administered/1" -> new MemberAdministered(Role.BROKER, 250, true),
    "account.register-member/1" ->
      new RegisterMember("gT8nUY0lCeMLbcWqqYhWtg", "Ann", "ann@example.org", hash, 137),
    "account.read-member/1" -> new ReadMember,
    "account.read-credentials/1" -> new ReadCredentials,
    "account.change-password/1" -> new ChangePassword(hash, other),
    "account.administer-member/1" -> new AdministerMember(Role.BROKER, 250, true),
    "account.ensure-admin/1" -> new EnsureAdmin("gT8nUY0lCeMLbcWqqYhWtg", hash),
    "account.profile/1" -> profile,
    "account.credentials/1" -> new Credentials(profile, hash)
  )

  private def golden(name: String): String = {
    val file = "/golden/" + name.replaceFirst("\\.", "/").replace("/1", ".1.json")
    val stream = getClass.getResourceAsStream(file)
    assert(stream != null, s"$file is missing; it would hold ${Json.STORED.writeValueAsString(samples(name))}")
    try new String(stream.readAllBytes(), UTF_8).trim
    finally stream.close()
  }

  private def leaves(sealedType: Class[_]): Set[Class[_]] =
    if (sealedType.isSealed) sealedType.getPermittedSubclasses.toSet.flatMap(leaves(_: Class[_])) else Set(sealedType)

  "Every stored or sent name" should {
    AccountNames.ALL.asScala.foreach { case (name, named) =>
      s"be read as it always was: $name" in {
        Json.STORED.readValue(golden(name), named) shouldBe samples(name)
      }
      s"be written as it always was: $name" in {
        Json.STORED.writeValueAsString(samples(name)) shouldBe golden(name)
      }
    }
    "belong to one event, command or answer, and each of these have one" in {
      val known = Seq(classOf[MemberEvent], classOf[MemberCommand[_]], classOf[MemberAnswer]).flatMap(leaves(_))
      AccountNames.ALL.values.asScala.toSet[Class[_]] shouldBe known.toSet + classOf[Member]
    }
    "be dotted, kebab-case and versioned" in {
      AccountNames.ALL.keySet.asScala.foreach(_ should fullyMatch regex """account\.[a-z]+(-[a-z]+)*/[1-9]""")
    }
  }

  "A change" should {
    "leave out what stays as it is" in {
      Json.STORED.writeValueAsString(new MemberAdministered(null, 200, null)) shouldBe """{"weight_hundredths":200}"""
    }
  }

  "A turn of a member" should {
    "come back from the journal as it went in" in {
      val serializer = new TurnSerializer(EventCatalog.of(AccountNames.ALL))
      val events = samples.values.collect { case event: MemberEvent => event }.toList
      val entry = new Turn.Entry("u-root", 5L, events.asJava, null, null, null)
      val turn = new Turn(1, 5L, Definition.NEVER, "default", ju.List.of(entry))
      serializer.fromBinary(serializer.toBinary(turn), serializer.manifest(turn)) shouldBe turn
    }
  }
}
