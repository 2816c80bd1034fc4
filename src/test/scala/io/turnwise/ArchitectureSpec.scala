package io.turnwise

import java.time.{Clock, Instant}
import java.util.Random
import java.util.concurrent.ThreadLocalRandom

import scala.jdk.CollectionConverters._

import com.tngtech.archunit.base.DescribedPredicate
import com.tngtech.archunit.core.domain.{JavaClass, JavaClasses, JavaMethodCall}
import com.tngtech.archunit.core.importer.{ClassFileImporter, ImportOption}
import com.tngtech.archunit.lang.ArchRule
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses
import com.tngtech.archunit.lang.syntax.elements.{ClassesShould, ClassesShouldConjunction}
import org.scalatest.wordspec.AnyWordSpec

class ArchitectureSpec extends AnyWordSpec {

  private lazy val product: JavaClasses =
    new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.turnwise")

  private def check(rule: ArchRule): Unit = rule.check(product)

  /** What each package may use of ours besides itself. */
  private val below: Seq[(String, Seq[String])] = Seq(
    "turn" -> Nil,
    "journal" -> Seq("turn"),
    "projection" -> Seq("turn", "journal"),
    "http" -> Seq("turn", "journal", "projection"),
    "metrics" -> Seq("http"),
    "account" -> Seq("turn", "journal", "projection", "http"),
    "bidding" -> Seq("turn", "journal", "projection", "http"),
    "learner" -> Seq("turn", "journal", "projection", "http"),
    "console" -> Seq("turn", "journal", "projection", "http", "account", "bidding", "learner"),
    "operations" -> Seq("turn", "journal", "projection", "http"),
    "stores" -> Nil,
    "cluster" -> (Seq(
      "turn",
      "journal",
      "projection",
      "http",
      "metrics",
      "account",
      "bidding",
      "learner",
      "console",
      "operations"
    ) :+ "stores"),
    "cli" -> Seq("cluster", "stores", "http", "learner")
  )

  private def in(name: String): String = s"io.turnwise.$name.."

  private def oursBut(allowed: Seq[String]): DescribedPredicate[JavaClass] = {
    val inside = JavaClass.Predicates.resideInAnyPackage(allowed.map(in): _*)
    JavaClass.Predicates.resideInAPackage("io.turnwise..").and(DescribedPredicate.not(inside))
  }

  "The packages" should {
    below.foreach { case (name, allowed) =>
      s"use nothing above $name in it" in {
        check(noClasses().that().resideInAPackage(in(name)).should().dependOnClassesThat(oursBut(name +: allowed)))
      }
    }

    "be these and no others" in {
      val names = product.asScala.map(_.getPackageName.stripPrefix("io.turnwise").stripPrefix(".").takeWhile(_ != '.'))
      assert(names.toSet - "" == below.map(_._1).toSet)
    }

    "be entered by Main through the command line" in {
      check(
        noClasses()
          .that()
          .resideInAPackage("io.turnwise")
          .should()
          .dependOnClassesThat(oursBut(Seq("cli")).and(DescribedPredicate.not(named("io.turnwise.Main"))))
      )
    }
  }

