package io.turnwise.turn

import java.{util => ju}
import java.lang.{Long => JLong}
import java.time.{Duration, InstantSource}
import java.util.concurrent.{CompletableFuture, ConcurrentLinkedQueue, TimeUnit}
import java.util.concurrent.atomic.{AtomicInteger, AtomicLong}

import scala.collection.mutable
import scala.jdk.CollectionConverters._

import akka.actor.typed.{ActorRef, Props}
import io.turnwise.cluster.EngineFixture
import io.turnwise.journal.{EventCatalog, Snapshots, TurnSerializer}
import io.turnwise.turn.Tally.{Add, CloseAt, Read, Total}
import org.jdbi.v3.core.HandleCallback
import org.scalatest.wordspec.AnyWordSpec

class TurnEntitySpec extends AnyWordSpec with EngineFixture {
  override protected def names: ju.Map[String, Class[_]] = Tally.Names

  private val numbers = new AtomicInteger
  private lazy val serializer = new TurnSerializer(EventCatalog.of(names))
  private lazy val settings0 = TurnSettings.of(engine.config)

  /** One entity whose clock we hold. */
  private final class Situation(
      val id: String = s"default:t${numbers.incrementAndGet()}",
      val clockMillis: AtomicLong = new AtomicLong(1_790_000_000_000L),
      settings: TurnSettings = settings0,
      store: Option[SnapshotStore] = None
  ) {
    private val clock: InstantSource = () => java.time.Instant.ofEpochMilli(clockMillis.get)
    @volatile var storing: CompletableFuture[Void] = CompletableFuture.completedFuture(null)
    private lazy val snapshots: SnapshotStore = store.getOrElse(
      new Snapshots(engine.jdbi, engine.blocking, serializer, clock, 5, engine.outage)
    )
    private val keep: SnapshotStore = (pid, sequenceNumber, image) => {
      storing = snapshots.store(pid, sequenceNumber, image)
      storing
    }
    private val surroundings =
      new TurnEntity.Surroundings(settings, clock, _ => (), keep, NoEraser, engine.outage.explains(_))
    val ref: ActorRef[Message] = spawn()

    private def spawn(): ActorRef[Message] = engine.system.systemActorOf(
      TurnEntity.create(Tally.Rules, id, surroundings),
      s"entity-${numbers.incrementAndGet()}",
      Props.empty
    )

    def send(command: Command[Tally, _], caller: Caller = Caller.of("u"), deadline: Long = Long.MaxValue) = {
      val reply = Replies.get(engine.system).expect(soon)
      ref.tell(new Message.Ask(caller, command, deadline, reply))
      reply: CompletableFuture[Reply]
    }

    def ask(command: Command[Tally, _], caller: Caller = Caller.of("u"), deadline: Long = Long.MaxValue): Reply =
      send(command, caller, deadline).get(10, TimeUnit.SECONDS)

    def snapshotted: Seq[Long] = query(
      _.createQuery("SELECT sequence_number FROM snapshot WHERE persistence_id = :p ORDER BY 1")
        .bind("p", "tally|" + id)
        .mapTo(classOf[JLong])
        .list()
    ).asScala.toSeq.map(_.longValue)

    def tally: Tally = answer[Tally](ask(Read(true)))

    /** The same entity after its memory is gone. */
    def restarted(newSettings: TurnSettings = settings): Situation = {
      val gone = new CompletableFuture[Unit]
      engine.system.systemActorOf(
        akka.actor.typed.javadsl.Behaviors.setup[Message] { context =>
          context.watchWith(ref, new Message.Wake())
          akka.actor.typed.javadsl.Behaviors.receiveMessage[Message] { _ =>
            gone.complete(())
            akka.actor.typed.javadsl.Behaviors.stopped
          }
        },
        s"watch-${numbers.incrementAndGet()}",
        Props.empty
      )
      ref.tell(new Message.Stop())
      gone.get(10, TimeUnit.SECONDS)
      new Situation(id, clockMillis, newSettings)
    }
  }

  private def answer[A](reply: Reply): A = reply match {
    case accepted: Reply.Accepted => accepted.answer.asInstanceOf[A]
    case refused                  => fail(s"not accepted: $refused")
  }

  private def code(reply: Reply): String = reply match {
    case refused: Reply.Refused => refused.code
    case accepted               => fail(s"not refused: $accepted")
  }

  private def query[A](f: org.jdbi.v3.core.Handle => A): A =
    engine.jdbi.withHandle[A, RuntimeException]((handle => f(handle)): HandleCallback[A, RuntimeException])

