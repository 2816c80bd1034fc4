package io.turnwise.account

import io.turnwise.account.MemberAnswer.{Credentials, Profile}
import io.turnwise.account.MemberCommand._
import io.turnwise.account.MemberEvent._
import io.turnwise.http.Role
import io.turnwise.turn.{Command, Decision, Event, Rejection, Stamp}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import scala.jdk.CollectionConverters._

class MemberSpec extends AnyWordSpec with Matchers {

  private val hash = new PasswordHash("first")
  private val other = new PasswordHash("second")
  private val register = new RegisterMember("u-ann", "Ann", "ann@example.org", hash, 137)
  private val ann = new Member("u-ann", "Ann", "ann@example.org", hash, Role.MEMBER, 137, false)
  private val admin = new Member("u-admin", "admin", null, hash, Role.ADMIN, 100, false)

  private def by(subject: String): Stamp = new Stamp(subject, 1_790_000_000_000L, 7)

  private def decided[A](member: Member, command: Command[Member, A], subject: String): Decision[Member, A] =
    command.decide(member, by(subject))

  private def events(member: Member, command: Command[Member, _], subject: String = "u-root"): List[Event[Member]] =
    decided(member, command, subject) match {
      case accepted: Decision.Accepted[Member, _] => accepted.events.asScala.toList
      case refused                                => fail(s"not accepted: $refused")
    }

  private def refusal(member: Member, command: Command[Member, _], subject: String = "u-root"): Rejection =
    decided(member, command, subject) match {
      case refused: Decision.Refused[_, _] => refused.reason
      case accepted                        => fail(s"not refused: $accepted")
    }

  private def after(member: Member, command: Command[Member, _], subject: String = "u-root"): Member =
    events(member, command, subject).foldLeft(member)((state, event) => event.applyTo(state, by(subject)))

  private def answer[A](member: Member, command: Command[Member, A]): A =
    decided(member, command, "u-root") match {
      case accepted: Decision.Accepted[Member, A] => accepted.answer.apply(after(member, command), by("u-root"))
      case refused                                => fail(s"not accepted: $refused")
    }

  "A free username" should {
    "be taken by a member of role member" in {
      after(Member.UNREGISTERED, register) shouldBe ann
      answer(Member.UNREGISTERED, register) shouldBe
        new Profile("u-ann", "Ann", "ann@example.org", Role.MEMBER, 137, false)
    }
    "be unknown to whoever asks" in {
      Seq(new ReadMember, new ReadCredentials, new AdministerMember(Role.BROKER, null, null)).foreach(
        refusal(Member.UNREGISTERED, _) shouldBe AccountRejection.UNKNOWN_MEMBER
      )
      refusal(Member.UNREGISTERED, new ChangePassword(hash, other), "") shouldBe AccountRejection.UNKNOWN_MEMBER
    }
    "not be admin, however it is written" in {
      Seq("admin", "Admin", "ａｄｍｉｎ").foreach { name =>
        refusal(Member.UNREGISTERED, new RegisterMember("u", name, null, hash, 100)) shouldBe
          AccountRejection.USERNAME_TAKEN
      }
    }
  }

  "A taken username" should {
    "not be taken again" in {
      refusal(ann, register) shouldBe AccountRejection.USERNAME_TAKEN
    }
    "stop the entity when the journal says it was" in {
      an[IllegalStateException] should be thrownBy new MemberRegistered("u", "Ann", null, hash, Role.MEMBER, 100)
        .applyTo(ann, by("u"))
    }
  }

  "A member" should {
    "be read without his password" in {
      answer(ann, new ReadMember) shouldBe new Profile("u-ann", "Ann", "ann@example.org", Role.MEMBER, 137, false)
      answer(ann, new ReadCredentials) shouldBe new Credentials(answer(ann, new ReadMember), hash)
    }
    "change his own password" in {
      after(ann, new ChangePassword(hash, other), "u-ann").passwordHash shouldBe other
    }
    "not change another's" in {
      refusal(ann, new ChangePassword(hash, other), "u-ben") shouldBe AccountRejection.UNKNOWN_MEMBER
    }
    "not change it by a password that was changed meanwhile" in {
      refusal(ann, new ChangePassword(other, other), "u-ann") shouldBe AccountRejection.WRONG_CREDENTIALS
    }
    "not change it while he is disabled" in {
      val disabled = after(ann, new AdministerMember(null, null, true))
      refusal(disabled, new ChangePassword(hash, other), "u-ann") shouldBe AccountRejection.DISABLED
    }
    "show his password hash in no log" in {
      Seq(ann, register, new ChangePassword(hash, other), new Credentials(answer(ann, new ReadMember), hash))
        .foreach(_.toString should (not include "first" and not include "second"))
    }
  }

  "An administrator" should {
    "change what he names and nothing else" in {
      after(ann, new AdministerMember(Role.BROKER, null, null)) shouldBe
        new Member("u-ann", "Ann", "ann@example.org", hash, Role.BROKER, 137, false)
      after(ann, new AdministerMember(null, 250, null)).weightHundredths shouldBe 250
      after(ann, new AdministerMember(null, null, true)).disabled shouldBe true
      after(after(ann, new AdministerMember(null, null, true)), new AdministerMember(null, null, false)) shouldBe ann
    }
    "leave a trace of what changed only" in {
      events(ann, new AdministerMember(Role.MEMBER, 200, false)) shouldBe List(new MemberAdministered(null, 200, null))
      events(ann, new AdministerMember(Role.MEMBER, 137, false)) shouldBe empty
    }
    "give a weight from 0 to 1000" in {
      after(ann, new AdministerMember(null, 0, null)).weightHundredths shouldBe 0
      after(ann, new AdministerMember(null, 100_000, null)).weightHundredths shouldBe 100_000
      refusal(ann, new AdministerMember(null, -1, null)) shouldBe AccountRejection.INVALID_WEIGHT
      refusal(ann, new AdministerMember(null, 100_001, null)) shouldBe AccountRejection.INVALID_WEIGHT
    }
    "neither demote nor disable himself" in {
      Seq(new AdministerMember(Role.MEMBER, null, null), new AdministerMember(null, null, true)).foreach { command =>
        refusal(admin, command, "u-admin") shouldBe AccountRejection.OWN_RIGHTS
        events(admin, command, "u-other") should have size 1
      }
      after(admin, new AdministerMember(Role.ADMIN, 150, false), "u-admin").weightHundredths shouldBe 150
    }
  }

  "A member with a token from better days" should {
    "not make himself administrator again" in {
      refusal(ann, new AdministerMember(Role.ADMIN, null, null), "u-ann") shouldBe AccountRejection.OWN_RIGHTS
    }
  }

  "The start-up administrator" should {
    val ensure = new EnsureAdmin("u-new", other)
    "be registered when he is not" in {
      after(Member.UNREGISTERED, ensure) shouldBe new Member("u-new", "admin", null, other, Role.ADMIN, 100, false)
    }
    "keep his id when he is" in {
      after(admin, ensure) shouldBe new Member("u-admin", "admin", null, other, Role.ADMIN, 100, false)
    }
    "be left alone when nothing would change" in {
      events(admin, new EnsureAdmin("u-new", hash)) shouldBe empty
    }
    "get back the rights that somebody took from him" in {
      val fallen = after(admin, new AdministerMember(Role.MEMBER, null, true))
      after(fallen, new EnsureAdmin("u-new", hash)) shouldBe admin
    }
  }
}
