package io.turnwise.account;

import io.turnwise.turn.Definition;
import java.util.Set;

/** What makes a member an entity. */
final class MemberDefinition implements Definition<Member> {

    static final String TYPE = "member";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Member empty() {
        return Member.UNREGISTERED;
    }

    @Override
    public Set<String> secretFields() {
        return Set.of("password_hash");
    }
}