  private def keyed(by: String, key: String, hash: String = "h"): Caller = Caller.of(by).withKey(key, hash)

  private def all(replies: Seq[CompletableFuture[Reply]]): Seq[Reply] = replies.map(_.get(10, TimeUnit.SECONDS))

  "Concurrent commands" should {
    "lose nothing, and have the effect of one after the other in journal order" in {
      val situation = new Situation
      val senders = 8
      val replies = new java.util.concurrent.ConcurrentLinkedQueue[CompletableFuture[Reply]]
      val threads = (1 to senders).map(sender =>
        new Thread(() => (1 to 125).foreach(n => replies.add(situation.send(Add(n.toLong), Caller.of(s"s$sender")))))
      )
      threads.foreach(_.start())
      threads.foreach(_.join())
      val answers = all(replies.asScala.toSeq).map(answer[Total])

      assert(answers.size == 1000)
      assert(answers.map(_.version).toSet == (1L to 1000L).toSet)
      val tally = situation.tally
      assert(tally.total == senders * (1 to 125).sum)
      val folded = engine.replay.fold[Tally](Tally.Rules, situation.id, false)
      assert(folded.state == tally)
      assert(folded.version == 1000)
      // every answer is the running total at its place in the journal
      val runningTotals = mutable.ArrayBuffer(0L)
      tally.history.forEach(line =>
        runningTotals += runningTotals.last + line.substring(line.indexOf(':') + 1, line.indexOf('@')).toLong
      )
      answers.foreach(answered => assert(answered.total == runningTotals(answered.version.toInt)))
      // each sender's own commands kept their order
      (1 to senders).foreach { sender =>
        val own = tally.history.asScala.filter(_.startsWith(s"s$sender:"))
        assert(own.map(line => line.substring(line.indexOf(':') + 1, line.indexOf('@')).toInt) == (1 to 125))
      }
      // turns batch: far fewer rows than commands
      val rows = query(
        _.createQuery("SELECT count(*) FROM event_journal WHERE persistence_id = :p")
          .bind("p", "tally|" + situation.id)
          .mapTo(classOf[Integer])
          .one()
      )
      assert(rows < 900)
    }
  }

  "A key that comes fifty times at once" should {
    "have one effect and fifty equal answers, also after a restart" in {
      val situation = new Situation
      val first = all((1 to 50).map(_ => situation.send(Add(7), keyed("u", "k"))))
      assert(first.map(answer[Total]).toSet == Set(Total(7, 1)))
      assert(first.count(_.asInstanceOf[Reply.Accepted].replayed) == 49)

      val restarted = situation.restarted()
      val second = all((1 to 50).map(_ => restarted.send(Add(7), keyed("u", "k"))))
      assert(second.map(answer[Total]).toSet == Set(Total(7, 1)))
      assert(second.forall(_.asInstanceOf[Reply.Accepted].replayed))
      assert(restarted.tally.total == 7)
    }

    "be refused with other content, and be another caller's own" in {
      val situation = new Situation
      situation.ask(Add(7), keyed("u", "k"))
      assert(code(situation.ask(Add(8), keyed("u", "k", "other"))) == "idempotency.key-reused")
      assert(answer[Total](situation.ask(Add(8), keyed("v", "k", "other"))).total == 15)
    }
  }

  "Remembered answers" should {
    "be the newest of each caller, none older than their age, and not those of refused commands" in {
      val situation = new Situation
      (1 to settings0.keysPerCaller + 1).foreach(n => situation.ask(Add(1), keyed("u", s"k$n")))
      assert(!situation.ask(Add(1), keyed("u", "k1")).asInstanceOf[Reply.Accepted].replayed)
      assert(situation.ask(Add(1), keyed("u", s"k${settings0.keysPerCaller}")).asInstanceOf[Reply.Accepted].replayed)
      situation.clockMillis.addAndGet(settings0.keyAge.toMillis + 1)
      assert(
        !situation.ask(Add(1), keyed("u", s"k${settings0.keysPerCaller}")).asInstanceOf[Reply.Accepted].replayed
      )
      assert(code(situation.ask(Add(-1), keyed("u", "refused"))) == "tally.refused")
      assert(!situation.ask(Add(1), keyed("u", "refused")).asInstanceOf[Reply.Accepted].replayed)
    }
  }

  "A rule that throws" should {
    "cost its own command only" in {
      val situation = new Situation
      val replies = all(Seq(Add(1), Add(Add.Poison), Add(2)).map(situation.send(_)))
      assert(code(replies(1)) == "internal")
      assert(answer[Total](replies(2)).total == 3)
      assert(situation.tally.total == 3)
    }
  }

