package io.turnwise.account;

import io.turnwise.turn.Definition;

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
}
