package io.turnwise.bidding;

import akka.actor.typed.ActorRef;
import io.turnwise.http.Principal;
import io.turnwise.turn.Caller;
import io.turnwise.turn.Definition;
import io.turnwise.turn.Mailboxes;
import io.turnwise.turn.Message;
import io.turnwise.turn.News;
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

    /** Places a bid as the token's member, whichever way it came. */
    CompletableFuture<Reply> bid(Principal member, String session, Caller caller, SessionRequests.BidRequest bid) {
        return mailboxes.ask(member.tenant(), session, caller, bid.command(member.name(), member.weightHundredths()));
    }

    /** Sends the session's news to {@code watcher} for one lease, its state at once if {@code anew}. */
    void watch(String entityId, ActorRef<News> watcher, boolean anew) {
        mailboxes.watch(entityId, watcher, anew);
    }

    void missed(String entityId, Message.Missed missed) {
        mailboxes.missed(entityId, missed);
    }
}
