package io.turnwise.turn

import java.lang.{Boolean => JBoolean, Long => JLong}
import java.util.concurrent.CompletableFuture

/** For entities that cannot be erased. */
object NoEraser extends Eraser {
  override def erase(persistenceId: String, remainder: Long): CompletableFuture[JBoolean] =
    CompletableFuture.failedFuture(new IllegalStateException(s"$persistenceId cannot be erased"))
  override def remainder(persistenceId: String): CompletableFuture[JLong] = CompletableFuture.completedFuture(0L)
}
