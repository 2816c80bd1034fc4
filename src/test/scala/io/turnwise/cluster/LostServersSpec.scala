package io.turnwise.cluster

import scala.concurrent.duration._

import io.turnwise.stores.{FragileStores, ServersOf, TempFolders}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class LostServersSpec extends AnyWordSpec with Matchers with TempFolders {

  private def kill(pid: Long): Unit = {
    ProcessHandle.of(pid).ifPresent(handle => { handle.destroyForcibly(); () }); ()
  }

  "A node whose own servers are killed" should {
    "start them again, go on with all it had, and say so in a line or two" in {
      val node = NodeProcess.java(newPath()).awaitReady()
      try {
        val api = new Api(node.port)
        val session = api.newSession()
        val numbers = Iterator.from(1)
        def place(): Int = api.bid(session, "ada", numbers.next()).status
        def ranking(query: String) = api.get(s"/api/leaderboard/$session$query").json.path("leaderboard")
        place() shouldBe 200
        val (postgres, redis) = (ServersOf.postgres(node.folder).get, ServersOf.redis(node.folder).get)
        kill(postgres)
        NodeProcess.await(10.seconds)(place() == 503) shouldBe true
        NodeProcess.await(30.seconds)(place() == 200) shouldBe true
        kill(redis)
        NodeProcess.await(10.seconds)(node.out.contains("Redis is back")) shouldBe true
        place() shouldBe 200
        NodeProcess.await(30.seconds)(NodeProcess.status(node.port, "/health/ready").contains(200)) shouldBe true
        NodeProcess.await(10.seconds)(ranking("") == ranking("?consistency=strong")) shouldBe true
        ServersOf.postgres(node.folder) should (be(defined) and not be Some(postgres))
        ServersOf.redis(node.folder) should (be(defined) and not be Some(redis))
        node.kill("TERM")
        node.awaitExit(30.seconds)
      } finally if (node.isAlive) node.killGroup("KILL")
      val warnings = node.out.linesIterator.filter(_.contains(" WARN ")).map(_.replaceAll(".*Outage +|.*Watch +", ""))
      warnings.map(_.takeWhile(_ != ',')).toSeq.map(_.replaceAll(" by itself.*", "")) should contain theSameElementsAs
        Seq("Postgres has ended", "Postgres is away", "Redis has ended", "Redis is away")
      node.out should not include regex("ERROR|Exception:.*\\n\\tat |\\tat ")
      node.err shouldBe ""
      NodeProcess.processesOf(node.folder) shouldBe Nil
    }
  }

  "A node whose external Postgres is not up yet" should {
    "say so, wait for it, and start when it is" in {
      val stores = new FragileStores(newPath())
      try {
        stores.stopPostgres("QUIT")
        val node = NodeProcess.java(
          newPath(),
          Map(
            "TURNWISE_POSTGRES_URL" -> stores.access.url,
            "TURNWISE_POSTGRES_USER" -> stores.access.user,
            "TURNWISE_POSTGRES_PASSWORD" -> stores.access.password,
            "TURNWISE_REDIS_URL" -> stores.redisUri
          )
        )
        try {
          NodeProcess.await(30.seconds)(node.out.contains("Waiting for Postgres")) shouldBe true
          stores.startPostgres()
          node.awaitReady()
          new Api(node.port).newSession() should not be empty
          node.out.split("Waiting for Postgres").length shouldBe 2
          node.kill("TERM")
          node.awaitExit(30.seconds)
        } finally if (node.isAlive) node.killGroup("KILL")
      } finally stores.close()
    }
  }
}