  "A domain" should {
    "keep the parts of its rules to itself and them in order" in {
      def uses(domain: String, part: String, allowed: String*) = {
        val inner = (part +: allowed).map(name => in(s"$domain.$name"))
        val others = JavaClass.Predicates
          .resideInAPackage(in(domain))
          .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(inner: _*)))
        check(noClasses().that().resideInAPackage(in(s"$domain.$part")).should().dependOnClassesThat(others))
      }
      uses("bidding", "terms")
      uses("bidding", "board")
      uses("bidding", "redis", "board")
      uses("learner", "model.memory")
      uses("learner", "evaluation", "model")
      uses("learner", "decision", "model")
      uses("learner", "word", "model")
      uses("learner", "simulation", "model")
    }

    "know Akka only where it meets the world" in {
      val mayUseAkka = Seq(
        "account.AccountRoutes",
        "bidding.Bidding",
        "bidding.BiddingRoutes",
        "bidding.HistoryRoutes",
        "bidding.BiddingSessions",
        "bidding.BoardKeeper",
        "bidding.BoardProjection",
        "bidding.BulkRoutes",
        "bidding.Demo",
        "bidding.SessionAdminRoutes",
        "bidding.SessionFeeds",
        "bidding.SessionListing",
        "learner.InsightRoutes",
        "learner.LearnerFeeds",
        "learner.LearnerRoutes",
        "learner.Learners",
        "learner.Learning",
        "learner.ProfileRoutes",
        "learner.RightsRoutes",
        "learner.WatchRoutes"
      ).map("io.turnwise." + _)
      check(
        noClasses()
          .that(JavaClass.Predicates.resideInAnyPackage(in("account"), in("bidding"), in("learner")))
          .and(DescribedPredicate.not(named(mayUseAkka: _*)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("akka..")
      )
      mayUseAkka.foreach { name =>
        val uses = product.asScala.filter(named(name).test).flatMap(_.getDirectDependenciesFromSelf.asScala)
        assert(uses.exists(_.getTargetClass.getPackageName.startsWith("akka")), s"$name no longer needs to be excepted")
      }
    }
  }

  "Rules" should {
    Seq[(String, ClassesShould => ClassesShouldConjunction)](
      "Instant.now()" -> (_.callMethod(classOf[Instant], "now")),
      "Instant.now(clock)" -> (_.callMethod(classOf[Instant], "now", classOf[Clock])),
      "System.currentTimeMillis()" -> (_.callMethod(classOf[System], "currentTimeMillis")),
      "System.nanoTime()" -> (_.callMethod(classOf[System], "nanoTime")),
      "Math.random()" -> (_.callMethod(classOf[Math], "random")),
      "new Random()" -> (_.callConstructor(classOf[Random])),
      "new Random(seed)" -> (_.callConstructor(classOf[Random], classOf[Long])),
      "ThreadLocalRandom" -> (_.dependOnClassesThat().areAssignableTo(classOf[ThreadLocalRandom]))
    ).foreach { case (source, use) =>
      s"take time and chance as they are handed in, not from $source" in {
        // how long somebody has waited, for a turn or for a reply, is no matter of rules
        val rules = noClasses().that().resideInAnyPackage(in("turn"), in("account"), in("bidding"), in("learner"))
        check(use(rules.and().haveNameNotMatching(".*\\.(Replies|TurnEntity|TurnWriter)(\\$.*)?").should()))
      }
    }
  }

  "The learner's numerics" should {
    "come out the same on every machine" in {
      // what of Math is exact by definition
      val exact = Set("min", "max", "abs", "round", "floorMod", "floorDiv")
      val inexact = DescribedPredicate.describe[JavaMethodCall](
        "of java.lang.Math, but for exact ones",
        call => call.getTargetOwner.isEquivalentTo(classOf[Math]) && !exact(call.getName)
      )
      check(noClasses().that().resideInAPackage(in("learner.model")).should().callMethodWhere(inexact))
    }

    "know nothing of what is around them, and each part only what is below it" in {
      val parts = Seq(
        "numeric" -> Nil,
        "memory" -> Nil,
        "perception" -> Seq("numeric"),
        "state" -> Seq("numeric", "perception"),
        "strategy" -> Seq("perception", "state"),
        "bandit" -> Seq("numeric", "state", "strategy")
      )
      parts.foreach { case (part, allowed) =>
        val inside = (part +: allowed).map(name => s"learner.model.$name")
        check(
          noClasses().that().resideInAPackage(in(s"learner.model.$part")).should().dependOnClassesThat(oursBut(inside))
        )
      }
      val model = noClasses().that().resideInAPackage(in("learner.model"))
      check(model.should().dependOnClassesThat(oursBut(Seq("learner.model"))))
      val jackson = Seq("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..")
      val outside = jackson ++ Seq("akka..", "java.io..", "java.nio..", "java.time..", "scala..")
      check(model.should().dependOnClassesThat().resideInAnyPackage(outside: _*))
    }
  }

  "What operators see" should {
    "be told of values, and meet Akka only in its routes and where it is put together" in {
      val mayUseAkka =
        Seq("EntityRoutes", "Operations", "SnapshotCleaning", "SnapshotRoutes").map("io.turnwise.operations." + _)
      check(
        noClasses()
          .that()
          .resideInAPackage(in("operations"))
          .and(DescribedPredicate.not(named(mayUseAkka: _*)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("akka..")
      )
    }
  }

  "A class" should {
    "be named for what it is" in {
      check(
        noClasses()
          .should()
          .haveNameMatching(""".*[.$]((Abstract|Default)[A-Z]\w*|\w*(Impl|Manager|Helper|Utils?|Data|Info))""")
      )
    }
  }

  /** By name, those nested in them included. */
  private def named(names: String*): DescribedPredicate[JavaClass] =
    DescribedPredicate.describe(
      names.mkString(" or "),
      (found: JavaClass) => names.exists(name => found.getName == name || found.getName.startsWith(name + "$"))
    )
}
