package io.turnwise.learner.evaluation

import java.util.SplittableRandom

import scala.collection.mutable
import scala.collection.mutable.ListBuffer

import io.turnwise.learner.model.memory.{ActR, ActrSettings}

/** Logs of practice by learners whose memory is known. */
object Practised {

  val Header = "subj,session,time,item,type,correct,rt"

  /** Three sessions of each learner; every fourth trial brings a word that is shown, the others test a word shown
    * before, and the answer comes as the learner's own parameters have it.
    */
  def rows(learners: Seq[ActrSettings], trials: Int, seed: Long): Seq[PracticeRow] = {
    val random = new SplittableRandom(seed)
    for {
      (settings, learner) <- learners.zipWithIndex
      session <- 1 to 3
      row <- sitting(s"learner-$learner", session, settings, trials, random)
    } yield row
  }

  private def sitting(learner: String, session: Int, settings: ActrSettings, trials: Int, random: SplittableRandom) = {
    val rows = ListBuffer.empty[PracticeRow]
    val traces = mutable.ArrayBuffer.empty[ListBuffer[(Double, Boolean)]]
    var now = 0.0
    for (trial <- 0 until trials) {
      val onset = now + .5 + 20 * math.pow(random.nextDouble(), 3)
      val rtSeconds = .5 + 2 * random.nextDouble()
      now = onset + rtSeconds
      val isStudy = trial % 4 == 0
      val word = if (isStudy) traces.size else random.nextInt(traces.size)
      if (isStudy) traces += ListBuffer.empty
      val trace = traces(word)
      val recall = ActR.recall(trace.map(onset - _._1).toArray, trace.map(_._2).toArray, settings)
      val isRight = !isStudy && random.nextDouble() < recall
      trace += now -> (isStudy || isRight)
      rows += new PracticeRow(learner, session, s"word-$word", isStudy, isRight, now, rtSeconds)
    }
    rows.toSeq
  }

  /** Learners around some parameters, the more apart the wider. */
  def learners(count: Int, around: ActrSettings, width: Double, seed: Long): Seq[ActrSettings] = {
    val random = new SplittableRandom(seed)
    Seq.fill(count) {
      new ActrSettings(around.decay, around.tau + width * (random.nextDouble() - .5), around.s)
    }
  }

  def log(rows: Seq[PracticeRow]): PracticeLog = {
    val log = new PracticeLog
    rows.foreach(row => log.add(row).ifPresent(refusal => throw new IllegalArgumentException(refusal)))
    log
  }

  def line(row: PracticeRow): String =
    Seq[Any](
      row.learner,
      row.session,
      row.atSeconds,
      row.word,
      if (row.isStudy) "study" else "test",
      if (row.isRight) "TRUE" else "FALSE",
      row.rtSeconds * 1000
    ).mkString(",")
}
