package io.turnwise.account

import java.util.concurrent.{ExecutionException, Executor, LinkedBlockingQueue, RejectedExecutionException, TimeUnit}

import com.typesafe.config.ConfigFactory
import io.turnwise.http.ProblemException
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class PasswordsSpec extends AnyWordSpec with Matchers {

  private lazy val config = ConfigFactory.load("reference")
  private lazy val passwords = new Passwords(config)
  private lazy val hash = passwords.hash("correct horse", "salt of 16 bytes").get(10, TimeUnit.SECONDS)

  private def matches(password: String, stored: PasswordHash): Boolean =
    passwords.matches(password, stored).get(10, TimeUnit.SECONDS)

  "A password" should {
    "be kept as Argon2id with the memory and passes that OWASP asks for" in {
      hash.encoded should startWith("$argon2id$v=19$m=19456,t=2,p=1$")
    }
    "match its hash and no other does" in {
      matches("correct horse", hash) shouldBe true
      Seq("correct horsf", "correct hors", "Correct horse", "correct horse ", "").foreach(
        matches(_, hash) shouldBe false
      )
    }
    "match a hash that was made with other parameters" in {
      val cheap = ConfigFactory
        .parseString("turnwise.account.passwords { memory-kib = 1024, passes = 1 }")
        .withFallback(config)
      val old = new Passwords(cheap).hash("correct horse", "salt of 16 bytes").get(10, TimeUnit.SECONDS)
      old.encoded should include("m=1024,t=1")
      matches("correct horse", old) shouldBe true
      matches("wrong horse", old) shouldBe false
    }
    "match however the keyboard composes its letters" in {
      val composed = passwords.hash("Zürich-See", "salt of 16 bytes").get(10, TimeUnit.SECONDS)
      matches("Zu\u0308rich-See", composed) shouldBe true
    }
    "hash differently under another salt" in {
      passwords.hash("correct horse", "another 16 bytes").get(10, TimeUnit.SECONDS) should not be hash
    }
    "have 8 to 128 characters, each counted once" in {
      val ann = new Username("Ann", "ann")
      Passwords.isAcceptable("x" * 7, ann) shouldBe false
      Passwords.isAcceptable("x" * 8, ann) shouldBe true
      Passwords.isAcceptable("x" * 128, ann) shouldBe true
      Passwords.isAcceptable("x" * 129, ann) shouldBe false
      Passwords.isAcceptable("🐎" * 7, ann) shouldBe false
      Passwords.isAcceptable("🐎" * 128, ann) shouldBe true
    }
    "not be the username, however it is written" in {
      val name = Username.of("Annabelle").get
      Seq("Annabelle", "annabelle", "ＡＮＮＡＢＥＬＬＥ").foreach(Passwords.isAcceptable(_, name) shouldBe false)
      Passwords.isAcceptable("annabelle1", name) shouldBe true
    }
  }

  "Where there is no member" should {
    "no password match" in {
      Seq("correct horse", "").foreach(matches(_, null) shouldBe false)
    }
    "the same work be done" in {
      val work = new LinkedBlockingQueue[Runnable]
      val counted = new Passwords(config, (task: Runnable) => { work.add(task); () })
      val unknown = counted.matches("correct horse", null)
      val wrong = counted.matches("wrong horse", hash)
      work should have size 2
      val nanos = Iterator.continually(work.poll()).takeWhile(_ != null).map { task =>
        val before = System.nanoTime()
        task.run()
        System.nanoTime() - before
      }
      // a hash of these parameters takes tens of milliseconds, whatever skips it less than one
      nanos.toSeq.foreach(_ should be > 2_000_000L)
      unknown.join().booleanValue shouldBe false
      wrong.join().booleanValue shouldBe false
    }
  }

  "Too many passwords at once" should {
    "be refused as busy" in {
      val full: Executor = _ => throw new RejectedExecutionException
      val busy = the[ExecutionException] thrownBy new Passwords(config, full).hash("correct horse", "salt").get()
      busy.getCause shouldBe a[ProblemException]
      busy.getCause.getMessage should include("try again")
    }
    "all be answered when the bound is kept, and the rest refused" in {
      val narrow = ConfigFactory
        .parseString("turnwise.account.passwords { memory-kib = 8192, threads = 1, waiting-max = 2 }")
        .withFallback(config)
      val one = new Passwords(narrow)
      val asked = (1 to 50).map(_ => one.hash("correct horse", "salt of 16 bytes"))
      val refused = asked.count { future =>
        try { future.get(20, TimeUnit.SECONDS); false }
        catch { case _: ExecutionException => true }
      }
      refused should (be > 0 and be <= 47)
    }
  }
}
