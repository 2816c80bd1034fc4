package io.turnwise.operations;

import akka.http.javadsl.model.HttpResponse;
import io.turnwise.http.Exchange;
import io.turnwise.http.HttpRejection;
import io.turnwise.http.ProblemException;
import io.turnwise.http.Responses;
import io.turnwise.http.StrictJson;
import io.turnwise.projection.Order;
import io.turnwise.projection.ProjectionRefusal;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** What is asked of projections: by the operator of the whole node alone, for a projection carries what all tenants have. */
final class OperatorsRequests {

    private static final String OPERATORS_TENANT = "default";
    private static final int REASON_CHARS_MAX = 200;

    private final Readings readings;

    OperatorsRequests(Readings readings) {
        this.readings = readings;
    }

    /** Answers a request of an operator; to an admin of another tenant there is nothing here. */
    CompletionStage<HttpResponse> answer(Exchange exchange, Supplier<Object> work) {
        requireOperator(exchange);
        return readings.read(() -> {
            try {
                return Responses.ok(work.get());
            } catch (ProjectionRefusal e) {
                throw new ProblemException(e.rejection());
            } catch (JdbiException e) {
                throw isBusy(e) ? new ProblemException(HttpRejection.BUSY) : e;
            }
        });
    }

    /** Another step of an operator, or a batch, did not end in time. */
    private static boolean isBusy(JdbiException failure) {
        return failure.getCause() instanceof SQLException sql
                && ("55P03".equals(sql.getSQLState()) || "40P01".equals(sql.getSQLState()));
    }

    static void requireOperator(Exchange exchange) {
        if (!exchange.tenant().equals(OPERATORS_TENANT)) {
            throw new ProblemException(HttpRejection.UNKNOWN_PATH);
        }
        exchange.idempotencyKey(); // what is done twice is as if it were done once, or says that it was done
    }

    static Order order(Exchange exchange, @Nullable String reason) {
        String given = Exchange.required("reason", reason);
        if (given.isBlank() || given.length() > REASON_CHARS_MAX) {
            throw StrictJson.invalid("reason", "must have 1 to " + REASON_CHARS_MAX + " characters");
        }
        return new Order(exchange.principal().subject(), given);
    }
}
