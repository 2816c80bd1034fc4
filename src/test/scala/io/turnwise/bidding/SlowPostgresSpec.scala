package io.turnwise.bidding

import scala.jdk.CollectionConverters._

import org.scalatest.wordspec.AnyWordSpec

class SlowPostgresSpec extends AnyWordSpec with SteadyBids {

  override protected def settings: String = "akka.actor.serialize-messages = off"

  private def execute(sql: String): Unit = { query(_.execute(sql)); () }

  /** Once per transaction, when it commits. */
  private def slowDown(): Unit = {
    execute("""
      CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF current_setting('spec.slept', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
          PERFORM pg_sleep(0.2), set_config('spec.slept', pg_current_xact_id()::text, true);
        END IF;
        RETURN NULL;
      END $$""")
    execute("""
      CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON event_journal
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION take_time()""")
  }

  "A Postgres that takes 200 ms to commit" should {
    "make bids slower and refuse none" in {
      val sessions = (1 to 40).map(_ => busySession())
      slowDown()
      try {
        val load = steadily(sessions, 120, 10)
        eventually(assert(load.acknowledged.size >= 120 * 4))
        assert(get("/health/ready").status == 200)
        load.end()
        assert(load.failures.isEmpty)
        assert(load.answers.asScala.map(_.answer.status).toSet == Set(200))
        val (_, bids) = load.acknowledged.asScala.toSeq.unzip
        assert(bids.forall(_.millis >= 200), "what is answered is committed")
        sessions.take(5).foreach(session => assertNothingLost(session, load.of(session)))
      } finally execute("DROP TRIGGER slow_commit ON event_journal")
    }
  }
}
