package io.turnwise.cluster

import java.io.IOException
import java.net.URI
import java.net.http.{HttpClient, HttpRequest, HttpResponse}
import java.nio.charset.StandardCharsets.UTF_8
import java.time.{Duration, InstantSource}
import java.util.concurrent.{ConcurrentLinkedQueue, Executors, TimeUnit}
import java.util.concurrent.atomic.AtomicInteger

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.{JsonNode, ObjectMapper}
import com.typesafe.config.ConfigFactory
import io.turnwise.http.{Principal, Role, Tokens}

/** One bid as its bidder saw it.
  *
  * @param number
  *   of the bid among those of its bidder; its price in whole units, too
  * @param answer
  *   None when the connection broke before there was one
  */
final case class Bid(bidder: String, number: Int, answer: Option[Answer]) {
  def key: String = s"$bidder-$number"
}

final case class Answer(status: Int, body: String, replayed: Boolean) {
  def json: JsonNode = Api.json.readTree(body)
}

/** A node as its clients see it. */
final class Api(port: Int) {
  private val client = HttpClient.newBuilder.version(HttpClient.Version.HTTP_1_1).connectTimeout(Api.patience).build()

  def get(path: String, token: Option[String] = None): Answer = send(request(path, token).GET())

  def post(path: String, body: String, token: Option[String], key: Option[String] = None): Answer = {
    val post = request(path, token)
      .POST(HttpRequest.BodyPublishers.ofString(body))
      .header("Content-Type", "application/json")
    send(key.fold(post)(post.header("Idempotency-Key", _)))
  }

  def bid(session: String, bidder: String, number: Int): Answer =
    post(
      "/api/bid",
      s"""{"session_id":"$session","price":$number}""",
      Some(Api.token(bidder, Role.MEMBER)),
      Some(s"$bidder-$number")
    )

  /** A session that takes every bid for ten minutes. */
  def newSession(): String = {
    val answer = post(
      "/api/admin/sessions",
      """{"title":"load","upset_price":1,"inventory":5,"alpha":1,"beta":0,"gamma":0,"duration_seconds":600,""" +
        """"bids_per_second":0}""",
      Some(Api.token("organiser", Role.ADMIN))
    )
    if (answer.status != 201) throw new AssertionError(s"a ready node refused a session: $answer")
    answer.json.get("session_id").asText
  }

  private def request(path: String, token: Option[String]): HttpRequest.Builder = {
    val builder = HttpRequest.newBuilder(URI.create(s"http://127.0.0.1:$port$path")).timeout(Api.patience)
    token.fold(builder)(value => builder.header("Authorization", s"Bearer $value"))
  }

  private def send(request: HttpRequest.Builder): Answer = {
    val response = client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8))
    Answer(response.statusCode, response.body, response.headers.firstValue("Idempotent-Replayed").isPresent)
  }
}

object Api {
  val json = new ObjectMapper
  private val patience = Duration.ofSeconds(15)
  private lazy val tokens = new Tokens(NodeProcess.Secret, ConfigFactory.load(), InstantSource.system)
  private val signed = scala.collection.concurrent.TrieMap.empty[String, String]

  def token(subject: String, role: Role): String =
    signed.getOrElseUpdate(subject, tokens.sign(new Principal(subject, subject, 100, role, "default", 0)))
}

/** Bidders who bid one after the other's answer, each on his own, until the node is gone. */
final class Bidders(port: Int, session: String, names: Seq[String]) {
  private val api = new Api(port)
  private val bids = new ConcurrentLinkedQueue[Bid]
  private val answered = new AtomicInteger
  private val threads = Executors.newFixedThreadPool(names.size)

  names.foreach(name => threads.execute(() => bidUntilGone(name)))

  def acceptedCount: Int = answered.get

  /** Every bid that was sent. To be called when the node is gone; waits for the bidders to see it. */
  def ended(): List[Bid] = {
    threads.shutdown()
    if (!threads.awaitTermination(30, TimeUnit.SECONDS)) throw new AssertionError("bidders still wait for answers")
    bids.asScala.toList
  }

  private def bidUntilGone(name: String): Unit = {
    var number = 0
    var connected = true
    while (connected) {
      number += 1
      val answer =
        try Some(api.bid(session, name, number))
        catch { case _: IOException => None }
      bids.add(Bid(name, number, answer))
      if (answer.exists(_.status == 200)) answered.incrementAndGet()
      connected = answer.exists(_.status == 200)
    }
  }
}