  "A failed write" should {
    "be answered 503 with nothing kept in memory, and be over when the journal is" in {
      val situation = new Situation
      situation.ask(Add(1))
      query(
        _.execute(
          """CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.persistence_id = '%s' THEN RAISE EXCEPTION 'disk full'; END IF; RETURN NEW; END $$"""
            .format("tally|" + situation.id)
        )
      )
      query(_.execute("CREATE TRIGGER refuse BEFORE INSERT ON event_journal FOR EACH ROW EXECUTE FUNCTION refuse()"))
      try {
        val failed = situation.ask(Add(2), keyed("u", "k")).asInstanceOf[Reply.Refused]
        assert(failed.kind == Rejection.Kind.UNAVAILABLE)
        assert(code(situation.ask(Add(3))) == "unavailable")
      } finally query(_.execute("DROP FUNCTION refuse() CASCADE"))
      eventually(assert(answer[Total](situation.ask(Add(2), keyed("u", "k"))).total == 3))
      assert(situation.tally.total == 3)
    }
  }

  "An expired command" should {
    "not be executed" in {
      val situation = new Situation
      val now = situation.clockMillis.get
      assert(code(situation.ask(Add(1), deadline = now - 1)) == "unavailable")
      assert(answer[Total](situation.ask(Add(2), deadline = now + 60_000)).total == 2)
    }
  }

  "A stop under load" should {
    "answer everyone who came before it, and lose nothing" in {
      val situation = new Situation
      val replies = (1 to 500).map(_ => situation.send(Add(1)))
      val restarted = situation.restarted()
      assert(all(replies).forall(_.isInstanceOf[Reply.Accepted]))
      assert(restarted.tally.total == 500)
    }
  }

  "Recovery" should {
    "give the same state with and without a snapshot, remembered answers included" in {
      val situation = new Situation(settings = withSnapshotsEvery(10))
      (1 to 95).foreach { n =>
        situation.clockMillis.addAndGet(settings0.snapshotInterval.toMillis)
        situation.ask(Add(n.toLong), keyed("u", s"k$n"))
      }
      val live = situation.tally
      val restarted = situation.restarted()
      assert(restarted.tally == live)
      assert(restarted.ask(Add(95), keyed("u", "k95")).asInstanceOf[Reply.Accepted].replayed)
      val snapshotted = engine.replay.fold[Tally](Tally.Rules, situation.id, true)
      val folded = engine.replay.fold[Tally](Tally.Rules, situation.id, false)
      assert(snapshotted.snapshot(Tally.Rules) == folded.snapshot(Tally.Rules))
      assert(folded.state == live)
    }

    "keep the newest five snapshots" in {
      val situation = new Situation(settings = withSnapshotsEvery(10))
      (1 to 12).foreach { tens =>
        situation.clockMillis.addAndGet(settings0.snapshotInterval.toMillis)
        (1 to 10).foreach(n => situation.ask(Add(n.toLong)))
        eventually(assert(situation.snapshotted.contains(tens * 10L)))
        situation.storing.get(10, TimeUnit.SECONDS)
      }
      assert(situation.snapshotted == Seq(80L, 90L, 100L, 110L, 120L))
    }

    "not make a turn wait for a snapshot, nor take a second one meanwhile" in {
      val taken = new ConcurrentLinkedQueue[JLong]
      val stored = new CompletableFuture[Void]
      val situation = new Situation(
        settings = withSnapshotsEvery(10),
        store = Some { (_, sequenceNumber, _) => taken.add(sequenceNumber); stored }
      )
      def tenMore(): Unit = {
        situation.clockMillis.addAndGet(settings0.snapshotInterval.toMillis)
        (1 to 10).foreach(n => situation.ask(Add(n.toLong)))
      }
      (1 to 5).foreach(_ => tenMore())
      situation.ask(Read(true))
      assert(taken.asScala.toSeq == Seq(10L))
      stored.complete(null)
      tenMore()
      assert(taken.asScala.toSeq == Seq(10L, 51L))
    }

    "not take a snapshot more often than the interval allows, but leave one when it falls asleep" in {
      val situation = new Situation(settings = withSnapshotsEvery(10))
      (1 to 50).foreach(n => situation.ask(Add(n.toLong)))
      eventually(assert(situation.snapshotted == Seq(10L)))
      situation.restarted()
      eventually(assert(situation.snapshotted == Seq(10L, 50L)))
    }
  }

