package io.turnwise.bidding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stored and sent names of this domain: logical and versioned, so that a class may be renamed and moved. */
public final class BiddingNames {

    public static final Map<String, Class<?>> ALL = all();

    private BiddingNames() {}

    private static Map<String, Class<?>> all() {
        Map<String, Class<?>> names = new LinkedHashMap<>();
        names.put("bidding.session/1", BiddingSession.class);

        names.put("bidding.session-scheduled/1", SessionEvent.SessionScheduled.class);
        names.put("bidding.session-changed/1", SessionEvent.SessionChanged.class);
        names.put("bidding.session-opened/1", SessionEvent.SessionOpened.class);
        names.put("bidding.bidder-joined/1", SessionEvent.BidderJoined.class);
        names.put("bidding.bid-placed/1", SessionEvent.BidPlaced.class);
        names.put("bidding.session-ended/1", SessionEvent.SessionEnded.class);
        names.put("bidding.session-settled/1", SessionEvent.SessionSettled.class);
        names.put("bidding.session-cancelled/1", SessionEvent.SessionCancelled.class);

        names.put("bidding.schedule-session/1", SessionCommand.ScheduleSession.class);
        names.put("bidding.change-session/1", SessionCommand.ChangeSession.class);
        names.put("bidding.cancel-session/1", SessionCommand.CancelSession.class);
        names.put("bidding.close-session/1", SessionCommand.CloseSession.class);
        names.put("bidding.place-bid/1", PlaceBid.class);
        names.put("bidding.read-session/1", SessionRead.ReadSession.class);
        names.put("bidding.read-board/1", SessionRead.ReadBoard.class);
        names.put("bidding.read-standing/1", SessionRead.ReadStanding.class);
        names.put("bidding.read-result/1", SessionRead.ReadResult.class);
        names.put("bidding.read-orders/1", SessionRead.ReadOrders.class);
        names.put("bidding.read-feed/1", SessionRead.ReadFeed.class);

        names.put("bidding.bid-accepted/1", SessionAnswer.BidAccepted.class);
        names.put("bidding.session-view/1", SessionAnswer.SessionView.class);
        names.put("bidding.board-page/1", SessionAnswer.BoardPage.class);
        names.put("bidding.standing-view/1", SessionAnswer.StandingView.class);
        names.put("bidding.session-result/1", SessionAnswer.SessionResult.class);
        names.put("bidding.orders-page/1", SessionAnswer.OrdersPage.class);
        names.put("bidding.session-feed/1", SessionAnswer.SessionFeed.class);

        names.put("bidding.session-change/1", SessionNotice.SessionChange.class);
        names.put("bidding.outbid/1", SessionNotice.Outbid.class);
        return Collections.unmodifiableMap(names);
    }
}
