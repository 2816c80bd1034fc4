package io.turnwise.account

import java.{util => ju}
import java.util.concurrent.TimeUnit

import scala.jdk.CollectionConverters._

import io.turnwise.account.MemberCommand._
import io.turnwise.cluster.EngineFixture
import io.turnwise.http.Role
import io.turnwise.journal.{EventCatalog, JournalReader, JournalRow, TurnSerializer}
import io.turnwise.turn.{Caller, Reply}
import org.jdbi.v3.core.{Handle, HandleCallback}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class MemberViewSpec extends AnyWordSpec with Matchers with EngineFixture {

  override protected def names: ju.Map[String, Class[_]] = AccountNames.ALL

  private val hash = new PasswordHash("h")
  private lazy val mailboxes = engine.mailboxes(Members.definition())
  private lazy val reader = new JournalReader(engine.jdbi, new TurnSerializer(EventCatalog.of(names)))

  private def ask(id: String, command: MemberCommand[_], by: String = "root"): Unit =
    mailboxes.ask("default", id, Caller.of(by), command).get(10, TimeUnit.SECONDS) match {
      case _: Reply.Accepted => ()
      case refused           => fail(s"not accepted: $refused")
    }

  private def rows(id: String): List[JournalRow] = {
    val rows = new ju.ArrayList[JournalRow]
    reader.rows(s"member|default:$id", 0, row => rows.add(row))
    rows.asScala.toList
  }

  private def inTransaction[A](work: Handle => A): A = {
    val callback: HandleCallback[A, RuntimeException] = handle => work(handle)
    engine.jdbi.inTransaction[A, RuntimeException](callback)
  }

  private def apply(rows: List[JournalRow]): Unit = inTransaction(new MemberView().apply(_, rows.asJava))

  private def list: List[MemberView.Listed] =
    inTransaction(MemberView.page(_, "default", "", "", 100).asScala.toList)

  "The list of members" should {
    "be the same when the journal is carried into it again, whole or in part" in {
      ask("ann", new RegisterMember("u-ann", "Ann", "ann@example.org", hash, 137))
      ask("ben", new RegisterMember("u-ben", "Ben", null, hash, 100))
      ask("ann", new AdministerMember(Role.BROKER, 250, true))
      ask("ann", new AdministerMember(null, null, false))
      ask("ben", new ChangePassword(hash, new PasswordHash("i")), "u-ben")
      val ann = rows("ann")
      val ben = rows("ben")
      (ann ++ ben).foreach(new MemberView().wants(_) shouldBe true)
      apply(ann ++ ben)
      val once = list
      once.map(member =>
        (member.id, member.username, member.email, member.role, member.weightHundredths)
      ) shouldBe List(
        ("ann", "Ann", "ann@example.org", Role.BROKER, 250),
        ("ben", "Ben", null, Role.MEMBER, 100)
      )
      once.map(member => (member.disabled, member.version)) shouldBe List((false, 3L), (false, 2L))
      once.map(_.registeredAt.toEpochMilli) shouldBe List(ann.head.turn.atMillis, ben.head.turn.atMillis)
      apply(ann ++ ben)
      list shouldBe once
      apply(ann.take(2))
      apply(ben.take(1))
      list shouldBe once
    }
    "hold no credentials" in {
      val columns = inTransaction(
        _.createQuery("SELECT column_name FROM information_schema.columns WHERE table_name = 'member_view'")
          .mapTo(classOf[String])
          .list()
          .asScala
      )
      columns.filter(_.matches(".*(hash|password|salt).*")) shouldBe empty
      columns should have size 10
    }
  }
}
