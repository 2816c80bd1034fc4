package io.turnwise.bidding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The stored and sent names of this domain: logical and versioned, so that a class may be renamed and moved. What has more
 * than one version is read by all of them, each older one before the newer, and written by the newest.
 */
public final class BiddingNames {

    public static final Map<String, Class<?>> ALL = all();

    private BiddingNames() {}

    private static Map<String, Class<?>> all() {
        Map<String, Class<?>> names = new LinkedHashMap<>();
        names.put("bidding.session/1", BiddingSession.class);
        names.put("bidding.session/2", BiddingSession.class);

        names.put("bidding.session-scheduled/1", SessionEvent.SessionScheduled.class);
        names.put("bidding.session-scheduled/2", SessionEvent.SessionScheduled.class);
        names.put("bidding.session-changed/1", SessionEvent.SessionChanged.class);
        names.put("bidding.session-changed/2", SessionEvent.SessionChanged.class);
        names.put("bidding.session-opened/1", SessionEvent.SessionOpened.class);
        names.put("bidding.bidder-joined/1", SessionEvent.BidderJoined.class);
        names.put("bidding.bid-placed/1", SessionEvent.BidPlaced.class);
        names.put("bidding.proxy-bid-placed/1", SessionEvent.ProxyBidPlaced.class);
        names.put("bidding.maximum-set/1", SessionEvent.MaximumSet.class);
        names.put("bidding.session-extended/1", SessionEvent.SessionExtended.class);
        names.put("bidding.bid-retracted/1", SessionEvent.BidRetracted.class);
        names.put("bidding.session-paused/1", SessionEvent.SessionPaused.class);
        names.put("bidding.session-resumed/1", SessionEvent.SessionResumed.class);
        names.put("bidding.session-ended/1", SessionEvent.SessionEnded.class);
        names.put("bidding.session-settled/1", SessionEvent.SessionSettled.class);
        names.put("bidding.session-cancelled/1", SessionEvent.SessionCancelled.class);

        names.put("bidding.schedule-session/1", SessionCommand.ScheduleSession.class);
        names.put("bidding.schedule-session/2", SessionCommand.ScheduleSession.class);
        names.put("bidding.change-session/1", SessionCommand.ChangeSession.class);
        names.put("bidding.change-session/2", SessionCommand.ChangeSession.class);
        names.put("bidding.cancel-session/1", SessionCommand.CancelSession.class);
        names.put("bidding.close-session/1", SessionCommand.CloseSession.class);
        names.put("bidding.place-bid/1", PlaceBid.class);
        names.put("bidding.place-proxy-bid/1", PlaceProxyBid.class);
        names.put("bidding.pause-session/1", Moderation.PauseSession.class);
        names.put("bidding.resume-session/1", Moderation.ResumeSession.class);
        names.put("bidding.retract-bid/1", Moderation.RetractBid.class);
        names.put("bidding.read-session/1", SessionRead.ReadSession.class);
        names.put("bidding.read-board/1", SessionRead.ReadBoard.class);
        names.put("bidding.read-standing/1", SessionRead.ReadStanding.class);
        names.put("bidding.read-result/1", SessionRead.ReadResult.class);
        names.put("bidding.read-orders/1", SessionRead.ReadOrders.class);
        names.put("bidding.read-feed/1", SessionRead.ReadFeed.class);

        names.put("bidding.bid-accepted/1", SessionAnswer.BidAccepted.class);
        names.put("bidding.session-view/1", SessionAnswer.SessionView.class);
        names.put("bidding.session-view/2", SessionAnswer.SessionView.class);
        names.put("bidding.board-page/1", SessionAnswer.BoardPage.class);
        names.put("bidding.board-page/2", SessionAnswer.BoardPage.class);
        names.put("bidding.standing-view/1", SessionAnswer.StandingView.class);
        names.put("bidding.standing-view/2", SessionAnswer.StandingView.class);
        names.put("bidding.session-result/1", SessionAnswer.SessionResult.class);
        names.put("bidding.session-result/2", SessionAnswer.SessionResult.class);
        names.put("bidding.orders-page/1", SessionAnswer.OrdersPage.class);
        names.put("bidding.session-feed/1", SessionAnswer.SessionFeed.class);
        names.put("bidding.session-feed/2", SessionAnswer.SessionFeed.class);

        names.put("bidding.session-change/1", SessionNotice.SessionChange.class);
        names.put("bidding.outbid/1", SessionNotice.Outbid.class);
        names.put("bidding.retracted/1", SessionNotice.Retracted.class);
        return Collections.unmodifiableMap(names);
    }
}
