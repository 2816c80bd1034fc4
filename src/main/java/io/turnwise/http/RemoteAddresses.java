package io.turnwise.http;

import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.RemoteAddress;
import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From which address a request comes: who connected, or whom a trusted proxy names. */
final class RemoteAddresses {

    /** The addresses of one length that begin with the same bits, the rest of which are not looked at. */
    private record Network(BigInteger first, int addressBytes, int restBits) {

        static Network of(String text) {
            int slash = text.indexOf('/');
            byte[] address = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
            int bitsMax = address == null ? 0 : address.length * Byte.SIZE;
            int bits = slash < 0 ? bitsMax : bits(text.substring(slash + 1));
            if (address == null || bits < 0 || bits > bitsMax) {
                throw new IllegalArgumentException("turnwise.http.trusted-proxies has " + text
                        + ", which is no address or network like 10.0.0.0/8");
            }
            return new Network(first(address, bitsMax - bits), address.length, bitsMax - bits);
        }

        private static int bits(String text) {
            return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
        }

        private static BigInteger first(byte[] address, int restBits) {
            return new BigInteger(1, address).shiftRight(restBits);
        }

        boolean contains(byte[] address) {
            return address.length == addressBytes && first(address, restBits).equals(first);
        }
    }

    private final List<Network> trusted;

    /**
     * Believes these proxies.
     *
     * @param trusted addresses and networks: {@code 10.0.0.1}, {@code 10.0.0.0/8}, {@code ::1}
     * @throws IllegalArgumentException when one is neither
     */
    RemoteAddresses(List<String> trusted) {
        this.trusted = trusted.stream().map(Network::of).toList();
    }

    /** The nearest address that is not a trusted proxy's: what stands farther away anybody may have written. */
    InetAddress of(HttpRequest request) {
        InetAddress nearest = request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(RemoteAddress::getAddress)
                .orElseGet(InetAddress::getLoopbackAddress);
        if (trusted.isEmpty() || !isTrusted(nearest)) {
            return nearest;
        }
        for (String hop : hops(request)) {
            InetAddress address = address(hop);
            if (address == null) {
                return nearest;
            }
            nearest = address;
            if (!isTrusted(nearest)) {
                return nearest;
            }
        }
        return nearest;
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address.getAddress()));
    }

    /** Nearest first; each proxy adds the one that it was called by at the end. */
    private static List<String> hops(HttpRequest request) {
        List<String> hops = new ArrayList<>();
        for (HttpHeader header : request.getHeaders()) {
            if (header.is("x-forwarded-for")) {
                Collections.addAll(hops, header.value().split(","));
            }
        }
        Collections.reverse(hops);
        return hops;
    }

    /** Some proxies add the port. A name is not looked up. */
    private static @Nullable InetAddress address(String hop) {
        String text = hop.strip();
        int bracket = text.indexOf(']');
        if (text.startsWith("[") && bracket > 0) {
            text = text.substring(1, bracket);
        } else if (text.indexOf(':') == text.lastIndexOf(':') && text.contains(":")) {
            text = text.substring(0, text.indexOf(':'));
        }
        return Optional.ofNullable(NetUtil.createByteArrayFromIpAddressString(text))
                .map(RemoteAddresses::address)
                .orElse(null);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address has 4 or 16 bytes", e);
        }
    }
}
