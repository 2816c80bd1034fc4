package io.turnwise.account;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name as its member writes it, and as it is compared.
 *
 * @param shown as typed at registration
 * @param compared NFKC and lower case: two names that agree in it belong to the same member
 */
record Username(String shown, String compared) {

    /** The member whom the operator's settings make. */
    static final Username ADMIN = new Username("admin", "admin");

    private static final int TYPED_MAX = 128;
    /**
     * Letters, their marks and digits of any script. Not the letters and marks that show nothing (fillers, joiners,
     * variation selectors), or two names could look the same, and not marks piled upon each other.
     */
    private static final Pattern FORM = Pattern.compile("(?=[\\p{L}\\p{Nd}])(?!.*\\p{M}{4})"
            + "[\\p{L}\\p{Nd}\\p{Mn}\\p{Mc}._\\-&&[^\\u115F\\u1160\\u3164\\uFFA0"
            + "\\u034F\\u17B4\\u17B5\\u180B-\\u180F\\uFE00-\\uFE0F\\x{E0100}-\\x{E01EF}]]{3,32}");

    private static final Pattern OWN_ID = Pattern.compile("[a-z0-9_-]{3,32}");

    /** The name, if it can be one. */
    static Optional<Username> of(String typed) {
        if (typed.length() > TYPED_MAX) {
            return Optional.empty();
        }
        String compared = comparable(typed);
        return FORM.matcher(compared).matches() ? Optional.of(new Username(typed, compared)) : Optional.empty();
    }

    /** NFKC and lower case, and once more, because a lower-case letter may compose with the mark after it. */
    static String comparable(String text) {
        String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(lower, Normalizer.Form.NFKC);
    }

    /**
     * The member's entity: the name itself where it has the form of an id, else {@code U} and the base64url of its
     * UTF-8, which no other name has, because none that is compared begins with a capital letter.
     */
    String entityId() {
        return OWN_ID.matcher(compared).matches()
                ? compared
                : "U"
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(compared.getBytes(StandardCharsets.UTF_8));
    }
}
