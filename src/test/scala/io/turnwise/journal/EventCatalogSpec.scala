package io.turnwise.journal

import java.{util => ju}

import io.turnwise.turn.{Erase, Erased, Tally}
import org.scalatest.wordspec.AnyWordSpec

class EventCatalogSpec extends AnyWordSpec {

  private def domain(names: (String, Class[_])*): ju.Map[String, Class[_]] = {
    val map = new ju.LinkedHashMap[String, Class[_]]
    names.foreach { case (name, named) => map.put(name, named) }
    map
  }

  "A name of two domains" should {
    "be refused, and be named" in {
      val thrown = intercept[IllegalArgumentException](
        EventCatalog.of(Tally.Names, domain("tally.added/1" -> classOf[String]))
      )
      assert(thrown.getMessage.contains("tally.added/1"))
    }
  }

  "A class with two names" should {
    "be refused, in one domain as in two" in {
      assertThrows[IllegalArgumentException](
        EventCatalog.of(Tally.Names, domain("other.added/1" -> classOf[Tally.Added]))
      )
      assertThrows[IllegalArgumentException](
        EventCatalog.of(domain("a.b/1" -> classOf[Tally.Added], "a.c/2" -> classOf[Tally.Added]))
      )
    }
  }

  "A class with several versions of its name" should {
    "be read by each of them and written by the last" in {
      val catalog = EventCatalog.of(domain("a.b/1" -> classOf[Tally.Added], "a.b/2" -> classOf[Tally.Added]))
      assert(catalog.named("a.b/1").`type` == classOf[Tally.Added])
      assert(catalog.named(Tally.Added(1): Any).name == "a.b/2")
    }
  }

  "A catalogue" should {
    "find a name by its class and a class by its name" in {
      val catalog = EventCatalog.of(Tally.Names)
      assert(catalog.named(Tally.Added(1): Any).name == "tally.added/1")
      assert(catalog.named("tally.added/1").`type` == classOf[Tally.Added])
    }

    "know what the kernel itself stores and sends" in {
      val catalog = EventCatalog.of(Tally.Names)
      assert(catalog.named("turn.erased/1").`type` == classOf[Erased[_]])
      assert(catalog.named(new Erase[Tally]: Any).name == "turn.erase/1")
    }

    "say what it does not know" in {
      val catalog = EventCatalog.of(Tally.Names)
      val unknownName = intercept[IllegalArgumentException](catalog.named("tally.added/2"))
      assert(unknownName.getMessage.contains("tally.added/2") && unknownName.getMessage.contains("newer version"))
      val unnamed = intercept[IllegalArgumentException](catalog.named(new StringBuilder: Any))
      assert(unnamed.getMessage.contains("StringBuilder"))
    }
  }
}