  "A clock set back" should {
    "never set an entity back, also across a restart" in {
      val situation = new Situation
      situation.ask(Add(1))
      val before = situation.clockMillis.get
      situation.clockMillis.addAndGet(-60_000)
      situation.ask(Add(2))
      val restarted = situation.restarted()
      restarted.ask(Add(3))
      val stamps = restarted.tally.history.asScala.map(line => line.substring(line.indexOf('@') + 1, line.indexOf('#')))
      assert(stamps == Seq.fill(3)(before.toString))
    }
  }

  "What is due" should {
    "be written before the command that comes past it" in {
      val situation = new Situation
      val deadline = situation.clockMillis.get + 3_600_000
      situation.ask(CloseAt(deadline))
      situation.clockMillis.set(deadline - 1)
      assert(answer[Total](situation.ask(Add(1))).total == 1)
      situation.clockMillis.set(deadline)
      assert(code(situation.ask(Add(1))) == "tally.refused")
      assert(situation.tally.closed)
      assert(engine.replay.fold[Tally](Tally.Rules, situation.id, false).version == 3)
    }

    "be written without any command, once" in {
      val situation = new Situation(clockMillis = new AtomicLong(System.currentTimeMillis()))
      situation.ask(CloseAt(situation.clockMillis.get + 50))
      situation.clockMillis.addAndGet(50)
      eventually(assert(engine.replay.fold[Tally](Tally.Rules, situation.id, false).state.closed))
      assert(engine.replay.fold[Tally](Tally.Rules, situation.id, false).version == 2)
    }
  }

  "A demanded version" should {
    "be the entity's version, or nothing is done" in {
      val situation = new Situation
      situation.ask(Add(1))
      assert(code(situation.ask(Add(1), Caller.of("u").withIfVersion(0))) == "version-mismatch")
      assert(answer[Total](situation.ask(Add(1), Caller.of("u").withIfVersion(1))).version == 2)
    }
  }

  "A full mailbox" should {
    "answer busy past its bound and go on" in {
      val situation = new Situation(settings = withWaitingMax(5))
      val replies = all((1 to 400).map(_ => situation.send(Add(1))))
      val busy = replies.collect { case refused: Reply.Refused => refused.code }
      assert(busy.nonEmpty && busy.forall(_ == "busy"))
      assert(situation.tally.total == 400 - busy.size)
    }
  }

  "A watcher" should {
    "get the newest state at once and after turns, and nothing when its lease is over" in {
      val situation = new Situation(clockMillis = new AtomicLong(System.currentTimeMillis()))
      val seen = new java.util.concurrent.LinkedBlockingQueue[News.State]
      val watcher = engine.system.systemActorOf(
        akka.actor.typed.javadsl.Behaviors.receiveMessage[News] { news =>
          Some(news).collect { case state: News.State => seen.add(state) }
          akka.actor.typed.javadsl.Behaviors.same[News]
        },
        s"watcher-${numbers.incrementAndGet()}",
        Props.empty
      )
      situation.ref.tell(new Message.Watch(watcher, true))
      assert(seen.poll(10, TimeUnit.SECONDS).version == 0)
      (1 to 300).foreach(_ => situation.ask(Add(1)))
      situation.clockMillis.addAndGet(settings0.feedInterval.toMillis)
      situation.ask(Add(1))
      var last = seen.poll(10, TimeUnit.SECONDS)
      while (last.version < 301) last = seen.poll(10, TimeUnit.SECONDS)
      assert(last.state.asInstanceOf[Tally].total == 301)
      situation.clockMillis.addAndGet(settings0.watchLease.toMillis + 1)
      situation.ask(Add(1))
      assert(seen.poll(300, TimeUnit.MILLISECONDS) == null)
    }
  }

  private def withSnapshotsEvery(events: Int): TurnSettings = copied(snapshotEvents = events)
  private def withWaitingMax(commands: Int): TurnSettings = copied(waitingMax = commands)

  private def copied(
      snapshotEvents: Int = settings0.snapshotEvents,
      waitingMax: Int = settings0.waitingMax,
      askTimeout: Duration = settings0.askTimeout
  ): TurnSettings =
    new TurnSettings(
      settings0.commandsPerTurn,
      waitingMax,
      settings0.restartBackoffMin,
      settings0.restartBackoffMax,
      settings0.keysPerCaller,
      settings0.keysPerEntity,
      settings0.keyAge,
      snapshotEvents,
      settings0.snapshotEventsAtRest,
      settings0.snapshotInterval,
      settings0.feedInterval,
      settings0.watchLease,
      settings0.noticesKept,
      settings0.noticesPerMessage,
      askTimeout,
      settings0.eraseAfterFailure
    )
}
