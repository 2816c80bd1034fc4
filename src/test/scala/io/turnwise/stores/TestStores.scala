package io.turnwise.stores

import java.nio.file.{Files, Path}
import java.sql.{Connection, DriverManager}
import java.time.Duration
import java.util.concurrent.atomic.AtomicInteger

/** One Postgres and one Redis for all specs of a test JVM: started when first asked for, gone when the JVM is.
  *
  * A spec takes a database and a Redis of its own and disturbs nobody:
  * {{{
  * private lazy val database = TestStores.freshDatabase() // migrated: database.url, database.user, database.password
  * private lazy val redis = TestStores.freshRedis()       // a URI
  * }}}
  * Take them in `lazy val`s or `beforeAll`, never in the constructor. Nothing needs to be given back.
  */
object TestStores {

  /** Where the Postgres programs of all specs are unpacked, once per checkout. */
  val programs: Path = Path.of("target", "test-programs").toAbsolutePath

  val settings: StoreSettings = StoreSettings.embedded().withPrograms(programs)

  private val databases = new AtomicInteger
  private val redisDatabases = new AtomicInteger

  private lazy val stores: Stores = {
    val parent = Files.createTempDirectory("turnwise-test-stores")
    val folder = DataFolder.open(parent.resolve("data"), Duration.ZERO)
    val opened = Stores.open(settings, folder)
    Runtime.getRuntime.addShutdownHook(new Thread(() => {
      opened.close()
      folder.close()
      TempFolders.delete(parent)
    }))
    Migrations.apply(opened.postgres)
    opened
  }

  /** A database that nobody else uses, with the schema in it. */
  def freshDatabase(): PostgresAccess = createDatabase(s"TEMPLATE ${stores.postgresUser}")

  /** A database that nobody else uses, without any schema. */
  def emptyDatabase(): PostgresAccess = createDatabase("TEMPLATE template1")

  /** An empty Redis: one of its fifteen numbered databases, in turn, so that fifteen can be in use at once. */
  def freshRedis(): String = {
    val number = redisDatabases.getAndIncrement() % 15 + 1
    val uri = stores.redisUri.replaceFirst("/0$", s"/$number")
    val client = io.lettuce.core.RedisClient.create(uri)
    try client.connect().sync().flushdb()
    finally client.shutdown(0, 2, java.util.concurrent.TimeUnit.SECONDS)
    uri
  }

  def connect(access: PostgresAccess): Connection =
    DriverManager.getConnection(access.url, access.user, access.password)

  private def createDatabase(template: String): PostgresAccess = synchronized {
    val name = s"spec_${databases.incrementAndGet()}"
    val connection = connect(stores.administrator.orElseThrow())
    try connection.createStatement().execute(s"CREATE DATABASE $name OWNER ${stores.postgresUser} $template")
    finally connection.close()
    val url = stores.postgresUrl.replaceFirst("/turnwise\\?", s"/$name?")
    new PostgresAccess(url, stores.postgresUser, stores.postgresPassword)
  }
}
