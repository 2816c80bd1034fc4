package io.turnwise.http;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Keeps one warning of the server's out of the log: an answer that begins before its request has ended is meant to. */
public final class EarlyAnswers extends Filter<ILoggingEvent> {

    private static final String WARNING = "Sending an 2xx 'early' response";

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getMessage() != null && event.getMessage().startsWith(WARNING)
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }
}
