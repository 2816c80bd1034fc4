package io.turnwise

import java.lang.reflect.{InvocationTargetException, Modifier}
import java.nio.file.Path

import scala.jdk.CollectionConverters._
import scala.util.{Failure, Success, Try}

import com.tngtech.archunit.core.importer.ClassFileImporter
import org.scalatest.wordspec.AnyWordSpec

/** The runner drops a spec whose constructor throws and stays green; here it fails. */
class EverySpecLoadsSpec extends AnyWordSpec {

  // Looked for already here, because each is a test of its own; what throws becomes a test that fails.
  private val found: Try[Seq[String]] = Try {
    val tests = Path.of(getClass.getProtectionDomain.getCodeSource.getLocation.toURI)
    new ClassFileImporter().importPath(tests).asScala.toSeq.map(_.getName).filter(_.endsWith("Spec")).sorted
  }

  "The specs" should {
    "be found" in {
      assert(found.map(_.contains(getClass.getName)) == Success(true), found)
    }
  }

  "A spec that the runner would drop in silence" should {
    found.getOrElse(Nil).filterNot(_ == getClass.getName).foreach { name =>
      s"not be $name" in {
        val spec = Class.forName(name)
        assert(!Modifier.isAbstract(spec.getModifiers), "a spec is run, so it is a class that can be made")
        Try(spec.getDeclaredConstructor().newInstance()) match {
          case Failure(thrown: InvocationTargetException) => fail("its constructor throws", thrown.getCause)
          case Failure(other)                             => fail("it cannot be constructed", other)
          case Success(_)                                 => succeed
        }
      }
    }
  }
}
