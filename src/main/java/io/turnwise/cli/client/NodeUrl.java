package io.turnwise.cli.client;

import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An address that requests can be sent to. */
public final class NodeUrl implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
        try {
            URI url = URI.create(text);
            boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (isHttp
                    && url.getHost() != null
                    && url.getPort() != 0
                    && url.getPort() <= 65_535
                    && url.getUserInfo() == null
                    && url.getQuery() == null
                    && url.getFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // refused below, like an address that is none of a node
        }
        throw new TypeConversionException(
                "must be like http://127.0.0.1:8080 or https://bids.example.org, not " + text);
    }
}
