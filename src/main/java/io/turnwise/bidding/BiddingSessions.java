package io.turnwise.bidding;

import akka.actor.typed.ActorRef;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Definition;
import io.turnwise.turn.Mailboxes;
import io.turnwise.turn.Message;
import io.turnwise.turn.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The door to all bidding sessions. */
public final class BiddingSessions {

    /** What a node starts mailboxes of. */
    public static final Definition<BiddingSession> DEFINITION = new SessionDefinition();

    private final Mailboxes<BiddingSession> mailboxes;

    public BiddingSessions(Mailboxes<BiddingSession> mailboxes) {
        this.mailboxes = mailboxes;
    }

    /** Gets an {@link Reply.Accepted} with the command's answer, or a refusal; never fails. */
    CompletableFuture<Reply> ask(String tenant, String session, Caller caller, SessionCommand<?> command) {
        return mailboxes.ask(tenant, session, caller, command);
    }

    /** The same of many commands in their order; see {@link Mailboxes#askAll}. */
    CompletableFuture<List<Reply>> askAll(String tenant, String session, List<Mailboxes.Asked<BiddingSession>> asked) {
        return mailboxes.askAll(tenant, session, asked);
    }

    /** Sends the session's feed to {@code watcher} for one lease. */
    void watch(String entityId, ActorRef<Message.Update> watcher) {
        mailboxes.watch(entityId, watcher);
    }
}
