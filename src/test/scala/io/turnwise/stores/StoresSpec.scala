package io.turnwise.stores

import java.nio.file.{Files, Path}
import java.sql.SQLException
import java.time.Duration

import io.lettuce.core.{RedisClient, RedisConnectionException}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class StoresSpec extends AnyWordSpec with Matchers with TempFolders {

  private def using[A](path: Path, settings: StoreSettings = TestStores.settings)(use: Stores => A): A = {
    val folder = DataFolder.open(path, Duration.ofSeconds(10))
    try {
      val stores = Stores.open(settings, folder)
      try use(stores)
      finally stores.close()
    } finally folder.close()
  }

  private def query(access: PostgresAccess, sql: String): String = {
    val connection = TestStores.connect(access)
    try {
      val rows = connection.createStatement().executeQuery(sql)
      rows.next() shouldBe true
      rows.getString(1)
    } finally connection.close()
  }

  private def execute(access: PostgresAccess, sql: String): Unit = {
    val connection = TestStores.connect(access)
    try connection.createStatement().execute(sql)
    finally connection.close()
    ()
  }

  private def redis[A](uri: String)(use: io.lettuce.core.api.sync.RedisCommands[String, String] => A): A = {
    val client = RedisClient.create(uri)
    try use(client.connect().sync())
    finally client.shutdown(0, 2, java.util.concurrent.TimeUnit.SECONDS)
  }

  private def postgresOf(path: Path) = PostgresServer.find(path.resolve("postgres"))

  private def redisOf(path: Path) = RedisServer.find(path.resolve("redis"))

  private def session(pid: Long): Long = {
    val stat = Files.readString(Path.of(s"/proc/$pid/stat"))
    stat.drop(stat.lastIndexOf(')') + 2).split(' ')(3).toLong
  }

  "Stores of a data folder" should {
    "keep every row over a restart, and be new only the first time" in {
      val path = newPath()
      using(path) { stores =>
        stores.isNew shouldBe true
        execute(stores.postgres, "CREATE TABLE kept (n int)")
        execute(stores.postgres, "INSERT INTO kept VALUES (1), (2), (3)")
      }
      postgresOf(path).isPresent shouldBe false
      redisOf(path).isPresent shouldBe false
      using(path) { stores =>
        stores.isNew shouldBe false
        query(stores.postgres, "SELECT count(*) FROM kept") shouldBe "3"
      }
    }

    "write to disk before they answer, and listen on loopback only" in {
      val path = newPath()
      using(path) { stores =>
        query(stores.postgres, "SHOW fsync") shouldBe "on"
        query(stores.postgres, "SHOW synchronous_commit") shouldBe "on"
        query(stores.postgres, "SHOW full_page_writes") shouldBe "on"
        query(stores.postgres, "SHOW listen_addresses") shouldBe "127.0.0.1"
        query(stores.administrator.get, "SHOW unix_socket_directories") shouldBe ""
        query(stores.postgres, "SHOW server_version") should startWith("17.")
        redis(stores.redisUri) { commands =>
          commands.configGet("save").get("save") shouldBe ""
          commands.configGet("appendonly").get("appendonly") shouldBe "no"
          commands.configGet("maxmemory-policy").get("maxmemory-policy") shouldBe "noeviction"
          commands.configGet("bind").get("bind") shouldBe "127.0.0.1"
        }
      }
    }

    "let in only who knows the password, as a role with no rights beyond its database" in {
      val path = newPath()
      using(path) { stores =>
        query(
          stores.postgres,
          "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication FROM pg_roles WHERE rolname = current_user"
        ) shouldBe "f"
        query(
          stores.postgres,
          "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
        ) shouldBe
          "turnwise"
        for ((user, password) <- List("turnwise" -> "wrong", "postgres" -> "", "postgres" -> stores.postgresPassword)) {
          val refused = the[SQLException] thrownBy
            TestStores.connect(new PostgresAccess(stores.postgresUrl, user, password))
          withClue(refused.getMessage)(refused.getSQLState should (be("28P01") or be("08004")))
        }
        a[RedisConnectionException] should be thrownBy
          redis(stores.redisUri.replaceFirst(":[^:/]+@", ":wrong@"))(_.ping())
        stores.toString should not include stores.postgresPassword
        stores.toString should not include stores.redisUri.split("[:@]")(2)
      }
      val command = Files.readString(path.resolve("postgres/postmaster.opts"))
      command should not include Files.readString(path.resolve("secrets/postgres-turnwise")).strip()
    }

    "take a new password from its secret file" in {
      val path = newPath()
      val before = using(path)(_.postgresPassword)
      Files.delete(path.resolve("secrets/postgres-turnwise"))
      using(path) { stores =>
        stores.postgresPassword should not be before
        query(stores.postgres, "SELECT 1") shouldBe "1"
      }
    }
  }

  "Servers left behind by a killed process" should {
    "be taken over with every committed row" in {
      val path = newPath()
      val child = ChildJvm.start("write", path)
      child.next("READY")
      Iterator.continually(child.next("COMMITTED")).find(_.forall(_.toLong >= 200)).flatten shouldBe defined
      child.kill()
      val committed = child.last("COMMITTED").fold(200L)(_.toLong)
      val leftPostgres = postgresOf(path).get
      val leftRedis = redisOf(path).get

      using(path) { stores =>
        leftPostgres.isRunning shouldBe false
        leftRedis.isRunning shouldBe false
        stores.isNew shouldBe false
        query(stores.postgres, "SELECT count(*) FROM written").toLong should be >= committed
        redis(stores.redisUri)(_.ping()) shouldBe "PONG"
      }
    }

    "not be looked for in a process that is somebody else's" in {
      val path = newPath()
      using(path)(stores => execute(stores.postgres, "CREATE TABLE kept (n int)"))
      val stranger = new ProcessBuilder("sleep", "60").directory(path.resolve("postgres").toFile).start()
      try {
        Files.writeString(path.resolve("postgres/postmaster.pid"), s"${stranger.pid}\n${path.resolve("postgres")}\n")
        Files.writeString(path.resolve("redis/redis.pid"), s"${stranger.pid}\n")
        using(path) { stores =>
          query(stores.postgres, "SELECT count(*) FROM kept") shouldBe "0"
          redis(stores.redisUri)(_.ping()) shouldBe "PONG"
        }
        stranger.isAlive shouldBe true
      } finally stranger.destroyForcibly().waitFor()
    }
  }

  "Ctrl-C in the terminal" should {
    "reach neither server" in {
      val path = newPath()
      val child = ChildJvm.start("write", path)
      try {
        child.next("READY")
        child.next("COMMITTED")
        val servers = List(postgresOf(path).get, redisOf(path).get)
        servers.map(server => session(server.pid)) should not contain session(child.pid)

        new ProcessBuilder("sh", "-c", s"kill -INT -${child.pid}").inheritIO().start().waitFor() shouldBe 0
        // Where this JVM was started with SIGINT ignored (in the background of a script), the child ignores it as well.
        Waiting.until(() => !child.isAlive, Duration.ofSeconds(3))
        servers.map(_.isRunning) shouldBe List(true, true)
        Files.list(path.resolve("postgres/log")).forEach(log => Files.readString(log) should not include "shutdown")
        Files.readString(path.resolve("redis/redis.log")) should not include "shutdown"
      } finally child.kill()
      using(path)(stores => query(stores.postgres, "SELECT count(*) FROM written").toLong should be >= 1L)
    }
  }

  "A first start that was cut off" should {
    "be set aside and begun again" in {
      val path = newPath()
      using(path)(_ => ())
      Files.delete(path.resolve("postgres/turnwise.finished"))
      using(path) { stores =>
        stores.isNew shouldBe true
        Files.exists(path.resolve("postgres.unfinished-1/PG_VERSION")) shouldBe true
      }
    }
  }

  "A Postgres that cannot start" should {
    "say why, and leave no Redis running" in {
      val path = newPath()
      using(path)(_ => ())
      Files.writeString(path.resolve("postgres/PG_VERSION"), "16\n")
      val failure = the[StoreFailure] thrownBy using(path)(_ => ())
      failure.getMessage should include("Postgres cannot be started")
      failure.getMessage should include("16")
      redisOf(path).isPresent shouldBe false
      postgresOf(path).isPresent shouldBe false
    }
  }

  "External stores" should {
    "be used as they are and not stopped" in {
      val database = TestStores.freshDatabase()
      val cache = TestStores.freshRedis()
      val settings =
        new StoreSettings(java.util.Optional.of(database), java.util.Optional.of(cache), java.util.Optional.empty())
      val path = newPath()
      using(path, settings) { stores =>
        stores.postgres shouldBe database
        stores.redisUri shouldBe cache
        stores.isNew shouldBe true
      }
      Files.exists(path.resolve("postgres")) shouldBe false
      Files.exists(path.resolve("redis")) shouldBe false
      query(database, "SELECT 1") shouldBe "1"
      redis(cache)(_.ping()) shouldBe "PONG"
    }
  }
}
