package io.turnwise.turn;

/** Where the reply to an {@link Message.Ask} goes. */
@FunctionalInterface
public interface ReplyTo {
    /** Gives the reply to whoever waits; a second one is ignored. */
    void tell(Reply reply);
}
