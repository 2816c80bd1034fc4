package io.turnwise.learner;

import akka.http.javadsl.model.HttpResponse;
import io.turnwise.http.Access;
import io.turnwise.http.Endpoint;
import io.turnwise.http.Exchange;
import io.turnwise.http.Responses;
import io.turnwise.learner.LearnerAnswer.LearnerView;
import io.turnwise.learner.LearnerCommand.ChangeProfile;
import io.turnwise.learner.LearnerCommand.Origin;
import io.turnwise.turn.Caller;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What learners say of themselves over HTTP. */
final class ProfileRoutes {

    private final Learners learners;

    ProfileRoutes(Learners learners) {
        this.learners = learners;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/amas/profile", Access.MEMBER, read(ProfileJson.Zone::of)),
                Endpoint.put(
                        "/api/amas/profile",
                        Access.MEMBER,
                        write(ProfileJson.Zone.class, ProfileJson.Zone::command, ProfileJson.Zone::of)),
                Endpoint.get("/api/amas/reward-profile", Access.MEMBER, read(ProfileJson.Wanted::of)),
                Endpoint.put(
                        "/api/amas/reward-profile",
                        Access.MEMBER,
                        write(ProfileJson.Wanted.class, ProfileJson.Wanted::command, ProfileJson.Wanted::of)),
                Endpoint.get("/api/amas/learning-objectives", Access.MEMBER, read(ProfileJson.Aimed::of)),
                Endpoint.put(
                        "/api/amas/learning-objectives",
                        Access.MEMBER,
                        write(ProfileJson.Aimed.class, ProfileJson.Aimed::command, ProfileJson.Aimed::of)));
    }

    private Endpoint.Handler read(Function<Profile, Object> shown) {
        return exchange ->
                ask(exchange, Caller.of(exchange.principal().subject()), new LearnerRead.ReadLearner(), shown);
    }

    private <B> Endpoint.Handler write(
            Class<B> type, BiFunction<B, Origin, ChangeProfile> command, Function<Profile, Object> shown) {
        return exchange -> exchange.withBody(
                type,
                body -> ask(
                        exchange,
                        exchange.caller(body),
                        command.apply(body, learners.origin(exchange.principal())),
                        shown));
    }

    private CompletionStage<HttpResponse> ask(
            Exchange exchange, Caller caller, LearnerCommand<LearnerView> command, Function<Profile, Object> shown) {
        return learners.ask(exchange.principal(), caller, command)
                .thenApply(reply ->
                        Responses.versioned(exchange, reply, LearnerView.class, view -> shown.apply(view.profile())));
    }
}
